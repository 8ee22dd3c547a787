/** Counting by a property, and what a count says of its whole. Pure. */

export type Counted<K> = { readonly of: K; readonly n: number; readonly share: number };

/** The most frequent first; equal ones by name. */
export function countBy<T, K extends string>(items: readonly T[], key: (item: T) => K | null): Counted<K>[] {
  const counts = new Map<K, number>();
  for (const item of items) {
    const of = key(item);
    if (of !== null) counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  const whole = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return [...counts]
    .map(([of, n]) => ({ of, n, share: n / whole }))
    .toSorted((a, b) => b.n - a.n || (a.of < b.of ? -1 : 1));
}

/** `null` of nothing. */
export const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export const BINS = 10;

/** Ten bins of equal width over 0..1; 1 falls into the last. */
export function histogram(values: readonly number[]): number[] {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor(value * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

/** Population stability index of two histograms; an empty bin counts as half a message, so that nothing is divided by zero. */
export function stability(now: readonly number[], before: readonly number[]): number | null {
  const sum = (bins: readonly number[]) => bins.reduce((total, n) => total + n, 0);
  const [wholeNow, wholeBefore] = [sum(now), sum(before)];
  if (wholeNow === 0 || wholeBefore === 0) return null;
  return now.reduce((index, n, bin) => {
    const p = Math.max(n, 0.5) / wholeNow;
    const q = Math.max(before[bin] ?? 0, 0.5) / wholeBefore;
    return index + (p - q) * Math.log(p / q);
  }, 0);
}
