/** Does a function that misbehaves harm the others? Load on the webhook door, without and with each culprit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FUNCTION_SETTINGS } from '../../../functions/shared/function-settings.ts';
import type { CustomerMessage } from '../../../local/sandbox/control/requests.ts';
import { createVisits } from '../../../local/traffic/visits.ts';
import { CULPRITS, type Culprit, SHARED } from './culprits.ts';
import { median, openLoop, percentile } from './open-loop.ts';
import { type FailureRecord, startWorld, type World } from './world.ts';

// node bin/launch.js test/full/isolation/cli.ts [SECONDS [REPEATS [PER_SECOND [FILE…]]]]
// SECONDS of load per phase (30), each phase REPEATS times (3), so many requests PER_SECOND (20), only the culprits in these files.

const [seconds = 30, repeats = 3, perSecond = 20] = process.argv.slice(2, 5).map(Number);
const files = process.argv.slice(5);
const culprits = CULPRITS.filter(({ file }) => files.length === 0 || files.includes(file));

const TROUBLES_PER_SECOND = 3;
/** Lambda's retries come after 6 and 12 s. */
const TIME_SCALE = 0.1;
/** Between a customer's message and its webhook, so that writing it does not disturb the measured request. */
const AHEAD_MS = 500;
const ATTEMPTS = 3;
const MOST_RATIO = 2;
const WARM_UP_SECONDS = 10;
const SETTLE_MS = 60_000;
const DRAIN_MS = 300_000;

const problems: string[] = [];
let troubles = 0;
const nextVisit = createVisits('isolation');

type Phase = {
  readonly p50: number;
  readonly p99: number;
  /** From the last answer until the last message settled. */
  readonly settledMs: number;
};

/** Load for the whole phase; every request must be accepted and its message settle. */
async function load(world: World, forSeconds: number, what: string): Promise<Phase> {
  const calls = await openLoop(perSecond, forSeconds, async (_, intendedAt) => {
    const [message] = nextVisit(Date.now()).messages;
    const conversationId = await world.write(message as CustomerMessage);
    const ringsAt = intendedAt + AHEAD_MS;
    await delay(Math.max(0, ringsAt - performance.now()));
    const eventId = await world.ring(conversationId).catch(() => null);
    return { eventId, ms: performance.now() - ringsAt };
  });
  const accepted = calls.flatMap(({ eventId }) => eventId ?? []);
  if (accepted.length < calls.length) problems.push(`${what}: ${calls.length - accepted.length} requests got no 200`);
  const rungAt = performance.now();
  const unsettled = () => accepted.filter((id) => !world.settled.has(id)).length;
  if (!(await until(async () => unsettled() === 0, SETTLE_MS)))
    problems.push(`${what}: ${unsettled()} accepted messages did not settle`);
  const latencies = calls.map(({ ms }) => ms);
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), settledMs: performance.now() - rungAt };
}

async function trouble(world: World, culprit: Culprit): Promise<Phase> {
  const open = new Set<number>();
  const [phase] = await Promise.all([
    load(world, seconds, culprit.label),
    openLoop(TROUBLES_PER_SECOND, seconds, async () => {
      troubles += 1;
      open.add(troubles);
      await world.trouble(culprit, troubles);
    }),
  ]);
  const records: FailureRecord[] = [];
  await until(async () => {
    const taken = await world.takeFailures(culprit);
    for (const { requestPayload } of taken) open.delete(requestPayload.detail.n);
    records.push(...taken);
    return open.size === 0;
  }, DRAIN_MS);
  if (open.size > 0) problems.push(`${culprit.label}: ${open.size} events not in the failure queue`);
  const unlike = records
    .filter(
      ({ requestContext, responsePayload }) =>
        requestContext.condition !== 'RetriesExhausted' ||
        requestContext.approximateInvokeCount !== ATTEMPTS ||
        ![culprit.errorType, SHARED].includes(responsePayload.errorType),
    )
    .map(({ requestContext, responsePayload }) =>
      [requestContext.condition, requestContext.approximateInvokeCount, responsePayload.errorType].join(' '),
    );
  if (!records.some(({ responsePayload }) => responsePayload.errorType === culprit.errorType))
    problems.push(`${culprit.label}: no failure record says ${culprit.errorType}`);
  if (unlike.length > 0)
    problems.push(
      `${culprit.label}: ${unlike.length} failure records say otherwise: ${[...new Set(unlike)].join('; ')}`,
    );
  return phase;
}

async function until(holds: () => Promise<boolean>, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (await holds()) return true;
    await delay(200);
  }
  return holds();
}

/** Threads of the release's own functions. */
async function ownThreads(world: World): Promise<Set<string>> {
  const names = FUNCTION_SETTINGS.map(({ name }) => name.slice(0, 15));
  return new Set((await world.threads()).filter((thread) => names.includes(thread.split(' ')[0] ?? '')));
}

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-isolation-'));
const world = await startWorld(folder, TIME_SCALE);
await load(world, WARM_UP_SECONDS, 'warm-up');
const threads = await ownThreads(world);
const host = await world.hostPid();
const baselines: Phase[] = [];
const phases = new Map<Culprit, Phase[]>(culprits.map((culprit) => [culprit, []]));
for (let repeat = 0; repeat < repeats; repeat += 1) {
  for (const [culprit, list] of phases) {
    baselines.push(await load(world, seconds, 'without'));
    list.push(await trouble(world, culprit));
    process.stdout.write(
      `  ${culprit.label}: ack ${told(list.at(-1))}; just before, without: ${told(baselines.at(-1))}\n`,
    );
  }
}
const threadsNow = await ownThreads(world);
const ended = [...threads].filter((thread) => !threadsNow.has(thread));
if ((await world.hostPid()) !== host) problems.push('the function host ended');
else if (ended.length > 0) problems.push(`workers that did nothing wrong were replaced: ${ended.join(', ')}`);
await world.stop();
rmSync(folder, { recursive: true, force: true });

const baseline = median(baselines.map(({ p99 }) => p99));
const figures = [...phases].map(([{ label }, list]) => ({ label, p99: median(list.map(({ p99 }) => p99)) }));
for (const { label, p99 } of figures)
  if (!(p99 < MOST_RATIO * baseline))
    problems.push(`${label}: p99 ${p99.toFixed(1)} ms, ${(p99 / baseline).toFixed(1)} times`);
const ratios = figures
  .map(({ label, p99 }) => `${label} ${p99.toFixed(1)} (× ${(p99 / baseline).toFixed(2)})`)
  .join(', ');
for (const problem of problems) process.stdout.write(`problem: ${problem}\n`);
process.stdout.write(
  `ack p99 in ms, median of ${repeats}, ${perSecond} requests/s: without ${baseline.toFixed(1)}; ${ratios}; ${problems.length} problems\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function told(phase: Phase | undefined): string {
  return phase === undefined
    ? ''
    : `p50 ${phase.p50.toFixed(1)} ms, p99 ${phase.p99.toFixed(1)} ms, all settled ${(phase.settledMs / 1000).toFixed(1)} s later`;
}
