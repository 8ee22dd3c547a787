/** Which tickets are read, and in which order: reads are few (platform §5.5). Pure; epoch milliseconds. */
import { timeOfUlid } from '../shared/ids.ts';
import type { Comment } from '../shared/ports.ts';

/** A ticket of the list that was not read as it stands now. */
export type Candidate = {
  readonly id: string;
  readonly updatedAt: number | null;
  /** Sequence of the newest comment that a root of ours has claimed; `null` where the conversation is unknown to us. */
  readonly latestSeq: string | null;
};

/** Most suspicious first: unknown to us, then by how long after our newest comment something happened to it. */
export function byNeed(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((left, right) => {
    const [one, other] = [gapOf(left), gapOf(right)];
    return one === other ? 0 : other - one;
  });
}

function gapOf({ updatedAt, latestSeq }: Candidate): number {
  if (latestSeq === null || updatedAt === null) return Number.POSITIVE_INFINITY;
  return updatedAt - timeOfUlid(latestSeq);
}

/** `since`: customer comments are asked for from then on. */
export type Window = { readonly now: number; readonly since: number; readonly graceMs: number };

/**
 * A day back (platform §5.10). A first ledger knows nothing of what was written before its epoch, when we were not there; after a
 * loss or a restore everything of the day is asked for, and what is older than the raised epoch is routed and not answered.
 */
export function windowStart(now: number, windowMs: number, generation: number, epoch: string | null): number {
  const isFirst = generation === 1 && epoch !== null;
  return Math.max(now - windowMs, isFirst ? Date.parse(epoch) : Number.NEGATIVE_INFINITY);
}

/** Customer comments of the window, and whether one is so young that its webhook may still be on its way. */
export function commentsToAsk(
  comments: readonly Comment[],
  { now, since, graceMs }: Window,
): { readonly due: readonly Comment[]; readonly isEarly: boolean } {
  const recent = comments.filter(({ author, createdAt }) => author === 'customer' && createdAt >= since);
  // Helpdesk and functions do not share a clock: a comment of the near future is young, one of a far one never will be.
  const isYoung = ({ createdAt }: Comment): boolean => Math.abs(now - createdAt) < graceMs;
  return { due: recent.filter((comment) => !isYoung(comment)), isEarly: recent.some(isYoung) };
}
