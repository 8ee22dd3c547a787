/** Lengths of time for people. Pure. */

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** Two units at most: `3 h 20 min`; below a second in milliseconds. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const first = UNITS.findIndex(([, length]) => ms >= length);
  let left = ms;
  return UNITS.slice(first, first + 2)
    .map(([name, length], index) => {
      const count = index === 1 ? Math.round(left / length) : Math.floor(left / length);
      left -= count * length;
      return count === 0 ? '' : `${count} ${name}`;
    })
    .filter((part) => part !== '')
    .join(' ');
}
