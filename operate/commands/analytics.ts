/** `analytics`: questions in SQL over the rows of facts in the data folder; works without a running instance. */
import { existsSync } from 'node:fs';
import { COLUMNS } from '../../functions/shared/records/table.ts';
import { compact } from '../analytics/compact.ts';
import { openAnalytics } from '../analytics/database.ts';
import { analyticsReport, type Window } from '../analytics/report.ts';
import { REPORT_NAMES, REPORTS, type ReportName } from '../analytics/reports.ts';
import type { Cell, Rows } from '../analytics/rows.ts';
import { VIEWS } from '../analytics/views.ts';
import type { Answer, Context } from '../context.ts';
import { misuse } from '../failure.ts';
import { noData } from '../instance/tables.ts';
import { parseInstant } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { bytesText, pairs, table } from '../table.ts';
import { count } from '../text.ts';

export type AnalyticsOptions = {
  readonly report?: ReportName;
  readonly from?: string;
  readonly to?: string;
  readonly compact?: boolean;
};

export async function analytics(
  context: Context,
  question: string | undefined,
  options: AnalyticsOptions,
): Promise<Answer> {
  const { report } = options;
  const isOne = [question, report, options.compact].filter((asked) => asked !== undefined && asked !== false);
  if (isOne.length > 1)
    throw misuse('one_thing', 'a question, --report and --compact exclude each other', 'give one of them');
  if (report === undefined && (options.from !== undefined || options.to !== undefined))
    throw misuse('report_needed', '--from and --to belong to a report', 'write the bounds into the question');
  if (question === undefined && report === undefined && options.compact !== true) return listed();
  if (!existsSync(context.dataDir)) throw noData(context.dataDirGiven);
  if (options.compact === true) return compacted(await compact(context.dataDir, Date.now()));
  if (report !== undefined) {
    const rows = await analyticsReport(context, report, windowOf(context, options));
    return answered(rows, REPORTS[report].says);
  }
  const database = await openAnalytics(context.dataDir);
  try {
    return answered(await database.ask(question ?? ''));
  } finally {
    database.close();
  }
}

function answered({ columns, rows, isCut }: Rows, says?: string): Answer {
  return {
    value: { columns, rows, ...(isCut && { isCut }) },
    text: [
      ...(says === undefined ? [] : [says, '']),
      table(
        columns,
        rows.map((row) => row.map(cellText)),
        'no rows',
      ),
      ...(isCut ? ['', `the first ${count(rows.length, 'row')}; there are more`] : []),
    ].join('\n'),
  };
}

function cellText(cell: Cell): string | number | boolean | null {
  if (cell === null || typeof cell !== 'object') return cell;
  return Array.isArray(cell) ? cell.map((one: Cell) => cellText(one)).join(', ') : JSON.stringify(cell);
}

function listed(): Answer {
  const reports = REPORT_NAMES.map((name) => ({ name, says: REPORTS[name].says }));
  const columns = COLUMNS.map(({ name, type, says }) => ({ name, type, says }));
  return {
    value: { reports, views: VIEWS.map(({ name, says }) => ({ name, says })), columns },
    text: [
      'Reports (--report NAME):',
      pairs(reports.map(({ name, says }) => [name, says])),
      '',
      'Views:',
      pairs(VIEWS.map(({ name, says }) => [name, says])),
      '',
      'Columns of events:',
      table(
        ['column', 'type', ''],
        columns.map(({ name, type, says }) => [name, type, says]),
      ),
      '',
      'npx frontdesk analytics "SELECT event_name, count(*) FROM events GROUP BY ALL"',
    ].join('\n'),
  };
}

function compacted({ hours, bytesBefore, bytesAfter }: Awaited<ReturnType<typeof compact>>): Answer {
  return {
    value: { hours, bytesBefore, bytesAfter },
    text:
      hours === 0
        ? 'nothing to do: no hour is over that has lines'
        : `${count(hours, 'hour')} made into Parquet: ${bytesText(bytesBefore)} before, ${bytesText(bytesAfter)} now`,
  };
}

function windowOf({ variables }: Context, { from, to }: AnalyticsOptions): Window {
  const zone = businessZone(variables);
  const instant = (text: string | undefined) => (text === undefined ? null : parseInstant(text, zone, Date.now()));
  const window = { from: instant(from), to: instant(to) };
  if (window.from !== null && window.to !== null && window.from >= window.to)
    throw misuse('empty_window', '--from is not before --to', 'give an earlier --from or a later --to');
  return window;
}
