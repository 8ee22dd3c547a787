/** 50 requests in 30 s, fixed window per key (§1.3, §12.1 no. 11). */
import type { SandboxOptions } from '../options.ts';

export type RateVerdict = {
  readonly headers: Readonly<Record<string, string>>;
  /** Whole seconds until the window ends, when the request is over the limit. */
  readonly retryAfterS?: number;
};

export class RateLimiter {
  readonly #windows = new Map<string, { startedAt: number; used: number }>();

  /** Counts one request of this key. A window starts with its first request; refused ones are not counted. */
  take(key: string, now: number, limit: SandboxOptions['rateLimit']): RateVerdict {
    if (limit === null) return { headers: {} };
    const known = this.#windows.get(key);
    const isRunning = known !== undefined && now < known.startedAt + limit.windowMs && now >= known.startedAt;
    const window = isRunning ? known : { startedAt: now, used: 0 };
    this.#windows.set(key, window);
    const isOver = window.used >= limit.requests;
    if (!isOver) window.used += 1;
    const headers = {
      'x-ratelimit-limit': String(limit.requests),
      'x-ratelimit-remaining': String(limit.requests - window.used),
    };
    if (!isOver) return { headers };
    return { headers, retryAfterS: Math.max(1, Math.ceil((window.startedAt + limit.windowMs - now) / 1000)) };
  }

  clear(): void {
    this.#windows.clear();
  }
}
