/** One finding of the doctor. */
export type Check = {
  readonly name: string;
  readonly result: 'ok' | 'warn' | 'fail';
  readonly finding: string;
  /** What to do; `null` when nothing is to be done. */
  readonly cure: string | null;
};

export const ok = (name: string, finding: string): Check => ({ name, result: 'ok', finding, cure: null });
export const warn = (name: string, finding: string, cure: string): Check => ({ name, result: 'warn', finding, cure });
export const fail = (name: string, finding: string, cure: string): Check => ({ name, result: 'fail', finding, cure });
