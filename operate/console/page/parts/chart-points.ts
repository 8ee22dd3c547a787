/** Places of values without a neighbour, to which no line is drawn. Pure. */
export function aloneAmong(values: readonly (number | null)[]): number[] {
  const isKnown = (index: number): boolean => (values[index] ?? null) !== null;
  return [...values.keys()].filter((index) => isKnown(index) && !isKnown(index - 1) && !isKnown(index + 1));
}
