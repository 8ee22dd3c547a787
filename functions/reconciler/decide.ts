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

export type Window = { readonly now: number; readonly windowMs: number; readonly graceMs: number };

/** Customer comments of the window, and whether one is so young that its webhook may still be on its way. */
export function commentsToAsk(
  comments: readonly Comment[],
  { now, windowMs, graceMs }: Window,
): { readonly due: readonly Comment[]; readonly isEarly: boolean } {
  const recent = comments.filter(({ author, createdAt }) => author === 'customer' && createdAt >= now - windowMs);
  // Helpdesk and functions do not share a clock: a comment of the near future is young, one of a far one never will be.
  const isYoung = ({ createdAt }: Comment): boolean => Math.abs(now - createdAt) < graceMs;
  return { due: recent.filter((comment) => !isYoung(comment)), isEarly: recent.some(isYoung) };
}
