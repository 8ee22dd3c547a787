/** What the functions tell of themselves: lines, numbers, and the way of one message. */
import { type Command, Option } from 'commander';
import { LEVELS } from '../telemetry/log-lines.ts';
import { type RunCommand, under } from './under.ts';

export function addObserve(program: Command, run: RunCommand): void {
  under(
    program,
    'logs',
    'Shows log lines of the functions, oldest first; needs no running instance. docs/telemetry.md lists the events.',
    'npx frontdesk logs --level ERROR --since -2h',
  )
    .option('--follow', 'go on with what comes, until Ctrl-C')
    .option('--event <NAME>', 'only this event, or all below it: vendor.richpanel')
    .option('--ticket <ID>', 'only lines about this conversation')
    .addOption(new Option('--level <L>', 'this level and worse').choices([...LEVELS]))
    .option('--since <T>', 'from here on: 2026-01-31T09:30:00Z, 2026-01-31 or -2h (default: the last 200 lines)')
    .action((options) => run(async (context) => (await import('../commands/logs.ts')).logs(context, options)));

  under(
    program,
    'metrics',
    'Shows what is measured, by the minute; without a name, all that has a value. Needs no running instance.',
    'npx frontdesk metrics pipeline.end_to_end_latency_ms --by channel --since -6h',
  )
    .argument('[name]', 'a metric of docs/telemetry.md, or one of AWS: AWS/Lambda/Errors')
    .option('--since <T>', 'from here on, at most a day back', '-1h')
    .addOption(
      new Option('--by <DIMENSION>', 'one row for each value').choices([
        'function',
        'channel',
        'result',
        'vendor',
        'flag',
      ]),
    )
    .action((name: string | undefined, options) =>
      run(async (context) => (await import('../commands/metrics.ts')).metrics(context, name, options)),
    );

  under(
    program,
    'trace',
    'Shows the way of a message as a tree: which fact led to which, in which function, and how long each step took. Needs no running instance.',
    'npx frontdesk trace 1042',
  )
    .argument('<id>', 'conversation id, ticket number, message id, or a trace id (trc_…)')
    .action((id: string) => run(async (context) => (await import('../commands/trace.ts')).trace(context, id)));
}
