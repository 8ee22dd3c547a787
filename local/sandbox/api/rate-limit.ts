/** 50 requests in 30 s per key (§1.3, §12.1 no. 11), over a window that is fixed or moves along. */
import type { SandboxOptions } from '../options.ts';

export type RateVerdict = {
  readonly headers: Readonly<Record<string, string>>;
  /** Whole seconds until there is room again, when the request is over the limit. */
  readonly retryAfterS?: number;
};

export type RateOptions = Pick<SandboxOptions, 'rateLimit' | 'rateWindow' | 'rateHeaders'>;

export class RateLimiter {
  /** When the requests of the window came. */
  readonly #taken = new Map<string, readonly number[]>();

  /** Counts one request of this key. A fixed window starts with its first request; refused ones are not counted. */
  take(key: string, now: number, { rateLimit, rateWindow, rateHeaders }: RateOptions): RateVerdict {
    if (rateLimit === null) return { headers: {} };
    const { requests, windowMs } = rateLimit;
    const former = this.#taken.get(key) ?? [];
    const oldest = former[0] ?? now;
    const isRunning = now >= oldest && now < oldest + windowMs;
    const taken = rateWindow === 'sliding' ? former.filter((at) => at > now - windowMs) : isRunning ? former : [];
    const isOver = taken.length >= requests;
    const counted = isOver ? taken : [...taken, now];
    this.#taken.set(key, counted);
    const headers = rateHeaders
      ? { 'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(requests - counted.length) }
      : {};
    if (!isOver) return { headers };
    return { headers, retryAfterS: Math.max(1, Math.ceil(((taken[0] ?? now) + windowMs - now) / 1000)) };
  }
}
