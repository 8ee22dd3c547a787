/** The facts of a run, sorted for the rules. */
import type { Account, CommentFact, Fact, PublishedFact, ReadFact, SentFact } from '../facts.ts';

/** What the rules look at in an event. */
export type Told = {
  readonly at: number;
  /** Position among all facts. */
  readonly order: number;
  readonly by: string;
  readonly name: string;
  readonly eventId: string;
  readonly rootEventId: string | null;
  readonly conversationId: string | null;
  readonly seq: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly detail: string;
};

export type Violation = { readonly rule: string; readonly at: number; readonly says: string };

export function ofKind<K extends Fact['kind']>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

export function toldIn(facts: readonly Fact[]): Told[] {
  return facts.flatMap((fact, order) => (fact.kind === 'published' ? [readTold(fact, order)] : []));
}

function readTold(fact: PublishedFact, order: number): Told {
  const { metadata, data } = JSON.parse(fact.detail) as {
    metadata: {
      eventId: string;
      rootEventId: string | null;
      conversationId: string | null;
      conversationSeq: string | null;
    };
    data: Record<string, unknown>;
  };
  return {
    at: fact.at,
    order,
    by: fact.by,
    name: fact.detailType,
    eventId: metadata.eventId,
    rootEventId: metadata.rootEventId,
    conversationId: metadata.conversationId,
    seq: metadata.conversationSeq,
    data,
    detail: fact.detail,
  };
}

/** The first publication of each event id. */
export function firstTellings(told: readonly Told[]): Told[] {
  const seen = new Set<string>();
  return told.filter(({ eventId }) => !seen.has(eventId) && seen.add(eventId));
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** A reply with what its sender had seen and what stood on the ticket. */
export type Send = {
  readonly sent: SentFact;
  /** The sender's last look at the ticket. */
  readonly lastRead: ReadFact | null;
  /** When the door was claimed for it. */
  readonly claimedAt: number | null;
  /** Comments before it, in the order in which they came to stand. */
  readonly before: readonly Standing[];
};

/** A comment, and whether the sender's last look could show it. */
export type Standing = CommentFact & { readonly wasReadable: boolean };

export function sendsOf({ facts }: Pick<Account, 'facts'>): Send[] {
  const sends: Send[] = [];
  const reads = new Map<string, { fact: ReadFact; order: number }>();
  const claims = new Map<string, number>();
  const comments = new Map<string, { fact: CommentFact; order: number }[]>();
  for (const [order, fact] of facts.entries()) {
    if (fact.kind === 'read') reads.set(`${fact.by} ${fact.conversationId}`, { fact, order });
    else if (fact.kind === 'claimed') claims.set(`${fact.by} ${fact.conversationId}`, fact.at);
    else if (fact.kind === 'comment')
      comments.set(fact.conversationId, [...(comments.get(fact.conversationId) ?? []), { fact, order }]);
    else if (fact.kind === 'sent') {
      const key = `${fact.by} ${fact.conversationId}`;
      const read = reads.get(key);
      sends.push({
        sent: fact,
        lastRead: read?.fact ?? null,
        claimedAt: claims.get(key) ?? null,
        before: (comments.get(fact.conversationId) ?? [])
          .filter((comment) => comment.fact.commentId !== fact.commentId)
          // Of one instant, the order among the facts tells what was first.
          .map(({ fact: comment, order }) => ({
            ...comment,
            wasReadable: read !== undefined && order < read.order && comment.readableAt <= read.fact.asOf,
          })),
      });
    }
  }
  return sends;
}
