/**
 * Archives facts of invented conversations, rebuilds the read models from them with the replay tool, interrupts it half-way and
 * takes it up again. Prints events a second and memory; exits 1 when the rebuilt rows are not equal to the byte, when it was
 * slower than 500 events/s, or when a process kept growing.
 *
 *   node bin/launch.js test/full/replay/rebuild.ts [EVENTS]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { exampleOf } from '../../../functions/shared/testing.ts';
import { ROOT } from '../../../local/platform/release.ts';
import { busClient, tableClient } from '../../../operate/instance/clients.ts';
import { findInstance } from '../../../operate/instance/instance.ts';
import { startedInstance } from '../../../operate/instance/testing.ts';
import { WINDOW_EVENTS } from '../../../operate/replay/plan.ts';

const EVENTS = Number(process.argv[2] ?? 100_000);
const LEAST_PER_SECOND = 500;
const CONVERSATIONS = 5_000;
/** Memory in the last third may exceed that in the middle third by this factor. */
const STEADY = 1.15;
/** Replayed on top of what waits to be recorded, so that filling the archive does not flood it. */
const MOST_WAITING = 5_000;

const running = await startedInstance();
const instance = findInstance({ dataDir: running.data, dataDirGiven: running.data });
if (instance === null) throw new Error('the instance does not run');
const { pid: instancePid, busName } = instance;
const bus = busClient(instance);
const tables = tableClient(instance);
const say = (line: string) => void process.stderr.write(`${line}\n`);
let exitCode = 0;
let figure = '';

try {
  const from = new Date(Date.now() - 1_000).toISOString();
  await fillArchive();
  const to = new Date().toISOString();
  const began = performance.now();
  const cpuBefore = cpuSeconds();
  const first = tool('start', '--purpose', 'rebuild', '--from', from, '--to', to, '--yes');
  await until(() => doneOf(first.said()) > EVENTS / 3);
  first.child.kill('SIGINT');
  const { error } = JSON.parse(await first.ended);
  const name = /rebuild-[0-9A-Z]{26}/.exec(error.message)?.[0] ?? '';
  const doneBefore = doneOf(first.said());
  const second = tool('resume', name);
  const { readModels, status } = JSON.parse(await second.ended);
  const seconds = (performance.now() - began) / 1_000;
  const perSecond = Math.floor(EVENTS / seconds);
  const cpu = cpuSeconds() - cpuBefore;
  const growths = [first, second].map(({ memory }) => growthOf(memory));
  const isEqual =
    status === 'completed' && readModels.equal === EVENTS && readModels.different === 0 && readModels.missing === 0;
  figure =
    `${EVENTS} archived events rebuilt to equal read models in ${seconds.toFixed(0)} s, ${perSecond} events/s, ` +
    `${cpu.toFixed(0)} CPU seconds of the instance, interrupted after ${doneBefore} and resumed; memory of tool and instance at most ${Math.max(...[first, second].flatMap(({ memory }) => memory))} MB, ` +
    `last third ${growths.map((growth) => growth.toFixed(2)).join(' and ')} times the middle third`;
  if (!isEqual) say(`not equal: ${JSON.stringify({ status, readModels, error })}`);
  if (!isEqual || perSecond < LEAST_PER_SECOND || growths.some((growth) => growth > STEADY)) exitCode = 1;
} finally {
  bus.destroy();
  tables.destroy();
  await running.stop();
}
const largest = largestWindow();
running.remove();
process.stdout.write(`${figure}, at most ${largest} events a window\n`);
process.exitCode = largest > WINDOW_EVENTS ? 1 : exitCode;

/** Events of the archive within one replay, the one that had most: only the bus's own file can tell. */
function largestWindow(): number {
  const database = new DatabaseSync(join(running.data, 'aws.sqlite'), { readOnly: true });
  const counts = database
    .prepare(
      `SELECT (SELECT count(*) FROM eb_archived a WHERE a.archive = r.archive AND a.event_time BETWEEN r.start_time AND r.end_time)
         AS events FROM eb_replay r`,
    )
    .all();
  database.close();
  return Math.max(...counts.map(({ events }) => Number(events)));
}

async function fillArchive(): Promise<void> {
  for (let put = 0; put < EVENTS; put += 10) {
    const Entries = Array.from({ length: Math.min(10, EVENTS - put) }, (_value, index) => {
      const serial = put + index;
      const fact = exampleOf('TicketRouted', Date.now(), {
        eventId: `0194b8a0-3c1e-7d2a-8f00-${String(serial).padStart(12, '0')}`,
        conversationId: `conv-${serial % CONVERSATIONS}`,
      });
      const Source = `frontdesk.${fact.metadata.producer}`;
      return { EventBusName: busName, Source, DetailType: 'TicketRouted', Detail: JSON.stringify(fact) };
    });
    const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error('an event was not taken');
    if (put % MOST_WAITING === 0) await until(async () => (await rows()) > put - MOST_WAITING);
  }
  await until(async () => (await rows()) === EVENTS);
  say(`${EVENTS} facts are archived and projected`);
}

async function rows(): Promise<number> {
  let count = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const page = await tables.send(
      new ScanCommand({
        TableName: 'frontdesk_local_read_models',
        Select: 'COUNT',
        ...(from !== undefined && { ExclusiveStartKey: from as never }),
      }),
    );
    count += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return count;
}

/** Runs the tool and writes down, every second, how many MB it and the instance take. */
function tool(...args: readonly string[]) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(ROOT, 'bin/frontdesk.js'), '--data', running.data, '--json', 'replay', ...args],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
    process.stderr.write(chunk);
  });
  const memory: number[] = [];
  const watch = setInterval(() => memory.push(residentMb([child.pid ?? 0, instancePid])), 1_000);
  const ended = once(child, 'close').then(() => {
    clearInterval(watch);
    return out;
  });
  return { child, ended, memory, said: () => err };
}

function doneOf(said: string): number {
  return Number([...said.matchAll(/^(\d+) of about/gm)].at(-1)?.[1] ?? 0);
}

/** The processes and all their children, from /proc: Linux only, as the proofs are. */
function familyOf(roots: readonly number[]): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    parents.set(Number(entry), Number(/^PPid:\s+(\d+)/m.exec(ofProcess(entry, 'status'))?.[1]));
  const isOurs = (pid: number): boolean => roots.includes(pid) || (parents.has(pid) && isOurs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter(isOurs);
}

function residentMb(roots: readonly number[]): number {
  const kb = familyOf(roots).map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(ofProcess(pid, 'status'))?.[1] ?? 0));
  return Math.round(kb.reduce((sum, size) => sum + size, 0) / 1_000);
}

/** What the instance has used so far; in hundredths of a second, as Linux counts. */
function cpuSeconds(): number {
  const ticks = familyOf([instancePid]).map((pid) => {
    const fields = ofProcess(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return ticks.reduce((sum, own) => sum + own, 0) / 100;
}

/** Empty for one that has ended meanwhile. */
function ofProcess(pid: number | string, file: 'status' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function growthOf(memory: readonly number[]): number {
  const third = Math.floor(memory.length / 3);
  if (third < 3) return 1;
  const mean = (part: readonly number[]) => part.reduce((sum, mb) => sum + mb, 0) / part.length;
  return mean(memory.slice(-third)) / mean(memory.slice(third, 2 * third));
}

/** A look that takes long, such as at all rows, is taken more rarely: filling would cost its square otherwise. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (;;) {
    const began = performance.now();
    if (await holds()) return;
    await sleep(Math.max(200, 20 * (performance.now() - began)));
  }
}
