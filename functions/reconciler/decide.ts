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
/** What the ticket is said to stand at by the list, and the comments that a read of it showed. */
export type Seen = { readonly updatedAt: number | null; readonly comments: readonly Comment[] };

/**
 * A day back (platform §5.10). A first ledger knows nothing of what was written before its epoch, when we were not there; after a
 * loss or a restore everything of the day is asked for, and what is older than the raised epoch is routed and not answered.
 */
export function windowStart(now: number, windowMs: number, generation: number, epoch: string | null): number {
  const isFirst = generation === 1 && epoch !== null;
  return Math.max(now - windowMs, isFirst ? Date.parse(epoch) : Number.NEGATIVE_INFINITY);
}

/**
 * Customer comments of the window, and whether the ticket is to be read again though nothing happens to it: one is so young that its
 * webhook may still be on its way, or the read may lag behind the list by what happened last (reference §1.6).
 */
export function commentsToAsk(
  { updatedAt, comments }: Seen,
  { now, since, graceMs }: Window,
): { readonly due: readonly Comment[]; readonly isEarly: boolean } {
  const recent = comments.filter(({ author, createdAt }) => author === 'customer' && createdAt >= since);
  // Helpdesk and functions do not share a clock: a comment of the near future is young, one of a far one never will be.
  const isYoung = (at: number): boolean => Math.abs(now - at) < graceMs;
  return {
    due: recent.filter(({ createdAt }) => !isYoung(createdAt)),
    isEarly: (updatedAt !== null && isYoung(updatedAt)) || recent.some(({ createdAt }) => isYoung(createdAt)),
  };
}
