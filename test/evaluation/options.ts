/** Options of `npm run eval` (interfaces §4). */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import type { Split } from './run.ts';
import { CLASSIFIER_NAMES, type ClassifierName } from './system/classifiers.ts';

export const GOLDEN_FILE = fileURLToPath(new URL('./golden/gold_v1.0.jsonl', import.meta.url));

/** Rows whose answers are recorded, authored ones so far. */
export const RECORDED_ROWS_FILE = fileURLToPath(new URL('./recordings/rows.jsonl', import.meta.url));

export type EvalOptions = {
  readonly data: string;
  readonly isGolden: boolean;
  readonly classifier: ClassifierName;
  readonly split: Split;
  readonly json?: string;
  readonly rows?: string;
  readonly html?: string;
  readonly artefacts?: string;
  readonly gate: boolean;
  readonly updateBaseline: boolean;
  /** Records the baseline although a hard gate fails. */
  readonly force: boolean;
};

/** A wrong use; the message names the cure. The process ends with 2. */
export class WrongUse extends Error {}

/** What asks for the help text: its text. */
export class HelpAsked extends Error {}

type Given = Partial<Pick<EvalOptions, 'data' | 'split' | 'json' | 'rows' | 'html' | 'artefacts'>> & {
  readonly classifier: ClassifierName;
  readonly gate?: boolean;
  readonly updateBaseline?: boolean;
  readonly force?: boolean;
};

/** Throws `WrongUse` or `HelpAsked`. */
export function evalOptions(args: readonly string[]): EvalOptions {
  let help = '';
  const keepHelp = (text: string): void => {
    help += text;
  };
  const command = new Command('npm run eval --')
    .description('Decides labelled messages as the shipped pipeline does and says how good the decisions are.')
    .option(
      '--data <FILE>',
      'labelled rows in JSON Lines (default: the shipped golden file; with openai the recorded rows)',
    )
    .addOption(
      new Option('--classifier <NAME>', 'which classifier decides; openai answers from recordings')
        .choices(CLASSIFIER_NAMES)
        .default('embedded'),
    )
    .addOption(
      new Option(
        '--split <SPLIT>',
        'rows the figures are made of (default: test for the golden file, else all)',
      ).choices(['all', 'test']),
    )
    .option('--json <FILE>', 'the figures as JSON')
    .option('--rows <FILE>', 'one line for each row, in JSON Lines')
    .option('--html <FILE>', 'the report as one HTML page')
    .option('--artefacts <DIR>', 'metrics, confusion matrix, Tier 0 and Tier 2 reports; no message text')
    .option('--gate', 'exit 1 when a hard gate fails')
    .option('--update-baseline', 'record the figures of the golden file as the baseline, if no hard gate fails')
    .option('--force', 'with --update-baseline: record them although one does')
    .helpOption('--help', 'show this')
    .addHelpText(
      'after',
      '\nExit: 0 done; 1 an unreadable line, a baseline refused or, with --gate, a failed hard gate or no row; 2 wrong use.',
    )
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: keepHelp });
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) throw new HelpAsked(help);
    throw new WrongUse(`${error.message.replace(/^error: /, '')}; see npm run eval -- --help`);
  }
  if (command.args.length > 0) throw new WrongUse('name the file with --data; see npm run eval -- --help');
  return checked(command.opts<Given>());
}

function checked({ split, gate = false, updateBaseline = false, force = false, ...rest }: Given): EvalOptions {
  const data = rest.data ?? (rest.classifier === 'openai' ? RECORDED_ROWS_FILE : GOLDEN_FILE);
  if (!isReadableFile(data)) throw new WrongUse(`--data ${data} cannot be read: name a file of labelled rows`);
  const isGolden = realpathSync(data) === realpathSync(GOLDEN_FILE);
  if (updateBaseline && !isGolden) throw new WrongUse('--update-baseline is for the golden file: leave --data out');
  if (force && !updateBaseline) throw new WrongUse('--force goes with --update-baseline');
  checkOutputs(rest, data);
  return { ...rest, data, isGolden, split: split ?? (isGolden ? 'test' : 'all'), gate, updateBaseline, force };
}

/** Nothing is written over the rows, over another output, or where it cannot be. */
function checkOutputs({ json, rows, html, artefacts }: Given, data: string): void {
  const taken = new Map([[placeOf(data), '--data']]);
  for (const [option, file] of Object.entries({ '--json': json, '--rows': rows, '--html': html })) {
    if (file === undefined) continue;
    if (file === '') throw new WrongUse(`${option} names no file`);
    if (isFolder(file) || !isWritable(dirname(file)))
      throw new WrongUse(`${option} ${file} cannot be written: name a file in a folder that exists and is yours`);
    const before = taken.get(placeOf(file));
    if (before !== undefined) throw new WrongUse(`${option} would overwrite ${before}: name another file`);
    taken.set(placeOf(file), option);
  }
  if (artefacts === '') throw new WrongUse('--artefacts names no folder');
  if (artefacts !== undefined && existsSync(artefacts) && !isFolder(artefacts))
    throw new WrongUse(`--artefacts ${artefacts} is a file: name a folder`);
}

/** One name for a file, whatever links and dots lead there. */
function placeOf(file: string): string {
  return existsSync(file) ? realpathSync(file) : resolve(file);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isReadableFile(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
