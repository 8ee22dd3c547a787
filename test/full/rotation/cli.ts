/**
 * Rotations of the webhook's token under load, by the command as an operator types it, against a started instance: one at a
 * stretch, one that is killed again and again and taken up each time, one that is undone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../../../local/platform/release.ts';
import { startedInstance } from '../../../operate/instance/testing.ts';
import { cacheEndMs, rotationTimes } from '../../../operate/secret/times.ts';
import { acceptedWith, type Load, readReady, startLoad } from './load.ts';

// node bin/launch.js test/full/rotation/cli.ts [PER_SECOND [TIME_SCALE]]

const [perSecond = 50, timeScale = 0.2] = process.argv.slice(2).map(Number);
/** Real seconds of old requests after each rotation. */
const AFTERWARDS_SECONDS = 10;
/** Of a killed driver (operate/secret/driver.ts), and a little. */
const LEASE_MS = 16_000;

process.env.FRONTDESK_TIME_SCALE = String(timeScale);
const problems: string[] = [];
const { data, stop, remove } = await startedInstance();
const began = performance.now();
const tellSeconds = (): string => `${((performance.now() - began) / 1_000).toFixed(0)} s`;

type Ended = { readonly code: number | null; readonly answer: Record<string, unknown>; readonly err: string };

function command(...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const words = [join(ROOT, 'bin/frontdesk.js'), '--json', '--data', data, 'secret', 'rotate', 'webhook', ...args];
  const child = spawn(process.execPath, words, { cwd: ROOT, detached: true });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, answer: out === '' ? {} : JSON.parse(out), err })),
  );
  return { child, ended };
}

/** The whole group: the launcher and the command it started. */
function kill({ pid, exitCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid, signal);
  else problems.push('a command had ended before it was to be killed');
}

async function toItsEnd(wanted: 'rotated' | 'undone', ...args: string[]): Promise<void> {
  const { code, answer, err } = await command(...args).ended;
  process.stdout.write(err.replace(/^/gm, '    '));
  if (code !== 0 || answer.result !== wanted || answer.oldRefused !== true)
    problems.push(`${wanted} expected: exit ${code}, ${JSON.stringify(answer)}`);
  else process.stdout.write(`    ${wanted}, ${JSON.stringify(answer.watched)}\n`);
}

async function killedAfter(ms: number, signal: NodeJS.Signals, ...args: string[]): Promise<void> {
  const { child, ended } = command(...args);
  await delay(ms);
  kill(child, signal);
  const { err } = await ended;
  process.stdout.write(`    ${signal} after ${ms} ms, at: ${err.trim().split('\n').at(-1)}\n`);
  if (signal === 'SIGKILL') await delay(LEASE_MS);
}

let afterwards = 0;
async function refusedAfterwards(token: string): Promise<void> {
  const requests = AFTERWARDS_SECONDS * perSecond;
  const accepted = await acceptedWith(token, data, requests, perSecond);
  afterwards += requests;
  if (accepted > 0) problems.push(`${accepted} requests with a removed token were accepted`);
}

const tokenNow = (): string => readReady(data).webhookToken;

/** Ends of the steps, as they are scaled: both tokens stand at once, all caches know them, the sender is watched. */
const CACHE_MS = cacheEndMs(timeScale);
const WATCH_MS = rotationTimes(timeScale, false, 0).watchMs;
/** Loading the command and its checks. */
const START_MS = 2_000;

async function run(load: Load): Promise<void> {
  await delay(3_000);
  process.stdout.write('  at a stretch\n');
  const first = tokenNow();
  await toItsEnd('rotated');
  await refusedAfterwards(first);

  process.stdout.write(`  killed and taken up (${tellSeconds()})\n`);
  const second = tokenNow();
  await killedAfter(START_MS + CACHE_MS / 2, 'SIGKILL');
  await killedAfter(START_MS + CACHE_MS + WATCH_MS / 2, 'SIGINT');
  await killedAfter(START_MS + WATCH_MS + CACHE_MS / 2, 'SIGKILL');
  await toItsEnd('rotated');
  await refusedAfterwards(second);

  process.stdout.write(`  undone (${tellSeconds()})\n`);
  const third = tokenNow();
  await killedAfter(START_MS + CACHE_MS + WATCH_MS / 2, 'SIGINT');
  const undone = tokenNow();
  await toItsEnd('undone', '--undo');
  if (undone === third || tokenNow() !== third) problems.push('the former token is not in use again');
  await refusedAfterwards(undone);
  await load.stop();
}

process.stdout.write(`${perSecond} requests/s, time scale ${timeScale}\n`);
const load = startLoad(data, perSecond);
try {
  await run(load);
} finally {
  await stop();
  remove();
}

for (const [status, n] of load.refused)
  problems.push(status === 401 ? `${n} good requests refused` : `${n} requests failed with ${status || 'no answer'}`);
const sent = load.sent();
const least = 0.9 * perSecond * ((performance.now() - began) / 1_000 - 30);
if (sent < least) problems.push(`only ${sent} good requests were sent`);
for (const problem of problems) process.stdout.write(`problem: ${problem}\n`);
process.stdout.write(
  `3 rotations in ${tellSeconds()}: ${sent} good requests at ${perSecond}/s, ${load.refused.get(401) ?? 0} refused; ` +
    `${afterwards} old ones after the ends, ${problems.length === 0 ? '0 accepted' : 'see above'}; ${problems.length} problems\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
