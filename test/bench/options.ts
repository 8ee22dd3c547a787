/** Options of `npm run bench` (interfaces §6). */
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { MEASURES, type MeasureName, ONLY_BY_NAME } from './measures/all.ts';

export type BenchOptions = {
  readonly names: readonly MeasureName[];
  readonly json?: string;
  readonly profile?: string;
  readonly ops?: boolean;
  readonly messages?: number;
  readonly backlog?: number;
  readonly seconds?: number;
  readonly rate?: number;
};

const NAMES = Object.keys(MEASURES) as MeasureName[];

/** Ends the process with 2 and one line when something is not right, with 0 after help. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const command = new Command('npm run bench')
    .description(`Measures the one-machine platform with durable state and limits lifted.\nNames: ${NAMES.join(', ')}`)
    .argument('[NAME...]', `what to measure; without a name all but ${ONLY_BY_NAME.join(', ')}`)
    .option('--json <FILE>', 'the rows as JSON')
    .option('--messages <N>', 'messages to measure with (throughput, replay, memory)', count)
    .option('--backlog <N>', 'unsettled messages at any time (throughput, memory)', count)
    .option('--seconds <S>', 'seconds of load (ack, settle)', count)
    .option('--rate <N>', 'requests a second (ack, settle)', count)
    .option('--ops', 'tell the requests to endpoint and helpdesk per message (throughput)')
    .option('--profile <DIR>', 'leave CPU profiles of supervisor, function host and each function (throughput)')
    .helpOption('--help', 'show this')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) process.exit(0);
    return refuse(`${error.message.replace(/^error: /, '')}; see npm run bench -- --help`);
  }
  const unknown = command.args.filter((name) => !NAMES.includes(name as MeasureName));
  if (unknown.length > 0) return refuse(`no such benchmark: ${unknown.join(', ')}; there are ${NAMES.join(', ')}`);
  const { json }: { json?: string } = command.opts();
  if (json !== undefined && !isWritable(dirname(json))) {
    return refuse(`--json ${json} cannot be written: name a file in a folder that exists and is yours`);
  }
  const names =
    command.args.length === 0 ? NAMES.filter((name) => !ONLY_BY_NAME.includes(name)) : (command.args as MeasureName[]);
  return { ...command.opts(), names };
}

function count(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('give a whole number from 1.');
  return Number(text);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refuse(reason: string): never {
  process.stderr.write(`bench: ${reason}\n`);
  process.exit(2);
}
