import type { Random } from './random.ts';

/** What can go wrong at one call of a port (interfaces §5). */
export type FaultKind =
  | 'crash-before'
  | 'crash-after'
  | 'timeout-lost'
  | 'timeout-applied'
  | 'throttle'
  | 'error'
  | 'delay'
  | 'zombie';

/** A call that is about to happen: the how-manieth of the run, by whom, of what. */
export type PortCall = { ordinal: number; process: string; port: string; method: string };

/** Who calls what, whichever of its processes it is: `responder-reply sender.send`. */
export function operationOf({ process, port, method }: Omit<PortCall, 'ordinal'>): string {
  return `${process.split('#')[0]} ${port}.${method}`;
}

/** The fault of one call; `ms` is how long a delayed call waits or a zombie sleeps. */
export type Fault = { kind: FaultKind; ms: number };

/** Decides what happens to a call; undefined lets it through. */
export type FaultPlan = (call: PortCall) => Fault | undefined;

/** No faults. */
export const noFaults: FaultPlan = () => undefined;

/** One fault at one call of the run, for going through every crash point in turn. */
export function faultAt(ordinal: number, kind: FaultKind, ms = 0): FaultPlan {
  return (call) => (call.ordinal === ordinal ? { kind, ms } : undefined);
}

/** A fault that befell a call, and when (epoch milliseconds of the shared clock). */
export type Fired = PortCall & Fault & { readonly at: number };

/** The very faults that befell another run. */
export function faultsAt(fired: readonly Pick<Fired, 'ordinal' | 'kind' | 'ms'>[]): FaultPlan {
  const faults = new Map(fired.map(({ ordinal, kind, ms }) => [ordinal, { kind, ms }]));
  return ({ ordinal }) => faults.get(ordinal);
}

/** Faults that befell another run, each at the how-manieth call of its operation in this one. */
export function atCallOfOperation(nth: number, fired: readonly Fired[]): FaultPlan {
  const faults = new Map(fired.map((one) => [operationOf(one), { kind: one.kind, ms: one.ms }]));
  const met = new Map<string, number>();
  return (call) => {
    const operation = operationOf(call);
    const count = (met.get(operation) ?? 0) + 1;
    met.set(operation, count);
    return count === nth ? faults.get(operation) : undefined;
  };
}

/** Each kind at its own rate (share of calls), drawn from its own stream; waits are 0 to `longestMs`, drawn evenly. */
export function randomFaults(random: Random, rates: Partial<Record<FaultKind, number>>, longestMs: number): FaultPlan {
  const kinds = Object.entries(rates).filter((entry): entry is [FaultKind, number] => entry[1] !== undefined);
  const total = kinds.reduce((sum, [, rate]) => sum + rate, 0);
  if (total > 1) throw new RangeError('the rates of the faults add up to more than every call');
  return () => {
    let draw = random.float();
    const ms = random.integer(0, longestMs);
    for (const [kind, rate] of kinds) {
      if (draw < rate) return { kind, ms };
      draw -= rate;
    }
    return undefined;
  };
}
