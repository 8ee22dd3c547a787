/** Clock and timers of the endpoint, injectable so that tests need no patience. */

export type Timing = {
  /** Epoch milliseconds, UTC. */
  readonly now: () => number;
  /** Runs once after that many milliseconds of `now`; the answer cancels it. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  /** `FRONTDESK_TIME_SCALE`: every wait of a service is multiplied by it. */
  readonly timeScale: number;
};

/** setTimeout holds 31 bits; who wakes early looks again and waits on. */
const MAX_TIMER_MS = 2_147_483_647;

/** Timers do not keep the process alive; its servers do. */
export function realTiming(timeScale = 1): Timing {
  return {
    now: Date.now,
    setTimer: (run, delayMs) => {
      const timer = setTimeout(run, Math.min(delayMs, MAX_TIMER_MS));
      timer.unref();
      return () => clearTimeout(timer);
    },
    timeScale,
  };
}

export type Alarm = {
  /** Rings at that instant, unless it is set to an earlier one. */
  at(epochMs: number): void;
  stop(): void;
};

/** One timer for the earliest of many instants; rings once, then waits to be set again. */
export function createAlarm(timing: Timing, ring: () => void): Alarm {
  let dueAt = Number.POSITIVE_INFINITY;
  let isStopped = false;
  let cancel = () => {};
  return {
    at(epochMs) {
      if (isStopped || epochMs >= dueAt) return;
      cancel();
      dueAt = epochMs;
      cancel = timing.setTimer(
        () => {
          dueAt = Number.POSITIVE_INFINITY;
          ring();
        },
        Math.max(0, epochMs - timing.now()),
      );
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
