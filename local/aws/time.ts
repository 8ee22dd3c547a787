/** Clock and timers of the endpoint, injectable so that tests need no patience. */

export type Timing = {
  /** Epoch milliseconds, UTC. */
  readonly now: () => number;
  /** Runs once after that many real milliseconds; the answer cancels it. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  /** `FRONTDESK_TIME_SCALE`: every wait of a service is multiplied by it. */
  readonly timeScale: number;
};

/** Timers do not keep the process alive; its servers do. */
export function realTiming(timeScale = 1): Timing {
  return {
    now: Date.now,
    setTimer: (run, delayMs) => {
      // setTimeout holds 31 bits; an earlier wake-up looks again and waits on.
      const timer = setTimeout(run, Math.min(delayMs, 2_147_483_647));
      timer.unref();
      return () => clearTimeout(timer);
    },
    timeScale,
  };
}
