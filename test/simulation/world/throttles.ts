/** A vendor that throttles goes on throttling: a call refused is refused again, as often as its caller tries at once. */
import type { FaultPlan } from '../kernel/faults.ts';

/** Of `AWS_RETRIES` after the first: what they hide would never be met. */
const AGAIN = 2;

/** The same call of the same process is refused `AGAIN` times more. */
export function stubbornThrottles(otherwise: FaultPlan): FaultPlan {
  const left = new Map<string, number>();
  return (call) => {
    const key = `${call.process} ${call.port}.${call.method}`;
    const rest = left.get(key) ?? 0;
    if (rest > 0) {
      left.set(key, rest - 1);
      return { kind: 'throttle', ms: 0 };
    }
    const fault = otherwise(call);
    if (fault?.kind === 'throttle') left.set(key, AGAIN);
    return fault;
  };
}
