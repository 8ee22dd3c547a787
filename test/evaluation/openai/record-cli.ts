// npm run eval:record: makes recordings of the OpenAI path (interfaces §1). The only command of the evaluation that opens a connection.
import { accessSync, constants } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { liveClock } from '../../../functions/shared/clock/live.ts';
import { VendorError } from '../../../functions/shared/errors.ts';
import { allowedBase } from '../../../functions/shared/openai/base-url.ts';
import type { OpenAiTransport } from '../../../functions/shared/openai/transport.ts';
import { answerVersion } from '../../../local/platform/release.ts';
import { GOLDEN_FILE, RECORDED_ROWS_FILE } from '../options.ts';
import { linesOf } from '../rows/lines.ts';
import { isInvalid, parseLine } from '../rows/row.ts';
import { messageOf } from '../run.ts';
import { messagesOf } from '../suites/adversarial.ts';
import { messageOfMulti } from '../suites/multi-intent.ts';
import { ADVERSARIAL_FILE, MULTI_INTENT_FILE, readSuite } from '../suites/read.ts';
import { AdversarialRow, MultiIntentRow } from '../suites/schema.ts';
import { openAiSystem } from '../system/classifiers.ts';
import { settingOf } from '../system/setting.ts';
import { configFor } from '../system/shop.ts';
import type { Message } from '../system/system.ts';
import { planned, recorded, stamped } from './record.ts';
import { RECORDINGS_FILE, readRecordings, writeRecordings } from './recordings.ts';

/** Evaluation may spend this much a month (decisions §8.9); one run may not exceed it. */
const MOST_USD = 50;
const SAVE_EVERY = 20;

type Options = { readonly data?: string; readonly yes?: boolean; readonly stampAuthored?: boolean };

const say = (line: string): void => void process.stderr.write(`eval:record: ${line}\n`);

answerVersion(process.argv.slice(2));
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === null) return 2;
  if ('help' in options) return 0;
  return options.stampAuthored ? stamp() : record(options);
}

function optionsOf(args: readonly string[]): Options | { readonly help: true } | null {
  const command = new Command('npm run eval:record --')
    .description(
      'Asks the model about labelled messages and keeps its answers for npm run eval -- --classifier openai.',
    )
    .option('--data <FILE>', 'labelled rows in JSON Lines (default: the golden file and both suites)')
    .option('--yes', 'ask, after the estimate of what it costs')
    .option('--stamp-authored', 'put today’s hashes on the authored answers; asks nobody')
    .helpOption('--help', 'show this')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help: true };
    say(`${error.message.replace(/^error: /, '')}; see npm run eval:record -- --help`);
    return null;
  }
  const options = command.opts<Options>();
  if (options.data === undefined || isReadable(options.data)) return options;
  say(`--data ${options.data} cannot be read: name a file of labelled rows`);
  return null;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

async function stamp(): Promise<number> {
  const setting = await settingOf(configFor(RECORDED_ROWS_FILE));
  const known = readRecordings();
  const messages = await rowsOf(RECORDED_ROWS_FILE);
  const fresh = await stamped((transport) => openAiSystem(setting, transport), messages, known);
  const ids = new Set(fresh.map(({ id }) => id));
  const left = known.filter((one) => one.authored && !ids.has(one.id)).map(({ id }) => id);
  if (left.length > 0) say(`dropped, nobody asks for them: ${left.join(', ')}`);
  writeRecordings([...known.filter((one) => !one.authored), ...fresh]);
  say(`${fresh.length} authored answers stamped`);
  return 0;
}

async function record({ data, yes = false }: Options): Promise<number> {
  const key = process.env.OPENAI_API_KEY ?? '';
  if (key === '') {
    say('needs OPENAI_API_KEY: it asks the model, which costs money; nothing else of the evaluation does');
    return 2;
  }
  const setting = await settingOf(configFor(data ?? GOLDEN_FILE));
  const { prices } = setting.config;
  const known = readRecordings();
  const messages = data === undefined ? await shippedMessages() : await rowsOf(data);
  const systemOver = (transport: OpenAiTransport) => openAiSystem(setting, transport, liveClock());
  const { calls, usd } = await planned(systemOver, messages, known, prices);
  say(
    `${messages.length} messages, ${calls} calls not recorded yet, about $${usd.toFixed(2)} (prices of ${prices.as_of})`,
  );
  if (usd > MOST_USD) {
    say(`that is more than $${MOST_USD}: record a part of the file`);
    return 1;
  }
  if (!yes) {
    say('nothing was asked; add --yes to ask');
    return 1;
  }
  const all = await recorded(systemOver, messages, known, await networkTransport(key), today(), (soFar, done) => {
    if (done % SAVE_EVERY !== 0) return;
    writeRecordings(soFar());
    say(`${done} of ${messages.length}`);
  });
  writeRecordings(all);
  say(`${all.filter(({ authored }) => !authored).length} real recordings in ${RECORDINGS_FILE}`);
  return 0;
}

/** A key that is refused ends the run; any other fault leaves its message unrecorded for the next one. */
async function networkTransport(key: string): Promise<OpenAiTransport> {
  const { sdkTransport } = await import('../../../functions/shared/openai/live-sdk.ts');
  const base = allowedBase(process.env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1');
  const transport = sdkTransport(base, async () => key, liveClock());
  return async (call) => {
    try {
      return await transport(call);
    } catch (error) {
      if (error instanceof VendorError && error.kind === 'auth') throw new Error('OpenAI refuses the key');
      throw error;
    }
  };
}

async function shippedMessages(): Promise<Message[]> {
  return [
    ...(await rowsOf(GOLDEN_FILE)),
    ...readSuite(ADVERSARIAL_FILE, AdversarialRow).flatMap(messagesOf),
    ...readSuite(MULTI_INTENT_FILE, MultiIntentRow).map(messageOfMulti),
  ];
}

async function rowsOf(path: string): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const line of linesOf(path)) {
    const row = parseLine(line);
    if (row !== null && isInvalid(row)) throw new Error(`${path}, line ${row.line}: ${row.problem}`);
    if (row !== null) messages.push(messageOf(row));
  }
  return messages;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
