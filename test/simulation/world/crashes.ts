/** Crashes by turns: every operation of every function dies about equally often, however seldom it is called. */
import { type Fault, type FaultPlan, operationOf } from '../kernel/faults.ts';
import type { Random } from '../kernel/random.ts';

/**
 * Of all port calls; 500 conversations make some 160,000 while they live, so a point is due some seven times in them. Where the
 * list is hidden the reconciler has no turn.
 */
const CALLS_A_TURN = 22_000;
/** Of a crash that is due, at each call of its operation: so that what comes late in an invocation has its turn too. */
const SHARE_WHEN_DUE = 0.12;
/** The same at the first calls of an operation; it falls off with each, so that a rare one has its turn. */
const SHARE_OF_RARE = 0.85;
const RARE_CALLS = 300;
/** Calls from which on an operation's turn is waited for. */
const OFTEN = 60;
/** An operation called less often than once in so many calls of all is rare: due at once, since it may not come up again. */
const CALLS_A_RARE_ONE = 10_000;
/** Invocations of a function from one crash to the next: the attempt after a crash is spared, or seldom calls would never end. */
const LEAST_INVOCATIONS = 2;
/** Nothing is attempted again of what the schedule brings back. */
const SCHEDULED: readonly string[] = ['reconciler', 'sweeper'];

type Crash = Extract<Fault['kind'], 'crash-before' | 'crash-after'>;
/** How often it has crashed, and how far it is ahead of its turn: what is due all at once would fall on one message. */
type Point = { crashes: number; readonly ahead: number };
/** Both points of an operation, and how often it was called. */
type Operation = { readonly points: Readonly<Record<Crash, Point>>; calls: number };

/** An operation that has crashed less often than its turn says crashes soon. What is not due is left to `otherwise`. */
export function crashByTurns(random: Random, otherwise: FaultPlan, invocationsOf: (name: string) => number): FaultPlan {
  const point = (): Point => ({ crashes: 0, ahead: random.integer(0, CALLS_A_TURN - 1) });
  const met = new Map<string, Operation>();
  const ofFunction = new Map<string, Operation[]>();
  const crashedAt = new Map<string, number>();
  return (call) => {
    const operation = operationOf(call);
    const [name = ''] = call.process.split('#');
    const known = met.get(operation) ?? { points: { 'crash-before': point(), 'crash-after': point() }, calls: 0 };
    const own = ofFunction.get(name) ?? [];
    if (known.calls === 0) {
      met.set(operation, known);
      ofFunction.set(name, [...own, known]);
    }
    known.calls += 1;
    const { points } = known;
    const isRare = known.calls * CALLS_A_RARE_ONE < call.ordinal;
    // What comes up a score of times in forty worlds has to die at once, before and after, or a long run may not see one of them.
    const share = isRare ? 1 : Math.max(SHARE_WHEN_DUE, SHARE_OF_RARE * (1 - known.calls / RARE_CALLS));
    const isDue = ({ crashes, ahead }: Point) =>
      (isRare && crashes === 0) ||
      (crashes < Math.floor((call.ordinal + ahead) / CALLS_A_TURN) && crashes <= leastCrashes(own));
    const kinds = (['crash-before', 'crash-after'] as const).filter((one) => isDue(points[one]));
    const kind = kinds.length > 1 ? kinds[random.integer(0, 1)] : kinds[0];
    if (kind === undefined || !random.chance(share)) return otherwise(call);
    const invocations = invocationsOf(name);
    const least = SCHEDULED.includes(name) ? 1 : LEAST_INVOCATIONS;
    if (!isRare && invocations - (crashedAt.get(name) ?? 0) < least) return otherwise(call);
    crashedAt.set(name, invocations);
    points[kind].crashes += 1;
    return { kind, ms: 0 };
  };
}

/** Of the points of a function that come up often enough: whoever is called first in an invocation must not take every turn. */
function leastCrashes(ofFunction: readonly Operation[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { points, calls } of ofFunction)
    if (calls >= OFTEN) least = Math.min(least, points['crash-before'].crashes, points['crash-after'].crashes);
  return least + 1;
}
