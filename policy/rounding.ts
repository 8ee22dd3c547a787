/** Two decimals, half up; the sliver makes 0.285, which binary stores just below, go up as it is written. */
export function toHundredths(value: number): number {
  return Math.floor(value * 100 + 0.5 + 1e-9) / 100;
}

/** The share of certainty a number can express at all: 0 to 1, two decimals. */
export function toConfidence(value: number): number {
  return Math.min(1, Math.max(0, toHundredths(value)));
}
