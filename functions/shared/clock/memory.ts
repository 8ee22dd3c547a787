/** A clock that stands still until somebody waits or moves it. */
import type { Clock } from '../ports.ts';

/** `sleep` moves the clock itself and returns at once. */
export function memoryClock(start: number): Clock & { advance(ms: number): void } {
  let now = start;
  const advance = (ms: number): void => {
    now += Math.max(0, ms);
  };
  return {
    now: () => now,
    monotonic: () => now - start,
    sleep: async (ms) => advance(ms),
    advance,
  };
}
