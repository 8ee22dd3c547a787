/** A vendor that throttles goes on throttling, and throttles most where most is asked of it. */
import type { FaultPlan } from '../kernel/faults.ts';
import type { Random } from '../kernel/random.ts';

/** Who reads and claims comment by comment, all of one ticket: its partition is hot in a burst. */
const HOT = { name: 'classify#', port: 'store' } as const;
const SHARE_OF_HOT = 0.005;

/** On top of what befalls every call. */
export function hotPartitions(random: Random, otherwise: FaultPlan): FaultPlan {
  return (call) => {
    const isHot = call.port === HOT.port && call.process.startsWith(HOT.name) && random.chance(SHARE_OF_HOT);
    return isHot ? { kind: 'throttle', ms: 0 } : otherwise(call);
  };
}

/** Of `AWS_RETRIES` after the first: what they hide would never be met. */
const AGAIN = 2;

/** A call refused is refused again, as often as its caller tries at once: the same call of the same process, `AGAIN` times. */
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
