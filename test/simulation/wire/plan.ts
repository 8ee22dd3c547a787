/** Which process is killed, and when: drawn from the seed before anything runs. Pure. */
import type { Victim } from '../../processes/product.ts';
import type { Random } from '../kernel/random.ts';
import type { FaultName } from '../world/faults.ts';

/** `deploy` ends the product as an operator does, and starts it again. */
type Target = Victim | 'deploy';

/**
 * What is waited for once the plan's share of conversations has begun: time; or the n-th event on the bus, write at the helpdesk,
 * or claim of a reply, counted from then on.
 */
export type Trigger = { readonly kind: 'moment' | 'event' | 'write' | 'claim'; readonly count: number };

export type Blow = {
  readonly target: Target;
  /** How many conversations have begun when its trigger is armed. */
  readonly afterConversations: number;
  readonly trigger: Trigger;
};

const VICTIMS: readonly Victim[] = ['host', 'parent', 'all'];
/** Milliseconds of a moment; else how many of its kind. A message makes about twenty events, and three to six writes. */
const MOST: Readonly<Record<Trigger['kind'], number>> = { moment: 1_500, event: 30, write: 8, claim: 2 };
const TRIGGERS = Object.keys(MOST) as Trigger['kind'][];
/** A release every so many kills. */
const KILLS_A_DEPLOY = 5;

/** Every kind of process, and every trigger, has its turn before one has the next. */
export function planOf(random: Random, names: ReadonlySet<FaultName>, conversations: number, kills: number): Blow[] {
  const isKilling = names.has('crash-before') || names.has('crash-after');
  const victims = isKilling ? inTurn(random, VICTIMS, kills) : [];
  const deploys = names.has('deploy') ? Math.max(1, Math.floor(kills / KILLS_A_DEPLOY)) : 0;
  const targets = shuffled<Target>(random, [...victims, ...Array.from({ length: deploys }, () => 'deploy' as const)]);
  const triggers = inTurn(random, TRIGGERS, targets.length);
  return targets.map((target, index) => {
    const kind = triggers[index] ?? 'moment';
    return {
      target,
      afterConversations: Math.floor(((index + 0.5) * conversations) / targets.length),
      trigger: { kind, count: random.integer(1, MOST[kind]) },
    };
  });
}

function inTurn<T>(random: Random, items: readonly T[], count: number): T[] {
  const rounds = Array.from({ length: Math.ceil(count / items.length) }, () => shuffled(random, items));
  return rounds.flat().slice(0, count);
}

/** Fisher and Yates' shuffle of a copy. */
function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
  }
  return copy;
}
