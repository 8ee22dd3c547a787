/**
 * How a function's last workers ended. Every worker that has to be made anew takes processor time from all functions, and one
 * that never gives its thread back takes a whole core; so whoever does that in a row waits a little and runs behind the others.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export type TrackRecord = {
  /** The next worker gets the processor after everybody else. */
  isSuspect(): boolean;
  /** Until the next worker may be made. */
  pause(): Promise<void>;
  endedBadly(): void;
  /** Clears the record. */
  ranWell(): void;
};

/** Once can happen to anybody: a burst, a long collection. */
const SUSPECT_AFTER = 2;
const LEAST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 500;

export function createTrackRecord(): TrackRecord {
  let inARow = 0;
  let mayStartAt = 0;
  const isSuspect = (): boolean => inARow >= SUSPECT_AFTER;
  return {
    isSuspect,
    async pause() {
      const wait = mayStartAt - performance.now();
      if (wait > 0) await sleep(wait);
    },
    endedBadly() {
      inARow += 1;
      if (!isSuspect()) return;
      mayStartAt = performance.now() + Math.min(MOST_PAUSE_MS, LEAST_PAUSE_MS * 2 ** (inARow - SUSPECT_AFTER));
    },
    ranWell() {
      inARow = 0;
    },
  };
}
