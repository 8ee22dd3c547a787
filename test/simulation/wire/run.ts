/**
 * `simulate --wire`: the local product as it is, its processes killed at points drawn from the seed, people who go on writing,
 * and the simulator's checker over what the helpdesk, the endpoint and the archive hold when all is quiet (README.md beside this).
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killEverything } from '../../processes/product.ts';
import type { Violation } from '../checker/check.ts';
import { blame } from '../checker/reading.ts';
import type { ReplayFact } from '../facts.ts';
import { createRandom, type Random } from '../kernel/random.ts';
import { CANARY, type Conversation, inventConversation } from '../scenario.ts';
import type { FaultName } from '../world/faults.ts';
import { accountOf } from './account.ts';
import { type Struck, strike } from './blows.ts';
import { readFiles, readHelpdesk, readState } from './collect.ts';
import { control } from './control.ts';
import { add, countActs } from './counts.ts';
import { judge, LEFT_OUT, traceOf } from './judge.ts';
import { DEFAULT_CONVERSATIONS, DEFAULT_TIME_SCALE, type WireOptions, wireFaults } from './options.ts';
import { type Blow, planOf } from './plan.ts';
import { beginLife, type Life } from './product-life.ts';
import { startReplay, untilReplayed } from './replays.ts';
import { type WireReport, wireReport } from './report.ts';
import { untilFound, untilQuiet } from './rest.ts';
import { openShop } from './shop.ts';
import { arm, createHits, makeTrouble, STALE_MS } from './trouble.ts';

export type WireRun = {
  readonly report: WireReport;
  readonly violations: readonly Violation[];
  /** What became of the conversation of the first violation, one line a fact. */
  readonly trace: readonly string[];
};

const CONVERSATIONS_A_KILL = 25;
/** Between the beginnings of two conversations, drawn from 0 to twice this: what two busy cores can follow. */
const GAP_MS = 250;
/** From the last start, on a machine that has other work. */
const QUIET_WITHIN_MS = 240_000;
/** The reconciler runs every 15 minutes, scaled; a second run is for what the first did not take on. */
const RECONCILED_WITHIN_MS = 2 * 15 * 60_000;
const LOOK_EVERY_MS = 5_000;
const POLL_MS = 50;
const REPLAYS = ['recovery-01KJWARE0000000000000AAAAA', 'recovery-01KJWARE0000000000000BBBBB'] as const;
const ARCHIVE = 'frontdesk-local-recovery';

/** Throws what cannot be asked for on the wire as one line. */
export async function simulateWire(options: WireOptions): Promise<WireRun> {
  const names = wireFaults(options.faults);
  if (typeof names === 'string') throw new Error(names);
  const place = mkdtempSync(join(tmpdir(), 'frontdesk-wire-'));
  const leaveNothing = (): void => {
    killEverything();
    rmSync(place, { recursive: true, force: true });
  };
  // The product is a process group of its own, which no Ctrl-C reaches.
  const giveUp = (): never => {
    leaveNothing();
    process.exit(130);
  };
  const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of SIGNALS) process.once(signal, giveUp);
  try {
    return await run(join(place, 'data'), names, options);
  } finally {
    for (const signal of SIGNALS) process.off(signal, giveUp);
    leaveNothing();
  }
}

async function run(data: string, names: ReadonlySet<FaultName>, options: WireOptions): Promise<WireRun> {
  const { seed, timeScale = DEFAULT_TIME_SCALE, tell = () => {} } = options;
  const wanted = options.conversations ?? DEFAULT_CONVERSATIONS;
  const beganAt = Date.now();
  const random = createRandom(`wire|${seed}`);
  const conversations = inventAll(random.fork('scenario'), names, wanted, beganAt);
  const kills = options.kills ?? Math.max(1, Math.round(wanted / CONVERSATIONS_A_KILL));
  const blows = planOf(random.fork('plan'), names, wanted, kills);
  const counts: Struck = { faults: new Map(), crashPoints: new Map(), kills: new Map() };

  const switchHits = createHits(counts.faults);
  const life = await beginLife(data, random.fork('ports').float, timeScale, async (ready, isFirst) => {
    switchHits.bank();
    if (isFirst) await control(ready, 'POST', 'reset', { options: { seedData: false } });
    await arm(ready, names);
  });
  const shop = openShop(life.up, random.fork('shop'), timeScale);
  const progress = { stage: 'plays', begun: 0, struck: 0 };
  const look = setInterval(() => {
    const { stage, begun, struck } = progress;
    const seconds = Math.round((Date.now() - beganAt) / 1_000);
    tell(`wire ${stage}: ${begun}/${wanted} conversations, ${struck}/${blows.length} ends of processes, ${seconds} s`);
    void switchHits.look(life.up);
  }, LOOK_EVERY_MS);
  try {
    const trouble = makeTrouble(life.up, random.fork('trouble'), names, (name) => add(counts.faults, name));
    const endAt = beganAt + (options.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
    const arrivals = random.fork('arrivals');
    const begin = (conversation: Conversation): Promise<void> => {
      countActs(counts.faults, conversation);
      return shop.play(conversation);
    };
    const hit = (blow: Blow): Promise<void> => strike(data, life, blow, shop.accepted, counts);
    await playAll({ life, conversations, blows, arrivals, endAt, progress, begin, hit });
    await trouble.end();

    progress.stage = 'settles';
    let isQuiet = await untilQuiet(data, QUIET_WITHIN_MS);
    progress.stage = 'looks for lost webhooks';
    const unfound = await untilFound(data, shop.written, RECONCILED_WITHIN_MS * timeScale);
    isQuiet = (await untilQuiet(data, QUIET_WITHIN_MS)) && isQuiet;
    progress.stage = 'replays';
    // What has not settled would still write, and the replay would be blamed.
    const replays = names.has('replay') && isQuiet ? await replayTwice(data, life, beganAt) : [];
    add(counts.faults, 'replay', replays.length);

    const ready = await life.up();
    await switchHits.look(life.up);
    switchHits.bank();
    const [helpdesk, state] = [await readHelpdesk(ready), await readState(data)];
    await life.stop();
    const files = readFiles(data, ARCHIVE);
    const account = accountOf({
      ...shop,
      ...helpdesk,
      ...state,
      ...files,
      switches: trouble.switches,
      replays,
      resting: [...state.resting, ...files.resting],
      canary: CANARY,
      staleMs: names.has('stale-read') ? STALE_MS : 0,
    });
    const verdict = judge(account);
    const counted = {
      seed,
      conversations: progress.begun,
      planSha256: digestOf(conversations, blows),
      replays: replays.length,
      unfound,
      leftOut: LEFT_OUT,
      ...counts,
    };
    const report = wireReport(counted, account, verdict);
    const says = 'something still runs, waits or is open, long after its deadline';
    const noisy: Violation[] = isQuiet ? [] : [blame('at-rest', 0, null, says)];
    const violations = [...verdict.violations, ...noisy];
    return { report, violations, trace: violations[0] ? traceOf(account, violations[0]) : [] };
  } finally {
    clearInterval(look);
  }
}

type Playing = {
  readonly life: Life;
  readonly conversations: readonly Conversation[];
  readonly blows: readonly Blow[];
  readonly arrivals: Random;
  /** Epoch milliseconds. */
  readonly endAt: number;
  readonly progress: { begun: number; struck: number };
  begin(conversation: Conversation): Promise<void>;
  hit(blow: Blow): Promise<void>;
};

/** Conversations begin while the product is up; blows fall beside them. Resolves when the last of both is over. */
async function playAll({ life, conversations, blows, arrivals, endAt, progress, begin, hit }: Playing): Promise<void> {
  const isOver = (): boolean => Date.now() > endAt;
  const strikeAll = async (): Promise<void> => {
    for (const blow of blows) {
      while (progress.begun < blow.afterConversations && !isOver()) await sleep(POLL_MS);
      if (isOver()) return;
      await hit(blow);
      progress.struck += 1;
    }
  };
  const striking = strikeAll();
  // Told by the awaits below; until then neither this nor a conversation is an unhandled one.
  striking.catch(() => {});
  const played: Promise<void>[] = [];
  for (const conversation of conversations) {
    if (isOver()) break;
    await life.up();
    progress.begun += 1;
    const one = begin(conversation);
    one.catch(() => {});
    played.push(one);
    await sleep(arrivals.integer(0, 2 * GAP_MS));
  }
  await striking;
  await Promise.all(played);
}

/** The first is met by a death of everything, and goes on where it stood. */
async function replayTwice(data: string, life: Life, from: number): Promise<ReplayFact[]> {
  const replays: ReplayFact[] = [];
  for (const name of REPLAYS) {
    replays.push({ kind: 'replay', at: Date.now(), name });
    await startReplay(data, name, from);
    if (replays.length === 1) await life.kill('all');
    await untilReplayed(data, name);
    await untilQuiet(data, QUIET_WITHIN_MS);
  }
  return replays;
}

function inventAll(random: Random, names: ReadonlySet<FaultName>, count: number, now: number): Conversation[] {
  return Array.from({ length: count }, (_, index) => inventConversation(random, names, index + 1, now));
}

/** Orders are dated from the day of the run, and left out. */
function digestOf(conversations: readonly Conversation[], blows: readonly Blow[]): string {
  const undated = conversations.map(({ order: _, ...conversation }) => conversation);
  return createHash('sha256')
    .update(JSON.stringify([undated, blows]))
    .digest('hex');
}
