/** The ready-made reports of `analytics`, made all at once: each reads every row of its time, which takes seconds where there are many. */
import * as v from 'valibot';
import { analyticsReport } from '../../analytics/report.ts';
import { REPORT_NAMES, REPORTS } from '../../analytics/reports.ts';
import type { Context } from '../../context.ts';
import { action } from '../desk/action.ts';
import { type MadeReport, type MadeReports, REPORT_DAYS, type ReportDays, type ReportsState } from '../reports/made.ts';

const DAY_MS = 86_400_000;

let last: { readonly of: string; readonly made: MadeReports } | null = null;

async function make(context: Context, days: ReportDays): Promise<ReportsState> {
  const now = Date.now();
  const from = days === '0' ? null : now - Number(days) * DAY_MS;
  const reports: MadeReport[] = [];
  for (const name of REPORT_NAMES) {
    context.tell(`${name}: ${reports.length + 1} of ${REPORT_NAMES.length}`);
    reports.push({
      name,
      says: REPORTS[name].says,
      ...(await analyticsReport(context, name, { from, to: null }, now)),
    });
  }
  const made = { madeAt: new Date(now).toISOString(), days, reports };
  last = { of: context.dataDir, made };
  return { made };
}

export const REPORT_ACTIONS = [
  action({
    name: 'reports',
    kind: 'read',
    input: v.object({}),
    run: ({ dataDir }) => ({ value: { made: last?.of === dataDir ? last.made : null } satisfies ReportsState }),
  }),
  action({
    name: 'make-reports',
    kind: 'job',
    input: v.strictObject({ days: v.picklist(REPORT_DAYS) }),
    about: ({ days }) => ({ days }),
    run: async (context, { days }) => ({ value: await make(context, days) }),
  }),
];
