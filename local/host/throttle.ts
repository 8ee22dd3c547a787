/** Token bucket of the edge: `burst` requests at once, refilled at `ratePerSecond` (platform §3.3: 20 and 50). */
export type ThrottleLimits = { readonly ratePerSecond: number; readonly burst: number };

/** `nowMs` is monotonic. Returns a question that takes a token when there is one. */
export function createThrottle({ ratePerSecond, burst }: ThrottleLimits, nowMs: () => number): () => boolean {
  let tokens = burst;
  let filledAt = nowMs();
  return () => {
    const now = nowMs();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * ratePerSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
