/** A whole simulated run: conversations, faults, settling, a replay of the archive, and what the checker gets to see. */
import type { Account, Projection } from './facts.ts';
import { createRandom } from './kernel/random.ts';
import type { RunResult } from './kernel/scheduler.ts';
import { CANARY, type Conversation, inventConversation } from './scenario.ts';
import { everythingReconciled, play, runBySchedule, troubleTheShop } from './world/actors.ts';
import { type FaultName, mixOf } from './world/faults.ts';
import { projectionsOf } from './world/projections.ts';
import { replayName } from './world/replays.ts';
import { createWorld, START_AT, type World, type WorldOptions } from './world/world.ts';

export type RunOptions = WorldOptions & {
  /** A number invents them from the seed. */
  readonly conversations: number | readonly Conversation[];
  /** In place of what `conversations` leads to: some of them, at their times. */
  readonly script?: Script;
  /** Number of the first invented conversation: ids are unique over worlds whose numbers do not meet. */
  readonly firstNumber?: number;
  /** Virtual time between the beginnings of two conversations, drawn from 0 to twice this. */
  readonly gapMs?: number;
  /** Virtual time after the last act of anybody; what has not settled then never will. */
  readonly hours?: number;
};

/** Who begins when, in virtual milliseconds since the start, and for how long the shop has its troubles. */
export type Script = {
  readonly conversations: readonly Conversation[];
  readonly startsAtMs: readonly number[];
  readonly lastsMs: number;
};

export type Run = {
  readonly world: World;
  readonly conversations: readonly Conversation[];
  readonly account: Account;
  readonly steps: number;
  readonly faults: ReadonlyMap<FaultName, number>;
  readonly simulatedHours: number;
  /** Everything came to rest before the time was over. */
  readonly isQuiet: boolean;
};

/** Between the beginnings of two conversations, where a run is not told otherwise. */
export const GAP_MS = 20_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 30_000;

export async function simulate(options: RunOptions): Promise<Run> {
  const { hours = 30 } = options;
  const world = createWorld(options);
  const script = options.script ?? scriptOf(options);
  const { conversations } = script;
  const { clock } = world.scheduler;
  let isOver = false;
  let isLive = true;
  let acting = 1;
  void playAll(world, script).then(() => {
    acting -= 1;
    end = clock.monotonic() + hours * HOUR_MS;
  });
  const isResting = () => isAtRest(world);
  const isReconciled = everythingReconciled(world);
  void runBySchedule(world, 'sweeper', MINUTE_MS, () => isOver, isResting);
  // Oftener than its schedule says, since a run has few quarters of an hour. What it finds late is live traffic, and no replay's work.
  void runBySchedule(world, 'reconciler', 3 * MINUTE_MS, () => !isLive, isReconciled);

  let steps = 0;
  let end = Number.POSITIVE_INFINITY;
  const goOn = async (): Promise<boolean> => {
    for (;;) {
      const result: RunResult = await world.scheduler.run({ untilMonotonic: clock.monotonic() + LOOK_EVERY_MS });
      steps += result.steps;
      // A comment whose webhook was lost is found by the reconciler, and by nobody else.
      if (acting === 0 && isAtRest(world) && (!isLive || isReconciled())) return true;
      if (result.stopped === 'quiet' || clock.monotonic() > end) return false;
    }
  };
  let isQuiet = await goOn();
  isLive = false;
  const trailOfLive = trailOf(world);
  let projections: Projection[] = [];
  // Whatever was asked for: a replay of everything is harmless to whoever is at rest, once, again, and for another purpose.
  for (const [turn, purpose] of ['recovery', 'recovery', 'rebuild'].entries()) {
    if (!isQuiet) break;
    const name = replayName(purpose, world, 'the end');
    // The first as the tool plays it, the others as somebody's hand does.
    world.parameters.set('catch_up_mode', String(turn === 0));
    world.record({ kind: 'replay', at: clock.now(), name });
    world.bus.replay(name);
    isQuiet = await goOn();
    if (purpose === 'rebuild' && isQuiet) projections = await projectionsOf(world, name);
  }
  isOver = true;
  return {
    world,
    conversations,
    account: {
      facts: world.history.facts,
      tickets: world.helpdesk.final(),
      resting: world.resting(),
      canary: CANARY,
      hidesList: world.helpdesk.hidesList,
      trail: trailOf(world),
      trailOfLive,
      projections,
    },
    steps,
    faults: faultsOf(world),
    simulatedHours: Math.round((clock.monotonic() / HOUR_MS) * 100) / 100,
    isQuiet,
  };
}

function trailOf({ tables }: World): string[] {
  return [...(tables.get('audit_trail')?.values() ?? [])].map(({ event_id }) => String(event_id));
}

/** What a run plays, from its options alone. */
export function scriptOf(options: RunOptions): Script {
  const { seed, faults = 'none', conversations, firstNumber = 1, startAt = START_AT, gapMs = GAP_MS } = options;
  const random = createRandom(seed).fork('world');
  const [scenario, arrivals] = [random.fork('scenario'), random.fork('arrivals')];
  const { names } = mixOf(faults);
  const played =
    typeof conversations === 'number'
      ? Array.from({ length: conversations }, (_value, index) =>
          inventConversation(scenario, names, firstNumber + index, startAt),
        )
      : conversations;
  let at = 0;
  const startsAtMs = played.map(({ customer }, index) => {
    // Whoever has several matters opens them at once.
    const isNext = index > 0 && played[index - 1]?.customer.id === customer.id;
    at += arrivals.integer(0, isNext ? Math.min(50, 2 * gapMs) : 2 * gapMs);
    return at;
  });
  return { conversations: played, startsAtMs, lastsMs: played.length * gapMs };
}

async function playAll(world: World, { conversations, startsAtMs, lastsMs }: Script): Promise<void> {
  const opening = world.scheduler.process('opening');
  void troubleTheShop(world, lastsMs);
  const played: Promise<void>[] = [];
  for (const [index, conversation] of conversations.entries()) {
    await opening.clock.sleep((startsAtMs[index] ?? 0) - opening.clock.monotonic());
    played.push(play(world, conversation));
  }
  await Promise.all(played);
}

/** Nothing is on its way, parked, running or open. */
export function isAtRest({ bus, functions, tables, hands }: World): boolean {
  if (hands.isBusy) return false;
  if (bus.pending > 0 || functions.pending.events > 0 || functions.pending.parked > 0) return false;
  return [...(tables.get('idempotency')?.values() ?? [])].every((item) => item.open === undefined);
}

/** What happened, from the kernel's counts and the world's. */
function faultsOf(world: World): Map<FaultName, number> {
  const counts = new Map<FaultName, number>(world.counted);
  const add = (name: FaultName, count: number): void => {
    if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
  };
  for (const [kind, count] of world.instruments.counts.faults) add(kind, count);
  add('duplicate', world.bus.fired.duplicate);
  add('reorder', world.bus.fired.reorder);
  add('delay', world.bus.fired.late);
  add('throttle', world.bus.fired.failedEntries);
  add('stale-read', world.helpdesk.fired.staleReads);
  add('timeout-applied', world.helpdesk.fired.lateWrites);
  add('delay', world.helpdesk.fired.slowWrites);
  return new Map([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
