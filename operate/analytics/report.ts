/** A ready-made report over a data folder: the same figures for the command line and for whoever draws them. */
import type { Context } from '../context.ts';
import { openAnalytics } from './database.ts';
import { REPORTS, type ReportName } from './reports.ts';
import type { Rows } from './rows.ts';

/** Epoch milliseconds; from is in, to is out; `null` leaves a side open. */
export type Window = { readonly from: number | null; readonly to: number | null };

/** Before the first message and after the last. */
const ALWAYS = { from: '0001-01-01', to: '9999-12-31' } as const;

/** Throws `Failure` where the folder cannot be asked. Without a row the answer is empty, or counts nothing. */
export async function analyticsReport(
  { dataDir }: Pick<Context, 'dataDir'>,
  name: ReportName,
  { from, to }: Window = { from: null, to: null },
  now = Date.now(),
): Promise<Rows> {
  const database = await openAnalytics(dataDir);
  try {
    return await database.ask(REPORTS[name].sql, {
      from: from === null ? ALWAYS.from : instantText(from),
      to: to === null ? ALWAYS.to : instantText(to),
      now: instantText(now),
    });
  } finally {
    database.close();
  }
}

/** As DuckDB reads an instant without a zone. */
function instantText(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '');
}
