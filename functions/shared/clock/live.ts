/** The real clock. */
import type { Clock } from '../ports.ts';

/** Waits as long as it is told to; one machine may scale that (`stage/`). */
export function liveClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms))),
  };
}
