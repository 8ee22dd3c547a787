/** Archives, and the replays that come out of them. */
import { type Command, Option } from 'commander';
import { REPLAY_PURPOSES } from '../../events/words.ts';
import { type RunCommand, under } from './under.ts';

export function addReplay(program: Command, run: RunCommand): void {
  const archive = under(program, 'archive', 'What is kept for replay.', 'npx frontdesk archive list');
  under(
    archive,
    'list',
    'Lists the archives with events, size and retention; needs no running instance.',
    'npx frontdesk archive list --json',
  ).action(() => run(async (context) => (await import('../commands/archive.ts')).listArchives(context), 'aws'));

  const load = () => import('../commands/replay.ts');
  const look = () => import('../commands/replay-look.ts');
  const replay = under(
    program,
    'replay',
    'Hands archived events to the replay twins of rules, in small windows; nothing is ever sent to a customer.',
    'npx frontdesk replay start --purpose recovery --from -6h --to -1h',
  );
  under(
    replay,
    'start',
    'Starts a replay and drives it to its end. Interrupted, it can be taken up again, here or elsewhere.',
    'npx frontdesk replay start --purpose recovery --from -6h --to -1h --yes',
  )
    .addOption(
      new Option(
        '--purpose <PURPOSE>',
        'recovery: what was not handled; rebuild: the read models; backfill: a new consumer',
      )
        .choices([...REPLAY_PURPOSES])
        .makeOptionMandatory(),
    )
    .requiredOption('--from <T>', 'first instant: RFC 3339 with zone, 2026-01-31 or -24h')
    .requiredOption('--to <T>', 'last instant')
    .option('--rule <NAME>', 'replay to the twin of this rule (default: the usual one of the purpose)')
    .option('--yes', 'really; without it you see what would happen')
    .option('--override', 'although an alarm is on, or (rebuild) although the new read models differ')
    .action((options) => run(async (context) => (await load()).startReplay(context, options), 'aws'));
  under(
    replay,
    'plan',
    'Shows what a replay would do, how long it would take and what stands against it; begins nothing.',
    'npx frontdesk replay plan --purpose recovery --from -6h --to -1h',
  )
    .addOption(new Option('--purpose <PURPOSE>', 'see start').choices([...REPLAY_PURPOSES]).makeOptionMandatory())
    .requiredOption('--from <T>', 'first instant: RFC 3339 with zone, 2026-01-31 or -24h')
    .requiredOption('--to <T>', 'last instant')
    .option('--rule <NAME>', 'replay to the twin of this rule (default: the usual one of the purpose)')
    .action((options) => run(async (context) => (await look()).planReplay(context, options), 'aws'));
  under(replay, 'list', 'Lists the replays that are remembered, the newest first.', 'npx frontdesk replay list').action(
    () => run(async (context) => (await look()).listReplays(context), 'aws'),
  );
  under(
    replay,
    'resume',
    'Goes on with a replay that was interrupted, wherever it was started.',
    'npx frontdesk replay resume recovery-01JQ8Z5M9H3V6T2K4N7P0R0000',
  )
    .argument('<name>', 'name of the replay')
    .option('--override', 'although an alarm is on, or (rebuild) although the new read models differ')
    .action((name: string, options) =>
      run(async (context) => (await load()).resumeReplay(context, name, options), 'aws'),
    );
  under(
    replay,
    'status',
    'Shows how far a replay has come.',
    'npx frontdesk replay status recovery-01JQ8Z5M9H3V6T2K4N7P0R0000',
  )
    .argument('<name>', 'name of the replay')
    .action((name: string) => run(async (context) => (await load()).replayStatus(context, name), 'aws'));
  under(
    replay,
    'cancel',
    'Ends a replay for good, also one that was started by hand; what it replayed stays.',
    'npx frontdesk replay cancel recovery-01JQ8Z5M9H3V6T2K4N7P0R0000 --yes',
  )
    .argument('<name>', 'name of the replay')
    .option('--yes', 'really; without it you see what would happen')
    .action((name: string, options) =>
      run(async (context) => (await load()).cancelReplay(context, name, options), 'aws'),
    );
}
