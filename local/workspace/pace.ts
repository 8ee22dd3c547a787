/** At most so many requests in any window. */
import { setTimeout as sleep } from 'node:timers/promises';

/** The vendor's window (reference §1.3). */
export const WINDOW_MS = 30_000;

/** A timer may ring this much too soon. */
const EARLY_MS = 2;

/** Resolves, in order of asking, when another request fits. */
export function paceOf(most: number, windowMs = WINDOW_MS): () => Promise<void> {
  const taken: number[] = [];
  let turn: Promise<void> = Promise.resolve();
  return () => {
    turn = turn.then(async () => {
      const oldest = taken.length < most ? undefined : taken.shift();
      if (oldest !== undefined) await sleep(Math.max(0, oldest + windowMs + EARLY_MS - performance.now()));
      taken.push(performance.now());
    });
    return turn;
  };
}
