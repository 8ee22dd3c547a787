/** Richpanel's circuits: writes, reads and order reads each have a breaker, known to all functions (platform §5.6). */
import type { Base } from '../container.ts';
import { VendorError } from '../errors.ts';
import { type Breaker, storeBreaker } from './breaker.ts';
import { tellCircuit } from './circuit-fact.ts';
import { type OperationClass, operationOf } from './operation.ts';

export type Circuits = {
  /**
   * Throws a `VendorError` of kind `circuit_open` where such a call is not made now: reads and writes are to be tried again
   * after `retryAfterMs`, order reads are given up (platform §5.6).
   *
   * @returns to be told how the call ended: `null`, or what it threw
   */
  enter(call: {
    readonly path: string;
    readonly isWrite: boolean;
    readonly isOnce: boolean;
  }): Promise<(error: unknown) => Promise<void>>;
};

/** Order reads only inform a reply, which is denied without them (platform §5.6). */
const ORDERS_OPEN_ABOVE = 0.2;
/** A container may make calls for a second after another saw the circuit open; a good call costs the table next to nothing. */
const SPARING = { trustMs: 1_000, countEveryMs: 5_000 };

/**
 * @param readsToWrite  a reading is followed by a write: both circuits are looked at with it, so that nothing is asked between
 *                      the last reading and a message (protocols §6)
 */
export function richpanelCircuits(base: Base, { readsToWrite = false } = {}): Circuits {
  const { metrics } = base;
  const breakerOf = (operation: OperationClass, opensAbove?: number): Breaker =>
    storeBreaker(
      base.store,
      base.clock,
      base.waits,
      `richpanel#${operation}`,
      (change) => tellCircuit(base, 'richpanel', operation, change),
      { ...SPARING, ...(opensAbove !== undefined && { opensAbove }) },
    );
  const breakers: Readonly<Record<OperationClass, Breaker>> = {
    reads: breakerOf('reads'),
    writes: breakerOf('writes'),
    orders: breakerOf('orders', ORDERS_OPEN_ABOVE),
  };
  return {
    async enter({ path, isWrite, isOnce }) {
      const operation = operationOf(path, isWrite);
      const breaker = breakers[operation];
      // A message is never the call that finds out: its outcome may stay unknown, and after a 401 none is to be sent.
      const [way] = await Promise.all([
        breaker.before(!isOnce),
        readsToWrite && operation === 'reads' ? breakers.writes.before(false) : undefined,
      ]);
      if (way === 'open')
        throw new VendorError('richpanel', 'circuit_open', {
          retryAfterMs: operation === 'orders' ? undefined : base.waits.breakerOpenMs,
        });
      const isProbe = way === 'probe';
      return async (error) => {
        const said = saidBy(error);
        if (!isHeldBack(error)) metrics.count('vendor.richpanel.requests_total');
        if (said === 'failed') metrics.count('vendor.richpanel.errors_total');
        if (error instanceof VendorError && error.status === 429) metrics.count('vendor.richpanel.rate_limited_total');
        if (said === 'stop_writes' && (isWrite || isKeyRefused(error))) await breakers.writes.trip();
        if (said === 'nothing') await (isProbe ? breaker.giveBack() : undefined);
        else await breaker.after({ failed: said === 'failed' || (said === 'stop_writes' && isWrite), isProbe });
      };
    },
  };
}

/** What the end of a call says about the vendor. A 429 has its own rule: the budget closes, and halves (platform §5.5–5.6). */
function saidBy(error: unknown): 'works' | 'failed' | 'stop_writes' | 'nothing' {
  if (error === null) return 'works';
  if (!(error instanceof VendorError) || error.vendor !== 'richpanel') return 'nothing';
  switch (error.kind) {
    case 'server':
    case 'network':
    case 'timeout':
    case 'parse':
      return 'failed';
    case 'auth':
      return error.status === undefined ? 'nothing' : 'stop_writes';
    case 'not_found':
    case 'invalid':
      return error.status === undefined ? 'nothing' : 'works';
    default:
      return 'nothing';
  }
}

/** Our own budget had no place left: nothing was asked. */
function isHeldBack(error: unknown): boolean {
  return error instanceof VendorError && error.kind === 'rate_limited' && error.status === undefined;
}

/** 401 is the key's; a 403 on a read is that route's (reference §1.1). */
function isKeyRefused(error: unknown): boolean {
  return error instanceof VendorError && error.status === 401;
}
