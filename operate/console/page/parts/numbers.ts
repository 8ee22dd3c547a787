/** Numbers as these pages write them. Pure. */
const WHOLE = new Intl.NumberFormat('en-GB');
const USD = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

export const whole = (value: number): string => WHOLE.format(value);
export const usd = (value: number): string => `$${USD.format(value)}`;
export const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)}\u00a0%`);

/** `12 → 9`, or `12` where nothing changes. */
export function change<T>({ before, after }: { before: T; after: T }, show: (value: T) => string): string {
  return before === after ? show(before) : `${show(before)} → ${show(after)}`;
}

/** `1 reply`, `12 replies`. */
export function counted(n: number, one: string, many: string): string {
  return `${whole(n)} ${n === 1 ? one : many}`;
}

export function bytes(n: number): string {
  return n < 1_000_000 ? `${whole(Math.ceil(n / 1000))} kB` : `${whole(Math.round(n / 100_000) / 10)} MB`;
}
