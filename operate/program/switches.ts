/** Flags, and the switches made of them: stop and resume. */
import { type Command, Option } from 'commander';
import { effectOf, LEVEL_NAMES, type LevelName, resumedEffectOf } from '../switches/levels.ts';
import { type RunCommand, under } from './under.ts';

export function addFlags(program: Command, run: RunCommand): void {
  const load = () => import('../commands/flags.ts');
  const flags = under(
    program,
    'flags',
    'Lists the runtime flags; get shows one with its history, set changes one, unset sets one back to its safe value.',
    'npx frontdesk flags set tier2_enabled false --reason "wrong orders reported"',
  );
  flags.action(() => run(async (context) => (await load()).listFlags(context), 'aws'));
  under(
    flags,
    'get',
    'Shows one flag: value, safe value, what it takes, who changed it when and why.',
    'npx frontdesk flags get safe_mode',
  )
    .argument('<name>', 'name of the flag')
    .action((name: string) => run(async (context) => (await load()).getFlag(context, name), 'aws'));
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
    .option(
      '--yes',
      'reply_epoch may go back, so that older messages can be answered; a level that somebody stopped is opened unasked; ledger_whole is set although a replay is not over',
    )
    .action((name: string, value: string, options) =>
      run(async (context) => (await load()).setFlag(context, name, value, options), 'aws'),
    );
  under(
    flags,
    'unset',
    'Sets one flag back to its safe value, as if it had never been set; withdraws prod_writes_ack.',
    'npx frontdesk flags unset prod_writes_ack --reason "the rollout is over"',
  )
    .argument('<name>', 'name of the flag')
    .requiredOption('--reason <TEXT>', 'why, for the record')
    .option('--based-on <VERSION>', 'refuse when the flag is at another version (default: the one in force)')
    .action((name: string, options) => run(async (context) => (await load()).unsetFlag(context, name, options), 'aws'));
}

export function addSwitches(program: Command, run: RunCommand): void {
  const level = (ofLevel: (name: LevelName) => string) =>
    new Option('--level <LEVEL>', LEVEL_NAMES.map((name) => `${name}: ${ofLevel(name)}`).join('; '))
      .choices(LEVEL_NAMES)
      .default('automation');
  const only = () => new Option('--only <VALUE>', 'which template, channel or intent, at these levels');
  under(
    program,
    'stop',
    'The kill switch: returns when it is verified in force, after which no send begins.',
    'npx frontdesk stop --level automation --reason "wrong replies reported"',
  )
    .addOption(level(effectOf))
    .addOption(only())
    .requiredOption('--reason <TEXT>', 'why, for the record')
    .action((options) => run(async (context) => (await import('../commands/stop.ts')).stop(context, options), 'aws'));
  under(
    program,
    'resume',
    'The reverse of stop, one level at a time, once nothing waits and nothing failed.',
    'npx frontdesk resume --level automation --reason "wording corrected"',
  )
    .addOption(level(resumedEffectOf))
    .addOption(only())
    .option('--override', 'although the exit criteria are not met; wants a reason')
    .option('--reason <TEXT>', 'why, for the record')
    .option('--based-on <VERSION>', 'refuse when its flag is at another version: somebody stopped it again')
    .action((options) =>
      run(async (context) => (await import('../commands/resume.ts')).resume(context, options), 'aws'),
    );
}
