/** Questions about what happened, in SQL. */
import { type Command, Option } from 'commander';
import { REPORT_NAMES } from '../analytics/reports.ts';
import { type RunCommand, under } from './under.ts';

export function addAnalytics(program: Command, run: RunCommand): void {
  under(
    program,
    'analytics',
    'Answers questions in SQL over the decisions and outcomes of this folder, and ready-made reports; without one, lists reports and columns. Needs no running instance.',
    'npx frontdesk analytics --report funnel --from -7d',
  )
    .argument('[sql]', 'one SELECT over the views `events` and `messages`, by DuckDB; it can change nothing')
    .addOption(new Option('--report <NAME>', 'a ready-made report').choices([...REPORT_NAMES]))
    .option('--from <T>', 'of the report: from here on: 2026-01-31T09:30:00Z, 2026-01-31 or -24h')
    .option('--to <T>', 'of the report: before')
    .option('--compact', 'make Parquet of the lines of hours that are over')
    .action((sql: string | undefined, options) =>
      run(async (context) => (await import('../commands/analytics.ts')).analytics(context, sql, options)),
    );
}
