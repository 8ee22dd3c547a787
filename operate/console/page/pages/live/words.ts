/** Numbers as people read them in little room. Pure. */

/** `0.3`, `12`, `1.2k`. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  if (value < 10) return value < 0.1 ? '<0.1' : trimmed(value.toFixed(1));
  if (value < 1_000) return String(Math.round(value));
  if (value < 999_500) return `${trimmed((value / 1_000).toFixed(value < 9_950 ? 1 : 0))}k`;
  return `${trimmed((value / 1_000_000).toFixed(1))}M`;
}

/** `84 ms`, `1.2 s`, `3 min`; a dash for nothing. */
export function shortTime(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trimmed((ms / 1_000).toFixed(ms < 10_000 ? 1 : 0))} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${trimmed((ms / 3_600_000).toFixed(1))} h`;
}

/** `75 s`, `6 h`. */
export const seconds = (count: number): string => shortTime(count * 1_000);

const trimmed = (text: string): string => text.replace(/\.0$/, '');
