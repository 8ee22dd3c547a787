/**
 * Whose turn it is: which customer comments nobody has decided yet, and what this root may do about them (protocols §3).
 * Pure: the ticket as read, and who claims what, go in.
 */
import type { Comment } from '../shared/ports.ts';

export type Seen = { readonly comment: Comment; readonly seq: string };

/** Who holds a comment: `mine`, another root, or nobody. */
export type Holder = 'mine' | 'other' | 'nobody';

export type Reading = {
  /** Customer comments within the look-back, oldest first by `conversationSeq`. */
  readonly customer: readonly Seen[];
  /** Every comment of the ticket that is not the customer's. */
  readonly operator: readonly Comment[];
};

/** Splits a ticket; comments of unknown authors count as an operator's, never as the customer's. */
export function readTurn(comments: readonly Comment[], seqOf: (comment: Comment) => string, since: number): Reading {
  const customer = comments
    .filter((comment) => comment.author === 'customer' && comment.createdAt >= since)
    .map((comment) => ({ comment, seq: seqOf(comment) }))
    .sort((left, right) => (left.seq < right.seq ? -1 : 1));
  const operator = comments.filter((comment) => comment.author !== 'customer' && comment.isPublic);
  return { customer, operator };
}

/** Newest operator comment at or after the given instant; ours or an agent's. */
export function operatorAfter(reading: Reading, createdAt: number): Comment | null {
  return reading.operator
    .filter((comment) => comment.createdAt >= createdAt)
    .reduce<Comment | null>(
      (newest, comment) => (newest && newest.createdAt >= comment.createdAt ? newest : comment),
      null,
    );
}

/** Customer comments after the newest operator comment, decided or not: they are read in each other's light. */
export function unanswered(reading: Reading): readonly Seen[] {
  const answeredAt = reading.operator.reduce(
    (latest, comment) => Math.max(latest, comment.createdAt),
    Number.NEGATIVE_INFINITY,
  );
  return reading.customer.filter(({ comment }) => comment.createdAt > answeredAt);
}

export type Plan =
  /** The newest customer comment is ours: decide on it, in the light of all. */
  | {
      readonly do: 'decide';
      readonly turn: readonly Seen[];
      readonly answers: Seen;
      readonly operatorNewest: Comment | null;
    }
  /** Another root owns the newest and has decided without ours, or a strong hit is among ours: screen and route, never answer. */
  | { readonly do: 'decide_own'; readonly turn: readonly Seen[]; readonly answers: Seen }
  /** Another root owns the newest and has not decided: wait until each of ours stands in a stored turn. */
  | { readonly do: 'wait' }
  | { readonly do: 'superseded'; readonly by: string }
  | { readonly do: 'nothing'; readonly verdict: 'duplicate' | 'empty_turn'; readonly by: string | null };

export type Standing = {
  readonly holderOf: (commentId: string) => Holder;
  /** Stands in the stored turn of a decision. */
  readonly isDecided: (commentId: string) => boolean;
  /** The owner of the ticket's newest customer comment has stored a decision, or was given up and never will. */
  readonly newestOwnerDecided: boolean;
  readonly isStrong: (seen: Seen) => boolean;
};

/** What a root does once its claims are made, newest first. */
export function planTurn(reading: Reading, standing: Standing): Plan {
  const undecided = reading.customer.filter(({ comment }) => !standing.isDecided(comment.id));
  const held = reading.customer.filter(({ comment }) => standing.holderOf(comment.id) === 'mine');
  const newest = reading.customer.at(-1);
  const own = undecided.filter(({ comment }) => standing.holderOf(comment.id) === 'mine');
  const newestOwn = own.at(-1);
  if (!newest || !newestOwn) {
    if (held.length > 0 && newest) return { do: 'superseded', by: newest.comment.id };
    return {
      do: 'nothing',
      verdict: undecided.length > 0 || newest ? 'duplicate' : 'empty_turn',
      by: newest?.comment.id ?? null,
    };
  }
  if (newestOwn.comment.id === newest.comment.id)
    return {
      do: 'decide',
      turn: undecided,
      answers: newest,
      operatorNewest: operatorAfter(reading, newest.comment.createdAt),
    };
  if (own.some(standing.isStrong) || standing.newestOwnerDecided)
    return { do: 'decide_own', turn: own, answers: newestOwn };
  return { do: 'wait' };
}
