/** Rows of a report as the page needs them. Pure. */
import type { MadeReport } from '../../../reports/made.ts';

type Cell = MadeReport['rows'][number][number];
export type ReportRow = { readonly key: string; readonly cells: Readonly<Record<string, Cell>> };

/** Cells by their column. */
export function rowsByName({ columns, rows }: Pick<MadeReport, 'columns' | 'rows'>): ReportRow[] {
  return rows.map((row, index) => ({
    key: String(index),
    cells: Object.fromEntries(columns.map((column, place) => [column, row[place] ?? null])),
  }));
}

const FUNNEL_FROM: Readonly<Record<string, string>> = {
  classified: 'known',
  routed: 'classified',
  approved: 'classified',
  replied: 'approved',
  settled: 'known',
};

/** Of which step's messages a step of the funnel has not been reached; `null` of the first. */
export const reachedFrom = (step: string): string | null => FUNNEL_FROM[step] ?? null;

export type Day = { readonly at: number; readonly messages: number; readonly usd: number };

/** All intents of a day together, days rising. @returns `at` in epoch milliseconds, the day's beginning in UTC */
export function byDay(rows: readonly ReportRow[]): Day[] {
  const days = new Map<number, Day>();
  for (const { cells } of rows) {
    const at = Date.parse(`${String(cells.day)}T00:00:00Z`);
    const { messages, usd } = days.get(at) ?? { messages: 0, usd: 0 };
    days.set(at, { at, messages: messages + Number(cells.messages ?? 0), usd: usd + Number(cells.usd ?? 0) });
  }
  return [...days.values()].toSorted((one, other) => one.at - other.at);
}
