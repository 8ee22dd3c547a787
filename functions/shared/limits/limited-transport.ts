/** Holds Richpanel calls to the shared budget: a short wait for a place, then the caller has to come back later. */
import { VendorError } from '../errors.ts';
import type { HttpResponse, HttpTransport, ReadTransport } from '../helpdesk/transport.ts';
import type { Clock, Ids, Limits } from '../ports.ts';
import { retryAfterMs } from '../retry-after.ts';
import type { Metrics } from '../telemetry/doors.ts';
import { operationOf } from './operation.ts';

/** Then park (platform §5.5). */
const MOST_WAIT_MS = 2_000;
const LEAST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 400;
/** A 429 without Retry-After: as long as a second attempt may have to wait for its place. */
const BLOCK_MS = 2_000;

export type LimitedOptions = {
  readonly limits: Limits;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  readonly ids: Pick<Ids, 'jitter'>;
  /** Left out by what is no function. */
  readonly metrics?: Pick<Metrics, 'observe'> | undefined;
  /** A reader of context, one who reads in order to write, or one who looks for news now and then. */
  readonly readsAs?: 'reads' | 'writes' | 'polls' | undefined;
};

/** Throws a retryable `VendorError` when the budget is used up; nothing was written then. */
export function limitedTransport(transport: HttpTransport, options: LimitedOptions): HttpTransport {
  return async (request) => {
    const waited = await placeFor(request, options);
    // What must leave within a window has spent some of it by waiting.
    const timeoutMs = request.isOnce ? Math.max(1, request.timeoutMs - waited) : request.timeoutMs;
    return heeded(request, await timed(options, () => transport({ ...request, timeoutMs })), options);
  };
}

/** The same for a wire that only reads. */
export function limitedReads(transport: ReadTransport, options: LimitedOptions): ReadTransport {
  return async (request) => {
    await placeFor(request, options);
    return heeded(request, await timed(options, () => transport(request)), options);
  };
}

/** What the vendor takes, whatever it answers; the wait for a place is counted by itself. */
async function timed<T>({ clock, metrics }: LimitedOptions, call: () => Promise<T>): Promise<T> {
  const began = clock.monotonic();
  try {
    return await call();
  } finally {
    metrics?.observe('vendor.richpanel.latency_ms', Math.max(0, clock.monotonic() - began));
  }
}

type Request = { readonly method: 'GET' | 'PUT'; readonly path: string; readonly timeoutMs: number };

/** @returns milliseconds waited */
async function placeFor(
  request: Request,
  { limits, clock, ids, metrics, readsAs = 'reads' }: LimitedOptions,
): Promise<number> {
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
  const waited = clock.monotonic() - began;
  metrics?.observe('vendor.richpanel.bucket_wait_ms', waited);
  return waited;
}

/** Whoever is told to wait tells all others: a 429, and any failure that says for how long. */
async function heeded(
  request: Request,
  response: HttpResponse,
  { limits, clock, readsAs = 'reads' }: LimitedOptions,
): Promise<HttpResponse> {
  const isBusy = response.status === 429;
  if (!isBusy && response.status < 500) return response;
  const now = clock.now();
  const asked = retryAfterMs(response.headers, now, response.status) ?? (isBusy ? BLOCK_MS : 0);
  if (asked === 0) return response;
  try {
    await limits.take('richpanel', classOf(request, readsAs), now + asked);
  } catch (error) {
    // The answer is worth more than telling of it.
    if (!(error instanceof VendorError)) throw error;
  }
  return response;
}

function classOf({ method, path }: Request, readsAs: 'reads' | 'writes' | 'polls'): string {
  const operation = operationOf(path, method !== 'GET');
  return operation === 'reads' ? readsAs : operation;
}
