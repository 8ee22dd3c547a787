/** Reads of one run: they wait for a place in the budget of those who look now and then, and end in time. */
import { VendorError } from '../shared/errors.ts';
import type { Clock } from '../shared/ports.ts';

export type Reading = {
  /** Epoch milliseconds: what is older is left alone. */
  readonly since: number;
  /** Of the ledger: what was held by a lost one is asked for again. */
  readonly generation: number;
  /** When the last read may begin, by the monotonic clock. */
  readonly until: number;
};

/** Slept before it is asked again where the vendor names no time; the budget's window is 31 s (limits/window.ts). */
const PAUSE_MS = 5_000;

/** @returns `null` when the run has no time left for it; throws what is no matter of waiting */
export async function whenFree<T>(
  { clock }: { readonly clock: Pick<Clock, 'monotonic' | 'sleep'> },
  { until }: Pick<Reading, 'until'>,
  read: () => Promise<T>,
): Promise<T | null> {
  while (clock.monotonic() < until) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof VendorError && error.kind === 'rate_limited')) throw error;
      const pause = error.retryAfterMs ?? PAUSE_MS;
      if (clock.monotonic() + pause >= until) return null;
      await clock.sleep(pause);
    }
  }
  return null;
}
