/** Whether a command that a page tells can be run as it stands: judged by the programs themselves, which run nothing here. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError, type Option } from 'commander';
import { demoOptions } from '../../local/demo/options.ts';
import { StartProblem } from '../../local/platform/problem.ts';
import { ROOT } from '../../local/platform/release.ts';
import { startOptions } from '../../local/platform/run-start.ts';
import { chosenDrills } from '../../operate/drill/drills.ts';
import { Failure } from '../../operate/failure.ts';
import { requireFlag, textToStore } from '../../operate/flags/values.ts';
import { programOf } from '../../operate/program.ts';
import { requireSwitch } from '../../operate/switches/levels.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { readOptions as releaseOptions } from '../../tools/release/options.ts';
import { MEASURES } from '../bench/measures/all.ts';
import { evalOptions, HelpAsked, WrongUse } from '../evaluation/options.ts';
import { PARTS } from '../full/parts.ts';
import { readOptions as simulateOptions } from '../simulation/options.ts';
import type { Told } from './told.ts';

/** `null` where it can be run, or is no command of this product. */
export function objectionTo({ words, as }: Pick<Told, 'words' | 'as'>): string | null {
  const [program, first = '', ...rest] = words;
  // What follows the container's name runs in it.
  if (program === 'docker' && first === 'exec') return objectionTo({ words: rest.slice(rest[0] === '-i' ? 2 : 1), as });
  if (program === 'npx' && first === 'frontdesk') return objectionToFrontdesk(rest, as);
  if (program === 'npm' && (first === 'start' || first === 'test')) return objectionToScript(first, rest);
  if (program === 'npm' && first === 'run') return objectionToScript(rest[0] ?? '', rest.slice(1));
  if (program === 'node' && first === 'bin/launch.js') return objectionToLaunched(rest);
  if (program === 'node' && /^[\w./-]+\.[jt]s$/.test(first))
    return existsSync(join(ROOT, first)) ? null : `there is no ${first}`;
  return null;
}

/** A word that stands for another: NAME, T, A..B, KEY=A..B, <name>, something left out. */
const isPlaceholder = (word: string): boolean =>
  /^[A-Z][A-Z_]*$|^X\.Y\.Z$|^<.*>$|…|^\.{3}$|\$|^SUBSTITUTED$/.test(word);
const isLeftOut = (word: string): boolean => word === '…' || word === '...';

/** Named in a sentence, a command need not be whole. */
const WANTING = ['commander.missingArgument', 'commander.missingMandatoryOptionValue', 'commander.help'];

function objectionToFrontdesk(given: readonly string[], as: Told['as']): string | null {
  const isLax = as === 'mention' || given.some(isLeftOut);
  const spelled = given.map((word) => word.replaceAll(/^\[|\]$/g, '')).filter((word) => word !== '');
  const asked: { reaches: string; target: string; stage: string | undefined }[] = [];
  const program = programOf(
    async ({ target, stage }, _command, reaches = 'local') => void asked.push({ reaches, target, stage }),
    { writeOut: () => {}, writeErr: () => {} },
  );
  const { command, words } = filledIn(program, spelled);
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || (isLax && WANTING.includes(error.code))) return null;
    return error.message;
  }
  const [run] = asked;
  if (run?.target === 'aws' && run.reaches !== 'aws') return 'this command does not reach AWS';
  if (run?.target === 'aws' && run.stage === undefined && as === 'step') return '--target aws wants --stage';
  return objectionToValues(command);
}

/** The command that the words lead to, and the words with a real choice wherever one only stands for it. */
function filledIn(program: Command, words: readonly string[]): { command: Command; words: string[] } {
  let command = program;
  const options: Option[] = [...program.options];
  const filled: string[] = [];
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    const option = options.find((one) => one.long === before || (before !== undefined && one.short === before));
    if (option !== undefined && (option.required || option.optional)) {
      filled.push(isPlaceholder(word) || word.includes('|') ? (option.argChoices?.[0] ?? word) : word);
      continue;
    }
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (next !== undefined) {
      command = next;
      options.push(...next.options);
    }
    if (!isLeftOut(word)) filled.push(word);
  }
  return { command, words: filled };
}

/** What commander lets through and the command itself would refuse. */
function objectionToValues(command: Command): string | null {
  const path = `${command.parent?.parent === null ? '' : command.parent?.name()} ${command.name()}`.trim();
  const [name = '', value = ''] = command.args;
  const { level, only }: { level?: string; only?: string } = command.opts();
  try {
    if (path.startsWith('flags ') && !isPlaceholder(name) && name !== '') requireFlag(name);
    if (path === 'flags set' && !isPlaceholder(name) && !isPlaceholder(value) && value !== '')
      textToStore(name, value, { name: 'UTC' }, 0);
    if ((path === 'stop' || path === 'resume') && level !== undefined && only !== undefined && !isPlaceholder(only))
      requireSwitch(level, only);
    if (path === 'drill' && name !== '' && !isPlaceholder(name) && name !== 'kill-switch') chosenDrills(name);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

function objectionToScript(script: string, rest: readonly string[]): string | null {
  if (isPlaceholder(script)) return null;
  if (!Object.hasOwn(packageFile.scripts, script)) return `package.json has no script ${script}`;
  const args = rest
    .slice(rest[0] === '--' ? 1 : 0)
    .map((word) => word.replaceAll(/^\[|\]$/g, ''))
    .filter((word) => word !== '' && !isLeftOut(word));
  if (args.some((word) => ['--help', '--version'].includes(word)) || args.some(isPlaceholder)) return null;
  return OPTIONS_OF[script]?.(args) ?? null;
}

/** The readers that the scripts use themselves. */
const OPTIONS_OF: Readonly<Record<string, (args: readonly string[]) => string | null>> = {
  start: (args) => refusal(() => startOptions(args)),
  demo: (args) => refusal(() => demoOptions(args)),
  eval: (args) => refusal(() => evalOptions(args)),
  simulate: (args) => {
    const read = simulateOptions(args);
    return read.ok === false ? read.says : null;
  },
  release: (args) => {
    const read = releaseOptions(args, {});
    return read.ok ? null : read.says;
  },
  bench: (args) => {
    const unknown = args.find((word) => /^[a-z]/.test(word) && !Object.hasOwn(MEASURES, word));
    return args.some((word) => word.startsWith('--')) || unknown === undefined ? null : `no benchmark ${unknown}`;
  },
  'test:full': (args) => {
    const named = args.filter((_, index) => args[index - 1] === '--only');
    const unknown = named.find((name) => !PARTS.some((part) => part.name === name));
    return unknown === undefined ? null : `test:full has no part ${unknown}`;
  },
};

function refusal(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    // Which files there are is the reader's own affair.
    if (error instanceof WrongUse) return /cannot be (read|written)/.test(error.message) ? null : error.message;
    if (error instanceof HelpAsked) return null;
    if (error instanceof StartProblem) return error.message;
    throw error;
  }
}

function objectionToLaunched([first = '', tool = '']: readonly string[]): string | null {
  if (isPlaceholder(first)) return null;
  const file = first === 'tool' ? join('node_modules/.bin', tool) : first;
  return existsSync(join(ROOT, file)) ? null : `there is no ${file}`;
}
