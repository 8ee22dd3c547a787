/**
 * Walks through docs/recovery.md as a newcomer would: a folder has lost every table, or with --live the ledger's was deleted
 * while customers wrote and functions failed; every command of the page is run in its order. Exits 1 when a command fails, or
 * prints not what the page says, or a customer was written to since the loss. After a live loss a command that refuses is given
 * again, as the page has it, for some minutes.
 *
 *   node bin/launch.js test/full/drill/recovery-doc.ts [--live] [--show]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { TableName } from '../../../functions/shared/store/language.ts';
import { TABLE_KEYS } from '../../../functions/shared/store/tables.ts';
import { ROOT } from '../../../local/platform/release.ts';
import { STAGE } from '../../../local/platform/stage.ts';
import { untilCalm } from '../../../operate/drill/provoke.ts';
import { loseTables } from '../../../operate/drill/scratch.ts';
import { tableClient } from '../../../operate/instance/clients.ts';
import type { Instance } from '../../../operate/instance/instance.ts';
import { readOutbox, writeAsCustomer } from '../../../operate/instance/sandbox.ts';
import {
  frontdesk,
  frontdeskJson,
  instanceIn,
  type RunningInstance,
  startedInstance,
} from '../../../operate/instance/testing.ts';
import { type Told, toldIn, untrue } from './document.ts';
import { writeAll } from './scene.ts';

const CALM_WITHIN_MS = 60_000;
const AGAIN_WITHIN_MS = 6 * 60_000;
const AGAIN_EVERY_MS = 5_000;
const LIVE_MESSAGES = 12;
const LIVE_LETTERS = 3;

const isShown = process.argv.includes('--show');
const isLive = process.argv.includes('--live');
/** Functions give up after their attempts, and `resume` looks back: at a tenth of the waits, as in a drill. */
const more = { variables: isLive ? { FRONTDESK_TIME_SCALE: '0.1' } : {} };
const told = toldIn(readFileSync(join(ROOT, 'docs/recovery.md'), 'utf8'));
const first = await startedInstance(undefined, more);
const { data } = first;
let running: RunningInstance | null = first;
const problems: string[] = [];

/** One command as it stands on the page, on this folder. */
async function run(command: string): Promise<{ code: number | null; printed: string }> {
  if (command === 'npm start') {
    running = await startedInstance(data, more);
    return { code: 0, printed: '' };
  }
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  if (words[0] !== 'npx' || words[1] !== 'frontdesk') return { code: 2, printed: 'no command of this product' };
  const { code, out, err } = await frontdesk(data, ...words.slice(2));
  return { code, printed: out + err };
}

/** Given again until it prints what the page says, where the loss has left work that ends by itself. */
async function follow(one: Told): Promise<readonly string[]> {
  const until = performance.now() + (isLive ? AGAIN_WITHIN_MS : 0);
  for (;;) {
    const { code, printed } = await run(one.command);
    if (isShown) process.stderr.write(`\n$ ${one.command}\n${printed}`);
    const missing = untrue(one, printed);
    if (code === 0 && missing.length === 0) return [];
    if (performance.now() < until) await sleep(AGAIN_EVERY_MS);
    else if (code !== 0) return [`${one.command} ended with ${code}: ${printed.trim()}`];
    else return missing.map((line) => `${one.command} did not print: ${line}`);
  }
}

/** Customers write, the table goes, and they write on: until functions have given up on some of it. */
async function loseLive(instance: Instance): Promise<void> {
  const write = async () => {
    for (let number = 0; number < LIVE_MESSAGES; number += 1)
      await writeAsCustomer(instance, { text: 'where is my order?' }).catch(() => undefined);
  };
  await write();
  const client = tableClient(instance);
  await client.send(new DeleteTableCommand({ TableName: `frontdesk_${STAGE.env}_idempotency` }));
  client.destroy();
  await write();
  const until = performance.now() + AGAIN_WITHIN_MS;
  const letters = async () => (await frontdeskJson(data, 'dlq', 'list')).value.length;
  while ((await letters()) < LIVE_LETTERS) {
    if (performance.now() > until) throw new Error('no function has given up: this loss proves nothing');
    await sleep(AGAIN_EVERY_MS);
  }
}

try {
  await writeAll(data);
  // What is still on its way to the trail would come to it after the loss, without what it led to.
  const instance = instanceIn(data);
  await untilCalm({ instance }, AbortSignal.timeout(CALM_WITHIN_MS));
  if (isLive) await loseLive(instance);
  const before = (await readOutbox(instance)).length;
  await first.stop();
  running = null;
  if (!isLive) loseTables(data, Object.keys(TABLE_KEYS) as TableName[]);
  for (const one of told) problems.push(...(await follow(one)));
  const sent = (await readOutbox(instanceIn(data))).length - before;
  if (sent !== 0) problems.push(`${sent} customers were written to since the loss`);
} finally {
  if (running !== null) await running.stop();
  first.remove();
}
const lines = told.reduce((sum, { output }) => sum + output.length, 0);
process.stdout.write(
  `${told.length} commands of docs/recovery.md ran${isLive ? ' after a live loss' : ''}, ${lines} lines of their output as told, ${problems.length} problems\n`,
);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 && told.length > 0 ? 0 : 1;
