/** The replies of one conversation, each with what its sender had seen, claimed and been allowed. */
import type { ClaimedFact, CommentFact, Fact, ReadFact, SentFact } from '../facts.ts';
import type { Placed, Told } from './reading.ts';

export type Send = {
  readonly sent: SentFact;
  readonly order: number;
  /** The sender's last look at the ticket. */
  readonly lastRead: ReadFact | null;
  /** When the door was first claimed by this sender for the comment that it claimed last. */
  readonly claim: Placed<ClaimedFact> | null;
  /** The approval of a reply to that comment, if one was told before the claim. */
  readonly approval: Told | null;
  /** Comments before it, in the order in which they came to stand. */
  readonly before: readonly Standing[];
};

/** A comment, and whether the sender's last look could show it. */
export type Standing = CommentFact & { readonly wasReadable: boolean };

/** @param facts  of one conversation, in order. */
export function sendsIn(facts: readonly Placed<Fact>[], told: readonly Told[]): Send[] {
  const sends: Send[] = [];
  const reads = new Map<string, Placed<ReadFact>>();
  const claims = new Map<string, Placed<ClaimedFact>>();
  const comments: Placed<CommentFact>[] = [];
  for (const fact of facts) {
    if (fact.kind === 'read') reads.set(fact.by, fact);
    else if (fact.kind === 'comment') comments.push(fact);
    else if (fact.kind === 'claimed') {
      // A claim made again because its answer was lost is the first one.
      if (claims.get(fact.by)?.commentId !== fact.commentId) claims.set(fact.by, fact);
    } else if (fact.kind === 'sent') {
      const read = reads.get(fact.by);
      const claim = claims.get(fact.by) ?? null;
      sends.push({
        sent: fact,
        order: fact.order,
        lastRead: read ?? null,
        claim,
        approval: claim && approvalBefore(told, claim),
        before: comments
          .filter(({ commentId }) => commentId !== fact.commentId)
          // Of one instant, the order among the facts tells what was first.
          .map((comment) => ({
            ...comment,
            wasReadable: read !== undefined && comment.order < read.order && comment.readableAt <= read.asOf,
          })),
      });
    }
  }
  return sends;
}

function approvalBefore(told: readonly Told[], { commentId, order }: Placed<ClaimedFact>): Told | null {
  return (
    told.findLast(
      (one) => one.name === 'ReplyApproved' && one.data.answersCommentId === commentId && one.order < order,
    ) ?? null
  );
}
