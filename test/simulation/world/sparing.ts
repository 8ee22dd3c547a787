/** Whom faults meet by the run, and not by the call. */
import type { FaultPlan } from '../kernel/faults.ts';
import type { Random } from '../kernel/random.ts';

/**
 * The reconciler looks up every ticket of a day in one run, 500 in a world. At the rate of all other calls 22 of some 90 runs of a
 * world came to their end (seed p/2), so that its tickets were read after half a day.
 */
const LOOKS_UP = { name: 'reconciler#', port: 'store', method: 'get' } as const;
const SHARE = 0.05;

export function sparingLookUps(random: Random, otherwise: FaultPlan): FaultPlan {
  return (call) => {
    const isLookUp =
      call.process.startsWith(LOOKS_UP.name) && call.port === LOOKS_UP.port && call.method === LOOKS_UP.method;
    return isLookUp && !random.chance(SHARE) ? undefined : otherwise(call);
  };
}
