/** The real clock. */
import type { Clock } from '../ports.ts';

/** Waits as long as it is told to; one machine may scale that (`stage/`). */
export function liveClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, until) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          until?.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, until?.aborted ? 0 : Math.max(0, ms));
        until?.addEventListener('abort', end);
      }),
  };
}
