/** The commands of this release, with their words, options and help. Each loads its code when it runs. */
import { Command, Option, type OutputConfiguration } from 'commander';
import { REPLAY_PURPOSES } from '../events/words.ts';
import { VERSION_LINE } from '../local/platform/release.ts';
import { type Answer, type Context, DEFAULT_FOLDER } from './context.ts';
import { LEVELS } from './switches/levels.ts';

export type GlobalOptions = { readonly target: string; readonly stage?: string; readonly data: string };

/** Hands a command its context and prints what it answers; `aws` for one that reaches a deployed stage as well. */
export type Run = (
  options: GlobalOptions,
  command: (context: Context) => Answer | Promise<Answer>,
  reaches?: 'local' | 'aws',
) => Promise<void>;

const SECONDS_TO_WAIT = '120';

export function programOf(run: Run, output: OutputConfiguration): Command {
  const program = new Command('frontdesk')
    .description('Operates Frontdesk: talks to the instance that `npm start` runs on this machine.')
    .option('--target <WHERE>', 'where it runs: local, or aws for the commands that reach a deployed stage', 'local')
    .option('--stage <ENV>', 'stage of the instance (local on this machine; needed with --target aws)')
    .option('--json', 'print one JSON value on stdout and nothing else there')
    .option('--data <DIR>', 'data folder of the instance', DEFAULT_FOLDER)
    .version(VERSION_LINE, '--version', 'show the version')
    .helpOption('--help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput(output)
    .exitOverride();
  const globals = (): GlobalOptions => program.opts<GlobalOptions>();
  const under = (parent: Command, usage: string, says: string, example: string): Command =>
    parent
      .command(usage)
      .description(says)
      .helpOption('--help', 'show help')
      .helpCommand(false)
      .allowExcessArguments(false)
      .addHelpText('after', `\nExample:\n  ${example}`);

  under(
    program,
    'say',
    'Writes as a customer into the sandbox and tells what becomes of the message.',
    'npx frontdesk say "where is my order?" --channel livechat',
  )
    .argument('<text>', 'what the customer writes')
    .option('--channel <C>', 'email, livechat, social, tiktok, phone or a spelling of the helpdesk (default: email)')
    .option('--conversation <ID>', 'an existing conversation, or the id of a new one')
    .option('--wait <SECONDS>', 'how long to follow the message; 0 does not wait', SECONDS_TO_WAIT)
    .action((text: string, options) =>
      run(globals(), async (context) => (await import('./commands/say.ts')).say(context, text, options)),
    );

  under(
    program,
    'status',
    'Shows whether the instance is well: mode, flags, what is under way, alarms.',
    'npx frontdesk status --json',
  ).action(() => run(globals(), async (context) => (await import('./commands/status.ts')).status(context)));

  under(
    program,
    'ticket',
    'Tells what happened to a ticket and why, from the audit trail; needs no running instance.',
    'npx frontdesk ticket 1042',
  )
    .argument('<id>', 'conversation id, ticket number or message id')
    .action((id: string) =>
      run(globals(), async (context) => (await import('./commands/ticket.ts')).ticket(context, id)),
    );

  addFlags(
    under(
      program,
      'flags',
      'Lists the runtime flags; get shows one with its history, set changes one.',
      'npx frontdesk flags set tier2_enabled false --reason "wrong orders reported"',
    ),
    run,
    globals,
    under,
  );
  addSwitches(program, run, globals, under);

  addReplay(program, run, globals, under);
  addPolicy(program, run, globals, under);
  addState(program, run, globals, under);
  addRecovery(program, run, globals, under);
  addDeadLetters(program, run, globals, under);

  const catalog = under(
    program,
    'catalog',
    'The contract of every event.',
    'npx frontdesk catalog export --out contract',
  );
  under(
    catalog,
    'export',
    'Writes JSON Schemas, an AsyncAPI document and a page per event.',
    'npx frontdesk catalog export --out contract',
  )
    .requiredOption('--out <DIR>', 'folder to write into')
    .action((options) => run(globals(), async () => (await import('./commands/catalog.ts')).exportCatalog(options)));

  under(
    program,
    'doctor',
    'Checks Node, ports, disk, clock, data folder and the instance; each finding with its cure.',
    'npx frontdesk doctor',
  ).action(() => run(globals(), async (context) => (await import('./commands/doctor.ts')).doctor(context)));
  addTemplates(program, run, globals, under);
  addConfig(program, run, globals, under);
  addWorkspace(program, run, globals, under);
  return program;
}

type Under = (parent: Command, usage: string, says: string, example: string) => Command;

function addFlags(flags: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const load = () => import('./commands/flags.ts');
  flags.action(() => run(globals(), async (context) => (await load()).listFlags(context), 'aws'));
  under(
    flags,
    'get',
    'Shows one flag: value, safe value, what it takes, who changed it when and why.',
    'npx frontdesk flags get safe_mode',
  )
    .argument('<name>', 'name of the flag')
    .action((name: string) => run(globals(), async (context) => (await load()).getFlag(context, name)));
  under(
    flags,
    'set',
    'Changes one flag and records who, when and why.',
    'npx frontdesk flags set template_enabled/t_damaged_item_intake false --reason "new wording"',
  )
    .argument('<name>', 'name of the flag')
    .argument('<value>', 'see `flags get NAME` for what it takes')
    .requiredOption('--reason <TEXT>', 'why, for the record')
    .option('--based-on <VERSION>', 'refuse when the flag is at another version (default: the one in force)')
    .action((name: string, value: string, options) =>
      run(globals(), async (context) => (await load()).setFlag(context, name, value, options), 'aws'),
    );
}

function addSwitches(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const level = () =>
    new Option('--level <LEVEL>', LEVELS.map(({ name, effect }) => `${name}: ${effect}`).join('; '))
      .choices(LEVELS.map(({ name }) => name))
      .makeOptionMandatory();
  under(
    program,
    'stop',
    'The kill switch: returns when it is verified in force, after which no send begins.',
    'npx frontdesk stop --level automation --reason "wrong replies reported"',
  )
    .addOption(level())
    .requiredOption('--reason <TEXT>', 'why, for the record')
    .action((options) =>
      run(globals(), async (context) => (await import('./commands/stop.ts')).stop(context, options)),
    );
  under(
    program,
    'resume',
    'The reverse of stop, one level at a time, once nothing waits and nothing failed.',
    'npx frontdesk resume --level automation --reason "wording corrected"',
  )
    .addOption(level())
    .option('--override', 'although the exit criteria are not met; wants a reason')
    .option('--reason <TEXT>', 'why, for the record')
    .action((options) =>
      run(globals(), async (context) => (await import('./commands/resume.ts')).resume(context, options)),
    );
}

function addReplay(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const archive = under(program, 'archive', 'What is kept for replay.', 'npx frontdesk archive list');
  under(
    archive,
    'list',
    'Lists the archives with events, size and retention; needs no running instance.',
    'npx frontdesk archive list --json',
  ).action(() =>
    run(globals(), async (context) => (await import('./commands/archive.ts')).listArchives(context), 'aws'),
  );

  const load = () => import('./commands/replay.ts');
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
    .action((options) => run(globals(), async (context) => (await load()).startReplay(context, options), 'aws'));
  under(
    replay,
    'resume',
    'Goes on with a replay that was interrupted, wherever it was started.',
    'npx frontdesk replay resume recovery-01JQ8Z5M9H3V6T2K4N7P0R0000',
  )
    .argument('<name>', 'name of the replay')
    .option('--override', 'although an alarm is on, or (rebuild) although the new read models differ')
    .action((name: string, options) =>
      run(globals(), async (context) => (await load()).resumeReplay(context, name, options), 'aws'),
    );
  under(
    replay,
    'status',
    'Shows how far a replay has come.',
    'npx frontdesk replay status recovery-01JQ8Z5M9H3V6T2K4N7P0R0000',
  )
    .argument('<name>', 'name of the replay')
    .action((name: string) => run(globals(), async (context) => (await load()).replayStatus(context, name), 'aws'));
  under(
    replay,
    'cancel',
    'Ends a replay for good; what it replayed stays.',
    'npx frontdesk replay cancel recovery-01JQ8Z5M9H3V6T2K4N7P0R0000 --yes',
  )
    .argument('<name>', 'name of the replay')
    .option('--yes', 'really; without it you see what would happen')
    .action((name: string, options) =>
      run(globals(), async (context) => (await load()).cancelReplay(context, name, options), 'aws'),
    );
}

function addState(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  under(
    program,
    'backup',
    'Writes everything of the data folder, as of one moment, into one file; while it is in use, or not.',
    'npx frontdesk backup monday.tar.gz',
  )
    .argument('<file>', 'file to write')
    .option('--force', 'replace a file that exists')
    .action((file: string, options) =>
      run(globals(), async (context) => (await import('./commands/backup.ts')).backup(context, file, options)),
    );
  under(
    program,
    'restore',
    'Puts a backup in the place of the data folder, which is kept beside it; what came in before now is never answered.',
    'npx frontdesk restore monday.tar.gz --yes',
  )
    .argument('<file>', 'file that backup wrote')
    .option('--yes', 'really; without it the file is verified and nothing changed')
    .action((file: string, options) =>
      run(globals(), async (context) => (await import('./commands/restore.ts')).restore(context, file, options)),
    );
}

function addRecovery(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  under(
    program,
    'recover',
    'After a table was lost or set back: raises ledger generation and reply_epoch, then completes the ledger and the conversation records from the audit trail. Sends nothing; docs/recovery.md is the whole way.',
    'npx frontdesk recover --yes',
  )
    .option('--yes', 'really; without it you see what would happen')
    .action((options) =>
      run(globals(), async (context) => (await import('./commands/recover.ts')).recover(context, options), 'aws'),
    );
  under(
    program,
    'drill',
    'Loses each table in turn on a copy of the state, then all, rebuilds them and proves that nothing is sent; without a name all drills run. The state itself is only read.',
    'npx frontdesk drill idempotency',
  )
    .argument('[name]', 'one drill, from `drill --list`: a table, or all-tables')
    .option('--list', 'list the drills and run none')
    .action((name: string | undefined, options) =>
      run(globals(), async (context) => (await import('./commands/drill.ts')).drill(context, name, options)),
    );
}

function addDeadLetters(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const load = () => import('./commands/dlq.ts');
  const dlq = under(
    program,
    'dlq',
    'Dead letters: what neither the bus nor a function could finish.',
    'npx frontdesk dlq list',
  );
  under(
    dlq,
    'list',
    'Lists all dead-letter and failure queues, oldest letter first: cause, event, age, what a redrive would do.',
    'npx frontdesk dlq list --json',
  ).action(() => run(globals(), async (context) => (await load()).listLetters(context)));
  under(
    dlq,
    'show',
    'Shows one letter: ids, codes and times, never what it holds.',
    'npx frontdesk dlq show 2f1c7a52-5a0e-4d57-9a59-2d0f6c6b8a11',
  )
    .argument('<id>', 'id of the letter, from `dlq list`')
    .action((id: string) => run(globals(), async (context) => (await load()).showLetter(context, id)));
  under(
    dlq,
    'redrive',
    'Hands the oldest letters back to their functions, older than 24 h route-only; what has no way back is given up.',
    'npx frontdesk dlq redrive --max 10 --yes',
  )
    .requiredOption('--max <N>', 'how many, at most 10')
    .option('--queue <NAME>', 'only letters of this queue')
    .option('--yes', 'really; without it the command says what would happen')
    .action((options) => run(globals(), async (context) => (await load()).redriveLetters(context, options)));
}

function addPolicy(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const policy = under(program, 'policy', 'What decisions are made by.', 'npx frontdesk policy show');
  under(
    policy,
    'show',
    'Shows thresholds, tier policy, limits and flags, as a file for whatif; needs no running instance.',
    'npx frontdesk policy show > mine.yaml',
  ).action(() => run(globals(), async () => (await import('./commands/policy.ts')).showPolicy()));
  under(
    program,
    'whatif',
    'Makes recorded decisions again under another policy and tells the differences; sends and writes nothing.',
    'npx frontdesk whatif --policy mine.yaml --from -7d --sweep tier2=0.70..0.90 --out sweep.html',
  )
    .requiredOption('--policy <FILE>', 'YAML or JSON with any part of what `policy show` prints')
    .option('--from <T>', 'decided from here on: 2026-01-31T09:30:00Z, 2026-01-31 or -24h (default: all there is)')
    .option('--to <T>', 'decided before')
    .option('--out <FILE>', 'write everything as JSON, or the picture of a sweep (.svg, .html)')
    .option('--reread', 'read the tickets again, read-only, and ask another model or prompt in shadow (reread in FILE)')
    .option('--sweep <KEY=A..B>', 'draw coverage against expected risk over values of one number')
    .action((options) =>
      run(globals(), async (context) => (await import('./commands/whatif.ts')).whatif(context, options)),
    );
}

function addTemplates(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const templates = under(
    program,
    'templates',
    'What customers and agents read.',
    'npx frontdesk template preview t_damaged_item_intake',
  ).alias('template');
  under(
    templates,
    'preview',
    'Shows every body of a template with sample values; needs no running instance.',
    'npx frontdesk template preview t_damaged_item_intake',
  )
    .argument('<id>', 'id of the template')
    .action((id: string) =>
      run(globals(), async (context) => (await import('./commands/template-preview.ts')).previewTemplate(context, id)),
    );
  under(
    templates,
    'macros',
    'Shows the texts of the macros for agents, and how the workspace differs: teams, tags, macros.',
    'npx frontdesk templates macros --export macros.json',
  )
    .option('--export <FILE>', 'macros of the workspace, exported by hand: a JSON array of {"name", "text"}')
    .action((options) =>
      run(globals(), async (context) =>
        (await import('./commands/template-macros.ts')).templateMacros(context, options),
      ),
    );
}

function addConfig(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const load = () => import('./commands/config.ts');
  const config = under(
    program,
    'config',
    'What a shop adapts: config/frontdesk.yaml.',
    'npx frontdesk config explain business.zone',
  );
  under(config, 'check', 'Names every mistake with line, key and cure.', 'npx frontdesk config check').action(() =>
    run(globals(), async (context) => (await load()).checkConfig(context)),
  );
  under(
    config,
    'show',
    'Shows the configuration in force with its version.',
    'npx frontdesk config show --json',
  ).action(() => run(globals(), async (context) => (await load()).showConfig(context)));
  under(
    config,
    'explain',
    'Says what a key means, what it takes and what it is now.',
    'npx frontdesk config explain limits',
  )
    .argument('<key>', 'a key or a section, with dots')
    .action((key: string) => run(globals(), async (context) => (await load()).explainConfig(context, key)));
}

function addWorkspace(program: Command, run: Run, globals: () => GlobalOptions, under: Under): void {
  const connect = under(
    program,
    'connect',
    'The guided path to a real workspace.',
    'npx frontdesk connect richpanel --public-url https://hooks.example.com',
  );
  withVerifyOptions(
    under(
      connect,
      'richpanel',
      'Checks RICHPANEL_API_KEY, verifies the workspace, says what to click, and reports in shadow. Sends GET only, unless --allow-writes.',
      'npx frontdesk connect richpanel --public-url https://hooks.example.com',
    ),
  )
    .option('--public-url <URL>', 'https address that leads to the webhook of this machine')
    .option('--shadow <N>', 'recent tickets to decide in shadow', '10')
    .action((options) =>
      run(globals(), async (context) => (await import('./commands/connect.ts')).connectRichpanel(context, options)),
    );
  const tenant = under(
    program,
    'tenant',
    'What is known of the real workspace: questions V1 to V15.',
    'npx frontdesk tenant verify',
  );
  const load = () => import('./commands/tenant.ts');
  withVerifyOptions(
    under(
      tenant,
      'verify',
      'Asks V1 to V15 by the public API and webhooks and writes config/tenant.yaml. Sends GET only, unless --allow-writes.',
      'npx frontdesk tenant verify --listen 300',
    ),
  ).action((options) => run(globals(), async (context) => (await load()).verify(context, options)));
  under(
    tenant,
    'report',
    'Tells what would have been done, message by message, with the gates that objected.',
    'npx frontdesk tenant report --json',
  ).action(() => run(globals(), async (context) => (await load()).shadowReport(context)));
}

function withVerifyOptions(command: Command): Command {
  return command
    .option('--sample <N>', 'recent tickets to look at, up to three requests each', '50')
    .option('--tickets <LIST>', 'numbers or ids to look at instead, with commas; for a key that may not list')
    .option('--listen <SECONDS>', 'hear the test rules of docs/connect-richpanel.md for so long')
    .option('--listen-port <N>', 'port on 127.0.0.1 for them; 0 takes a free one', '4405')
    .option('--allow-writes', 'test on the tickets that --ticket names: tags, a note, a message, closing')
    .option('--ticket <ID>', 'a test ticket that may be written to; repeat for each channel', collected, undefined)
    .option('--wait <SECONDS>', "how long to wait for the test customer's answer", '300');
}

function collected(id: string, before: readonly string[] = []): readonly string[] {
  return [...before, id];
}
