/** Crashes by turns: every operation of every function dies about equally often, however seldom it is called. */
import { type Fault, type FaultPlan, operationOf } from '../kernel/faults.ts';
import type { Random } from '../kernel/random.ts';

/** Of all port calls; 500 conversations make some 120,000, so a point is due nearly five times in them. */
const CALLS_A_TURN = 25_000;
/** Of a crash that is due, at each call of its operation: so that what comes late in an invocation has its turn too. */
const SHARE_WHEN_DUE = 0.12;
/** The same at the first calls of an operation; it falls off with each, so that a rare one has its turn. */
const SHARE_OF_RARE = 0.6;
const RARE_CALLS = 300;
/** Invocations of a function from one crash to the next: the attempt after a crash is spared, or seldom calls would never end. */
const LEAST_INVOCATIONS = 2;

type Crash = Extract<Fault['kind'], 'crash-before' | 'crash-after'>;
/** How often it has crashed, and how far it is ahead of its turn: what is due all at once would fall on one message. */
type Point = { crashes: number; readonly ahead: number };

/** An operation that has crashed less often than its turn says crashes soon. What is not due is left to `otherwise`. */
export function crashByTurns(random: Random, otherwise: FaultPlan, invocationsOf: (name: string) => number): FaultPlan {
  const point = (): Point => ({ crashes: 0, ahead: random.integer(0, CALLS_A_TURN - 1) });
  const met = new Map<string, Readonly<Record<Crash, Point>>>();
  const crashedAt = new Map<string, number>();
  const calls = new Map<string, number>();
  return (call) => {
    const operation = operationOf(call);
    const count = (calls.get(operation) ?? 0) + 1;
    calls.set(operation, count);
    const share = Math.max(SHARE_WHEN_DUE, SHARE_OF_RARE * (1 - count / RARE_CALLS));
    const points = met.get(operation) ?? { 'crash-before': point(), 'crash-after': point() };
    met.set(operation, points);
    const isDue = ({ crashes, ahead }: Point) => crashes < Math.floor((call.ordinal + ahead) / CALLS_A_TURN);
    const kinds = (['crash-before', 'crash-after'] as const).filter((one) => isDue(points[one]));
    const kind = kinds.length > 1 ? kinds[random.integer(0, 1)] : kinds[0];
    if (kind === undefined || !random.chance(share)) return otherwise(call);
    const [name = ''] = call.process.split('#');
    const invocations = invocationsOf(name);
    if (invocations - (crashedAt.get(name) ?? 0) < LEAST_INVOCATIONS) return otherwise(call);
    crashedAt.set(name, invocations);
    points[kind].crashes += 1;
    return { kind, ms: 0 };
  };
}
