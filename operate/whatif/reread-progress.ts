/** How far a new reading has come, for the person who waits: what the helpdesk may be asked makes minutes of it. */
import { MOST_READS, WITHIN_MS } from '../instance/few-reads.ts';
import { durationText } from '../table.ts';
import { count } from '../text.ts';

const TELL_EVERY_MS = 1_000;
const TOLD_AGAIN_MS = 30_000;

export type RereadProgress = {
  /** Another message is read, or is found to be gone. */
  done(): void;
  /** There is no place for the next request; may be called often. */
  waits(): void;
};

/** @param nowMs  monotonic */
export function rereadProgress(
  note: (line: string) => void,
  total: number,
  nowMs: () => number = () => performance.now(),
): RereadProgress {
  const began = nowMs();
  let done = 0;
  let toldAt = began;
  let toldOfWaitAt: number | null = null;
  const tell = (more: string): void => {
    toldAt = nowMs();
    note(`${done} of ${count(total, 'message')} read again${leftText(total - done, done, toldAt - began)}${more}`);
  };
  if (total > MOST_READS) tell('');
  return {
    done() {
      done += 1;
      toldOfWaitAt = null;
      if (nowMs() - toldAt >= TELL_EVERY_MS && done <= total) tell('');
    },
    waits() {
      const now = nowMs();
      // Where one place after the other comes free, the next read is nearer than the line about it.
      if (now - toldAt < TELL_EVERY_MS || (toldOfWaitAt !== null && now - toldOfWaitAt < TOLD_AGAIN_MS)) return;
      toldOfWaitAt = now;
      tell(
        `; waiting for the helpdesk's limit: this command asks at most ${MOST_READS} times in ${WITHIN_MS / 1000} s`,
      );
    },
  };
}

/** By what the budget allows, or by the pace so far where that is slower: the first reads wait for nothing. */
function leftText(left: number, done: number, elapsedMs: number): string {
  if (left <= 0) return '';
  const byBudget = Math.floor(left / MOST_READS) * WITHIN_MS;
  const byPace = done === 0 ? 0 : (elapsedMs / done) * left;
  return `, about ${durationText(Math.max(byBudget, byPace))} left`;
}
