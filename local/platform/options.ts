/** The options that `npm start` and `npm run demo` share (interfaces §1): read strictly, refused in one line. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { MODES, type Mode } from './modes.ts';
import { StartProblem } from './problem.ts';
import { VERSION_LINE } from './release.ts';

export type SharedOptions = {
  readonly portBase: number;
  readonly data: string;
  readonly memory: boolean;
  /** `null` when it was not given. */
  readonly mode: Mode | null;
  readonly limits: 'vendor' | 'unlimited';
  readonly classifier: 'embedded' | 'openai';
};

const HIGHEST_BASE = 65_532;
const DEFAULT_FOLDER = '.frontdesk';

/** A command with the shared options; the caller adds its own and calls `readOptions`. */
export function commandOf(
  name: string,
  about: string,
  defaults: { readonly portBase: number; readonly memory: boolean; readonly limits: 'vendor' | 'unlimited' },
): Command {
  return new Command(name)
    .description(about)
    .version(VERSION_LINE, '--version', 'show the version')
    .helpOption('--help', 'show this')
    .allowExcessArguments(false)
    .option(
      '--port-base <N>',
      'console N, webhook N+1, AWS endpoint N+2, Richpanel sandbox N+3; 0 takes four free ports',
      portBase,
      defaults.portBase,
    )
    .option('--data <DIR>', `where state lives (default: ${DEFAULT_FOLDER})`)
    .option('--memory', 'keep nothing on disk', defaults.memory)
    .addOption(
      new Option('--mode <MODE>', 'flags of a new data folder, or changed on an existing one (default: auto)').choices(
        MODES,
      ),
    )
    .addOption(
      new Option('--classifier <KIND>', 'who classifies and verifies; openai needs OPENAI_API_KEY and costs money')
        .choices(['embedded', 'openai'])
        .default('embedded'),
    )
    .addOption(
      new Option('--limits <KIND>', `keep the vendor's limits (default: ${defaults.limits})`).choices(['vendor']),
    )
    .option('--unlimited', 'lift throttles, vendor limits and reserved concurrency together');
}

/** Parses; throws `StartProblem` with one line. Prints help or version and ends the process when asked for them. */
export function readOptions<T>(
  command: Command,
  args: readonly string[],
  defaults: { readonly limits: 'vendor' | 'unlimited' },
): SharedOptions & T {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) process.exit(0);
    // One sentence of the parser's several.
    const line = error.message
      .replace(/^error: /, '')
      .replaceAll('\n', ' ')
      .replace(' is invalid. ', ' is invalid: ')
      .replace(/\.$/, '');
    throw new StartProblem(`${line}; see ${command.name()} -- --help`);
  }
  const given = command.opts();
  if (given.unlimited === true && given.limits === 'vendor') {
    throw new StartProblem('--unlimited and --limits vendor exclude each other: give one of them.');
  }
  // A folder that was named is meant to be used.
  const memory =
    given.memory === true && (given.data === undefined || command.getOptionValueSource('memory') === 'cli');
  return {
    ...(given as T),
    portBase: given.portBase,
    data: given.data ?? DEFAULT_FOLDER,
    memory,
    mode: given.mode ?? null,
    classifier: given.classifier,
    limits: given.unlimited === true ? 'unlimited' : (given.limits ?? defaults.limits),
  };
}

/** Number of a whole quantity, for options. */
export function wholeNumber(text: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value < least || value > most)
    throw new InvalidArgumentError(`give a whole number from ${least} to ${most}.`);
  return value;
}

function portBase(text: string): number {
  const base = wholeNumber(text, 0, HIGHEST_BASE);
  if (base !== 0 && base < 1024) throw new InvalidArgumentError('give 0 or a number from 1024 on.');
  return base;
}

/** `FRONTDESK_TIME_SCALE`; 1 when it is not set. */
export function timeScaleFrom(text: string | undefined): number {
  const scale = text === undefined || text === '' ? 1 : Number(text);
  if (!(scale >= 0.01 && scale <= 1))
    throw new StartProblem('FRONTDESK_TIME_SCALE must be a number from 0.01 to 1: correct it, or unset it.');
  return scale;
}
