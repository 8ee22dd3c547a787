/** An answer is lost most where it matters most: of the writes that open the door or keep it shut. */
import type { FaultPlan } from '../kernel/faults.ts';
import type { Random } from '../kernel/random.ts';

/** Claims and ends of a reply, and what else it puts once: at the rate of all other calls hardly two of 10,000 conversations met a claim. */
const DOOR = { name: 'responder-reply#', port: 'store', method: 'put' } as const;
const SHARE = 0.01;

/** On top of what befalls every call: the write is there, and its caller does not hear of it. */
export function lostDoorAnswers(random: Random, otherwise: FaultPlan): FaultPlan {
  return (call) => {
    const isDoor = call.process.startsWith(DOOR.name) && call.port === DOOR.port && call.method === DOOR.method;
    return isDoor && random.chance(SHARE) ? { kind: 'timeout-applied', ms: 0 } : otherwise(call);
  };
}
