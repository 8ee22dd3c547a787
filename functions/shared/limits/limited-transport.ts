/** Holds Richpanel calls to the shared budget: a short wait for a place, then the caller has to come back later. */
import { VendorError } from '../errors.ts';
import type { HttpRequest, HttpTransport } from '../helpdesk/transport.ts';
import type { Clock, Ids, Limits } from '../ports.ts';
import { retryAfterMs } from '../retry-after.ts';

/** Then park (platform §5.5). */
const MOST_WAIT_MS = 2_000;
const LEAST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 400;
/** A 429 without Retry-After: as long as the first parking (platform §5.4). */
const BLOCK_MS = 5_000;

export type LimitedOptions = {
  readonly limits: Limits;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  readonly ids: Pick<Ids, 'jitter'>;
  /** A reader of context, or one who reads in order to write. */
  readonly readsAs?: 'reads' | 'writes';
};

/** Throws a retryable `VendorError` when the budget is used up; nothing was written then. */
export function limitedTransport(
  transport: HttpTransport,
  { limits, clock, ids, readsAs = 'reads' }: LimitedOptions,
): HttpTransport {
  return async (request) => {
    const operationClass = classOf(request, readsAs);
    const began = clock.monotonic();
    let slept = 0;
    while (!(await limits.take('richpanel', operationClass))) {
      // What was slept counts as it was asked for, also where the clock made it shorter.
      const spent = Math.max(slept, clock.monotonic() - began);
      const left = Math.min(MOST_WAIT_MS, request.timeoutMs) - spent;
      if (left <= 0) throw new VendorError('richpanel', 'rate_limited');
      const pause = Math.min(left, Math.round(LEAST_PAUSE_MS + (MOST_PAUSE_MS - LEAST_PAUSE_MS) * ids.jitter()));
      await clock.sleep(pause);
      slept += pause;
    }
    const timeoutMs = request.mayWrite ? request.timeoutMs - (clock.monotonic() - began) : request.timeoutMs;
    const response = await transport({ ...request, timeoutMs: Math.max(1, timeoutMs) });
    if (response.status === 429) {
      const now = clock.now();
      await limits.take('richpanel', operationClass, now + (retryAfterMs(response.headers, now) ?? BLOCK_MS));
    }
    return response;
  };
}

function classOf({ method, path }: HttpRequest, readsAs: 'reads' | 'writes'): 'writes' | 'reads' | 'orders' {
  if (method !== 'GET') return 'writes';
  return path.startsWith('/order/') ? 'orders' : readsAs;
}
