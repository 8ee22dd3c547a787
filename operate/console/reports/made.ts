/** The reports as the desk made them and the page draws them. */
import type { ReportName } from '../../analytics/reports.ts';
import type { Rows } from '../../analytics/rows.ts';

/** Days back from now that the reports can be about; `0` is all there is. */
export const REPORT_DAYS = ['1', '7', '28', '0'] as const;
export type ReportDays = (typeof REPORT_DAYS)[number];

export type MadeReport = Rows & { readonly name: ReportName; readonly says: string };
export type MadeReports = {
  /** RFC 3339. */
  readonly madeAt: string;
  readonly days: ReportDays;
  readonly reports: readonly MadeReport[];
};
/** What was made last since the console began; `null` where nothing was. */
export type ReportsState = { readonly made: MadeReports | null };
