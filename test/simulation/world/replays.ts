/** Archives played again beside live traffic, as the tool does it, by hand, wrongly and twice at once (platform §5.8, §5.11). */
import { ulidOf } from '../../../functions/shared/ids.ts';
import { WINDOW_EVENTS } from '../../../operate/replay/plan.ts';
import { topology } from '../../../stacks/topology.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const PURPOSES = ['recovery', 'recovery', 'rebuild', 'backfill'] as const;
const TWINS = topology.rules.filter(({ replayPurpose }) => replayPurpose !== null);

export function replayName(purpose: string, world: World, what: string): string {
  return `${purpose}-${ulidOf(world.scheduler.clock.now(), what)}`;
}

/** Now and then one, or two at once, until the last conversation has begun. */
export async function replayNowAndThen(world: World, forMs: number): Promise<void> {
  const operator = world.scheduler.process('replayer');
  const random = world.random.fork('replays');
  const end = operator.clock.monotonic() + forMs;
  for (let count = 1; ; count += 1) {
    await operator.clock.sleep(random.integer(8 * MINUTE_MS, 28 * MINUTE_MS));
    if (operator.clock.monotonic() > end) return;
    replayOnce(world, random, `${count}/1`);
    if (random.chance(0.4)) replayOnce(world, random, `${count}/2`);
  }
}

/** Counted when anybody hears it: a name without a purpose reaches no rule at all, whatever it is aimed at. */
function replayOnce(world: World, random: Random, what: string): void {
  const now = world.scheduler.clock.now();
  const purpose = random.pick(PURPOSES);
  const isByHand = random.chance(0.3);
  const twin = TWINS.find(({ replayPurpose }) => replayPurpose === purpose)?.name;
  const name = isByHand && random.chance(0.3) ? `by-hand-${what}` : replayName(purpose, world, what);
  const { archive } = world.bus;
  // A window ends where it is full, by the tool's own measure; somebody's hand takes the last minutes as they are.
  const last = archive[Math.min(archive.length, random.integer(1, archive.length)) - 1]?.at ?? now;
  const first = archive[Math.max(0, archive.findLastIndex(({ at }) => at <= last) - WINDOW_EVENTS)]?.at ?? 0;
  const window = isByHand ? { from: now - random.integer(1, 5) * MINUTE_MS, to: now } : { from: first, to: last };
  world.record({ kind: 'replay', at: now, name, during: true });
  const heard = world.bus.replay(name, { ...window, ...(isByHand || twin === undefined ? {} : { rule: twin }) });
  if (heard > 0) world.count('replay');
}
