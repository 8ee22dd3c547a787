/** Small arithmetic of the figures. */

/** `part / whole`, 0 where there is nothing to divide. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Four decimals: what a report says and what a gate compares. */
export function four(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

const Z = 1.959963984540054; // 97.5 % of the normal distribution

/** 95 % Wilson interval of a share; `[0, 1]` where nothing was counted. */
export function wilson(part: number, whole: number): readonly [number, number] {
  if (whole === 0) return [0, 1];
  const p = part / whole;
  const scale = 1 + Z ** 2 / whole;
  const centre = (p + Z ** 2 / (2 * whole)) / scale;
  const reach = (Z * Math.sqrt((p * (1 - p)) / whole + Z ** 2 / (4 * whole ** 2))) / scale;
  return [four(Math.max(0, centre - reach)), four(Math.min(1, centre + reach))];
}

/** One-sided 95 % upper bound of a rate of which none was seen among `n` (decisions §8.5). */
export function upperBoundOfNone(n: number): number {
  return n === 0 ? 1 : 1 - 0.05 ** (1 / n);
}
