/** The real clock. */
import type { Clock } from '../ports.ts';

/** @param timeScale  multiplies every wait (FRONTDESK_TIME_SCALE, one machine only); what the clock shows stays real. */
export function liveClock(timeScale = 1): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms * timeScale))),
  };
}
