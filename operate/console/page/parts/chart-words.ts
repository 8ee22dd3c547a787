/** What a chart says in words. Pure. */
type Named = { readonly name: string; readonly values: readonly (number | null)[] };

const NUMBERS = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });

/** Four digits that count, in groups of three. */
export const PLAIN_NUMBER = (value: number): string => NUMBERS.format(value);

/** For who hears the chart: of each series the last value and the highest. */
export function summaryOf(series: readonly Named[], show: (value: number) => string): string {
  return series
    .map(({ name, values }) => {
      const known = values.filter((value) => value !== null);
      const last = known.at(-1);
      if (last === undefined) return `${name}: nothing measured.`;
      return `${name}: last ${show(last)}, highest ${show(Math.max(...known))}.`;
    })
    .join(' ');
}

export type ChartRow = { readonly at: number; readonly values: readonly (number | null)[] };

/** One row for each x at which anything is known, the newest first. */
export function rowsOf(xs: readonly number[], series: readonly Named[]): ChartRow[] {
  return xs
    .map((at, index) => ({ at, values: series.map(({ values }) => values[index] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null))
    .reverse();
}
