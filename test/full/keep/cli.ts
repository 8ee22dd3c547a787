/**
 * Keeps a simulated run world by world, opens the folder with `npm start`, and looks at it with the command line. Prints seconds,
 * bytes and memory; exits 1 when something in the folder is not as the run left it, or when memory grew with the worlds.
 *
 *   node bin/launch.js test/full/keep/cli.ts [CONVERSATIONS [A_WORLD]]
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInstance } from '../../../operate/instance/instance.ts';
import { readOutbox } from '../../../operate/instance/sandbox.ts';
import { frontdeskJson, startedInstance } from '../../../operate/instance/testing.ts';
import { openKeeper } from '../../simulation/keep/keep.ts';
import { kept } from '../../simulation/keep/kept-world.ts';
import { startAtOf } from '../../simulation/keep/start-at.ts';
import { simulate } from '../../simulation/run.ts';

const CONVERSATIONS = Number(process.argv[2] ?? 2_000);
const A_WORLD = Number(process.argv[3] ?? 250);
const WORLDS = Math.ceil(CONVERSATIONS / A_WORLD);
/** The highest memory of the second half of the worlds may exceed that of the first by this factor. */
const STEADY = 1.25;

const home = mkdtempSync(join(tmpdir(), 'frontdesk-keep-'));
const data = join(home, 'data');
const wrong: string[] = [];
const expect = (what: string, holds: boolean): void => void (holds || wrong.push(what));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const run = await keep();
  const opened = await lookAround(run);
  const bytes = ['aws.sqlite', 'richpanel.sqlite'].reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
  for (const what of wrong) say(`not as the run left it: ${what}`);
  process.stdout.write(
    `${CONVERSATIONS} conversations of ${WORLDS} worlds kept in ${seconds(run.keptMs)} s beside ${seconds(run.simulatedMs)} s of simulation, ` +
      `${megabytes(bytes)} MB (${Math.round(bytes / CONVERSATIONS / 1024)} KB a conversation), memory at most ${megabytes(run.mostBytes)} MB, ` +
      `second half ${run.growth.toFixed(2)} times the first; ${opened}\n`,
  );
  process.exitCode = wrong.length === 0 && run.growth <= STEADY ? 0 : 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function keep() {
  const now = Date.now();
  const keeper = await openKeeper(data, now);
  const memory: number[] = [];
  const told = { published: 0, replies: 0, tickets: 0, oldest: '', simulatedMs: 0, keptMs: 0 };
  for (let world = 0; world < WORLDS; world += 1) {
    const before = performance.now();
    const run = await simulate({
      seed: `keep/${world}`,
      conversations: Math.min(A_WORLD, CONVERSATIONS - world * A_WORLD),
      faults: 'all',
      firstNumber: world * A_WORLD + 1,
      startAt: startAtOf(world, { worlds: WORLDS, conversations: A_WORLD, now }),
    });
    const simulated = performance.now();
    await keeper.add(kept(run));
    told.simulatedMs += simulated - before;
    told.keptMs += performance.now() - simulated;
    for (const { kind } of run.account.facts) {
      if (kind === 'published') told.published += 1;
      if (kind === 'sent') told.replies += 1;
    }
    told.tickets += run.account.tickets.length;
    told.oldest ||= run.account.tickets[0]?.conversationId ?? '';
    memory.push(process.memoryUsage().rss);
    say(`world ${world + 1} of ${WORLDS} kept`);
  }
  await keeper.finish();
  const half = Math.ceil(memory.length / 2);
  const growth = Math.max(0, ...memory.slice(half)) / Math.max(...memory.slice(0, half));
  return { ...told, mostBytes: Math.max(...memory), growth };
}

/** What the command line sees of the folder, without an instance and with one. */
async function lookAround(run: Awaited<ReturnType<typeof keep>>): Promise<string> {
  const { value: archives } = await frontdeskJson(data, 'archive', 'list');
  const recovery = archives.find((one: { name: string }) => one.name === 'frontdesk-local-recovery');
  expect('archive', recovery?.events === run.published);
  const { value: policy } = await frontdeskJson(data, 'policy', 'show');
  const file = join(home, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  const { value: again } = await frontdeskJson(data, 'whatif', '--policy', file);
  // A run deploys other policies in between; under those it decided otherwise.
  const isSame = again.undecidable === 0 && again.differentOfThisRelease === 0;
  expect('whatif', again.decisions >= run.tickets && isSame);
  const { value: story } = await frontdeskJson(data, 'ticket', run.oldest);
  expect('ticket', story.messages.length > 0);

  const before = performance.now();
  const running = await startedInstance(data);
  const startedMs = performance.now() - before;
  try {
    const instance = findInstance({ dataDir: data, dataDirGiven: data });
    if (instance === null) throw new Error('the instance does not run');
    const { value: status } = await frontdeskJson(data, 'status');
    expect('status', status.healthy && status.inFlight === 0 && status.deadLetters === 0);
    expect('outbox', (await readOutbox(instance)).length === run.replies);
    const said = await frontdeskJson(data, 'say', 'Please cancel my order.', '--conversation', run.oldest);
    expect('say', said.code === 0);
  } finally {
    await running.stop();
    running.remove();
  }
  return `opened in ${seconds(startedMs)} s: healthy, ${run.published} archived events, ${run.replies} replies, ${again.same} of ${again.decisions} decisions the same again`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
