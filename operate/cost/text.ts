/** Dollars and bars as people read them. Pure. */

/** Four digits that count, never in powers of ten: `$0.0312`, `$12.40`. */
export function usdText(usd: number): string {
  if (usd === 0) return '$0';
  return `$${usd >= 1 ? usd.toFixed(2) : usd.toFixed(Math.min(8, 2 - Math.floor(Math.log10(usd))))}`;
}

const BAR = 24;

/** A share of the whole as a bar; something is always seen of what is more than nothing. */
export function bar(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '';
  return '█'.repeat(Math.max(1, Math.round((part / whole) * BAR)));
}

export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}
