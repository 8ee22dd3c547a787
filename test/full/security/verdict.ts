/** Did a test file notice that its control is gone? Only a failed assertion says so: a tree that does not load proves nothing. Pure. */

/** One test file's run. */
export type FileReport = {
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly says: readonly string[] }[];
  /** Why the file did not come to its tests; `null`: it did. */
  readonly broken: string | null;
};

export type Verdict =
  /** Every test that an assertion failed; at least one. */
  | { readonly is: 'noticed'; readonly by: readonly [string, ...string[]] }
  | { readonly is: 'unnoticed' }
  | { readonly is: 'broken'; readonly says: string };

/** vitest's `expect`, also of `rejects` where nothing was refused, and `node:assert`; or a property of fast-check, which wraps either. */
const ASSERTION =
  /^(?:AssertionError\b|Error: Property failed after |Error: promise resolved .* instead of rejecting\b)/;
/** In a property's report stands the error that it met. */
const CODE_ERROR = /\b(?:SyntaxError|ReferenceError)\b|is not defined\b/;

/** @param report  of the run without the control; undefined: the file was not run at all */
export function verdictOf(report: FileReport | undefined): Verdict {
  if (report === undefined) return { is: 'broken', says: 'the test file was not run' };
  if (report.broken !== null)
    return { is: 'broken', says: firstLine(report.broken) || 'the test file did not come to its tests' };
  const [first] = report.failed;
  if (first === undefined)
    return report.passed > 0 ? { is: 'unnoticed' } : { is: 'broken', says: 'the test file holds no test' };
  const code = report.failed.find(({ says }) => says.some((text) => CODE_ERROR.test(firstLine(text))));
  if (code) return { is: 'broken', says: `${code.name}: ${firstLine(code.says[0] ?? '')}` };
  const [by, ...others] = report.failed
    .filter(({ says }) => says.some((text) => ASSERTION.test(text)))
    .map(({ name }) => name);
  return by !== undefined
    ? { is: 'noticed', by: [by, ...others] }
    : { is: 'broken', says: `no assertion failed: ${first.name}: ${firstLine(first.says[0] ?? '')}` };
}

/** A test that timed out says nothing either way. */
const MOST_RUNS = 3;

/**
 * What the runs without one control say together, oldest first; `null`: it takes another. A test may fail by chance: only one
 * that fails in two runs is proof.
 */
export function verdictTogether(verdicts: readonly Verdict[]): Verdict | null {
  const last = verdicts.at(-1);
  if (last === undefined) return null;
  if (last.is === 'unnoticed') return last;
  if (last.is === 'noticed') {
    const before = new Set(verdicts.slice(0, -1).flatMap((verdict) => (verdict.is === 'noticed' ? verdict.by : [])));
    const [by, ...others] = last.by.filter((name) => before.has(name));
    if (by !== undefined) return { is: 'noticed', by: [by, ...others] };
  }
  if (verdicts.length < MOST_RUNS) return null;
  return last.is === 'broken' ? last : { is: 'broken', says: `failed in one run only: ${last.by[0]}` };
}

/** Whether it passes with the control in place. */
export const passes = (report: FileReport | undefined): boolean =>
  report !== undefined && report.broken === null && report.failed.length === 0 && report.passed > 0;

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, 300) ?? '';
