/** One report: its rows as a table with the figure that matters drawn beside, and what runs over days as a chart. */
import type { MadeReport } from '../../../reports/made.ts';
import { plain, usdText } from '../../parts/amounts.ts';
import { Bar } from '../../parts/bar.tsx';
import { Chart } from '../../parts/chart.tsx';
import { percent, whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { byDay, type ReportRow, reachedFrom, rowsByName } from './rows.ts';

/** What is drawn of each row: one amount, and another one below it. */
type Drawn = { readonly name: string; readonly amount: string; readonly beside?: string };
const DRAWN: Readonly<Record<MadeReport['name'], Drawn>> = {
  funnel: { name: 'of the most', amount: 'messages' },
  deflection: { name: 'deflected over came back', amount: 'deflected', beside: 'came_back' },
  'response-times': { name: 'p50 over p95', amount: 'p50_s', beside: 'p95_s' },
  misroutes: { name: 'of the most', amount: 'share' },
  cost: { name: 'of the most', amount: 'messages' },
};

const TITLES: Readonly<Record<MadeReport['name'], string>> = {
  funnel: 'Funnel',
  deflection: 'Deflection',
  'response-times': 'Response times',
  misroutes: 'Misroutes',
  cost: 'Cost of models',
};

/** As docs/analytics.md has it. */
const KNOWN =
  '“known” is every message of which any fact is there: MessageReceived itself is not kept by the facts archive, and a report must say the same after a backfill.';

/** Behind all columns: which messages the ones that were not reached are counted from. */
const REACHED_FROM: Column<ReportRow> = {
  name: 'not reached, of',
  show: ({ cells }) => reachedFrom(String(cells.step)) ?? '–',
};

export function ReportPanel({ report }: { report: MadeReport }) {
  const { name, says, isCut } = report;
  const rows = rowsByName(report);
  const title = TITLES[name];
  return (
    <section class="panel" aria-labelledby={`report-${name}`}>
      <h2 id={`report-${name}`}>{title}</h2>
      <p class="lead">{says}</p>
      {name === 'cost' && rows.length > 0 ? <CostByDay rows={rows} /> : null}
      <Table
        caption={title}
        columns={columnsOf(report, rows)}
        rows={rows}
        keyOf={({ key }) => key}
        empty="No message of this time has a row yet."
      />
      {name === 'funnel' ? <p class="lead">{KNOWN}</p> : null}
      {isCut ? <p class="lead">These are the first {whole(rows.length)} rows; there are more.</p> : null}
    </section>
  );
}

function columnsOf({ name, columns }: MadeReport, rows: readonly ReportRow[]): Column<ReportRow>[] {
  const { amount, beside, name: drawn } = DRAWN[name];
  const number = (row: ReportRow, column: string): number => Number(row.cells[column] ?? 0);
  const most = Math.max(0, ...rows.flatMap((row) => [number(row, amount), beside ? number(row, beside) : 0]));
  const told = columns.map((column) => ({
    name: plain(column),
    isNumber: rows.some(({ cells }) => typeof cells[column] === 'number'),
    show: ({ cells }: ReportRow) => cellText(column, cells[column] ?? null),
  }));
  const bar = {
    name: drawn,
    show: (row: ReportRow) => (
      <Bar share={number(row, amount)} {...(beside && { before: number(row, beside) })} most={most} />
    ),
  };
  // Behind what names the row, so that a narrow screen has it before all figures.
  const names = told.findIndex(({ isNumber }) => isNumber);
  return [
    ...told.slice(0, Math.max(names, 1)),
    bar,
    ...told.slice(Math.max(names, 1)),
    ...(name === 'funnel' ? [REACHED_FROM] : []),
  ];
}

/** By what its column is called: a share, dollars, seconds, or a count. */
function cellText(column: string, cell: ReportRow['cells'][string]): string {
  if (cell === null) return '–';
  if (typeof cell !== 'number') return typeof cell === 'string' ? plain(cell) : JSON.stringify(cell);
  if (column.startsWith('share')) return percent(cell);
  if (column.startsWith('usd')) return usdText(cell);
  return column.endsWith('_s') ? cell.toFixed(cell < 10 ? 1 : 0) : whole(cell);
}

function CostByDay({ rows }: { rows: readonly ReportRow[] }) {
  const days = byDay(rows);
  const x = { kind: 'time', name: 'Day', values: days.map(({ at }) => at) } as const;
  const hasModel = days.some(({ usd }) => usd > 0);
  return hasModel ? (
    <Chart
      title="Model dollars"
      unit="US dollars a day (UTC)"
      x={x}
      shape="bars"
      show={usdText}
      series={[{ name: 'dollars', values: days.map(({ usd }) => usd), tone: 'accent' }]}
    />
  ) : (
    <Chart
      title="Messages"
      unit="a day (UTC); no model over the network was asked"
      x={x}
      shape="bars"
      series={[{ name: 'messages', values: days.map(({ messages }) => messages), tone: 'accent' }]}
    />
  );
}
