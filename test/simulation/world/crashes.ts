/** Crashes by turns: every operation of every function dies about equally often, however seldom it is called. */
import { type Fault, type FaultPlan, operationOf } from '../kernel/faults.ts';
import type { Random } from '../kernel/random.ts';

/** Of all port calls; 500 conversations make some 100,000, so a point is due seven times in them. */
const CALLS_A_TURN = 15_000;
/** Of a crash that is due, at each call of its operation: so that it is not always a container's first call. */
const SHARE_WHEN_DUE = 0.4;

type Crash = Extract<Fault['kind'], 'crash-before' | 'crash-after'>;
const KINDS: readonly Crash[] = ['crash-before', 'crash-after'];

/**
 * An operation that has crashed less often than its turn says crashes soon: before its effect, after it, and again. Its first
 * two calls do so at once, so that a short run has both as well. What is not due is left to `otherwise`.
 */
export function crashByTurns(random: Random, otherwise: FaultPlan): FaultPlan {
  const met = new Map<string, Record<Crash | 'calls', number>>();
  return (call) => {
    const operation = operationOf(call);
    const counts = met.get(operation) ?? { calls: 0, 'crash-before': 0, 'crash-after': 0 };
    met.set(operation, counts);
    counts.calls += 1;
    const due = 1 + Math.floor(call.ordinal / CALLS_A_TURN);
    const kind = KINDS.find((one) => counts[one] < due);
    if (kind === undefined || (counts.calls > 2 && !random.chance(SHARE_WHEN_DUE))) return otherwise(call);
    counts[kind] += 1;
    return { kind, ms: 0 };
  };
}
