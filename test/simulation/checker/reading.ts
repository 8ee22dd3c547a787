/** The facts of a run, read once and sorted by what the rules ask for. */
import type {
  Account,
  ClaimedFact,
  CommentFact,
  Fact,
  FinalTicket,
  HeldFact,
  PublishedFact,
  SentFact,
  StatusFact,
  TagsFact,
  WebhookFact,
} from '../facts.ts';
import type { RuleName } from './rules.ts';
import { type Send, sendsIn } from './sends.ts';

export type Violation = {
  readonly rule: RuleName;
  /** 0 where it shows only when all is over. */
  readonly at: number;
  readonly conversationId: string | null;
  readonly says: string;
  /** The message or comment that it is about, by its root's id or its own. */
  readonly subject?: string;
};
export type Rule = (reading: Reading) => readonly Violation[];

export function blame(
  rule: RuleName,
  at: number,
  conversationId: string | null,
  says: string,
  subject?: string | null,
): Violation {
  const whole = conversationId === null ? says : `${conversationId}: ${says}`;
  return { rule, at, conversationId, says: whole, ...(typeof subject === 'string' && { subject }) };
}

/** On the wire only the account is seen that something came from, not which process it was. */
export function isKnown(by: string): boolean {
  return by.includes('#');
}

/** What the rules look at in an event. */
export type Told = {
  readonly at: number;
  /** Position among all facts. */
  readonly order: number;
  readonly by: string;
  readonly name: string;
  readonly eventId: string;
  readonly rootEventId: string | null;
  readonly causationId: string;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly intakeKey: string | null;
  readonly seq: string | null;
  /** When the message was taken in, as the event says. */
  readonly receivedAt: number;
  readonly channel: string;
  readonly hops: number;
  readonly producer: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly detail: string;
};

/** The comments that a decision is about. */
export const turnOf = ({ data }: Told): string[] =>
  Array.isArray(data.turnCommentIds) ? data.turnCommentIds.map(String) : [];

export type Write = TagsFact | StatusFact | SentFact;

/** A fact and its position among all facts. */
export type Placed<F extends Fact> = F & { readonly order: number };

/** What became of one conversation, each kind in the order in which it happened. */
export type Story = {
  readonly conversationId: string;
  readonly comments: readonly CommentFact[];
  readonly webhooks: readonly WebhookFact[];
  readonly claims: readonly Placed<ClaimedFact>[];
  readonly held: readonly Placed<HeldFact>[];
  readonly sends: readonly Send[];
  /** What our functions wrote to the helpdesk. */
  readonly writes: readonly Write[];
  /** Each event once, where it was first told. */
  readonly told: readonly Told[];
  readonly ticket: FinalTicket | null;
  /** When it was closed for the last time: for good where it still is, never where it was not. */
  readonly closedAt: number;
};

export type Reading = {
  readonly account: Account;
  /** Every publication. */
  readonly published: readonly Told[];
  /** Each event once, where it was first told. */
  readonly told: readonly Told[];
  readonly stories: readonly Story[];
  /** What was told under each root. */
  readonly byRoot: ReadonlyMap<string, readonly Told[]>;
  /** A failure queue holds it, and its ticket says that a person has to look (interfaces §2). */
  isGivenUp(rootEventId: string, conversationId: string): boolean;
};

/**
 * What is stored and its owner died before telling is told by the sweeper after two minutes, at one of its turns (protocols §7–8), and
 * recorded soon after: what is older stands in the trail, whatever is lost beside it.
 */
export const TOLD_BY_SWEEPER_MS = 10 * 60_000;

const GIVEN_UP_TAG = 'mw-error-needs-attention';
/** Whoever else writes on a ticket is no function of ours. */
const PEOPLE = ['customer', 'agent'];

export function ofKind<K extends Fact['kind']>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

export function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export function readAccount(account: Account): Reading {
  const { facts, tickets } = account;
  const published = toldIn(facts);
  const told = firstTellings(published);
  const ticketOf = new Map(tickets.map((ticket) => [ticket.conversationId, ticket]));
  const failures = ofKind(facts, 'failure').map(({ body }) => body);
  return {
    account,
    published,
    told,
    stories: storiesOf(facts, told, ticketOf),
    byRoot: groupBy(
      told.filter(({ rootEventId }) => rootEventId !== null),
      ({ rootEventId }) => rootEventId ?? '',
    ),
    isGivenUp: (rootEventId, conversationId) =>
      ticketOf.get(conversationId)?.tags.includes(GIVEN_UP_TAG) === true &&
      failures.some((body) => body.includes(rootEventId)),
  };
}

/** Every publication, as the rules see it. */
export function toldIn(facts: readonly Fact[]): Told[] {
  return facts.flatMap((fact, order) => (fact.kind === 'published' ? [readTold(fact, order)] : []));
}

function readTold(fact: PublishedFact, order: number): Told {
  const { metadata, data } = JSON.parse(fact.detail) as {
    metadata: Omit<Told, 'seq' | 'receivedAt'> & { conversationSeq: string | null; receivedAt: string | null };
    data: Record<string, unknown>;
  };
  const { eventId, rootEventId, causationId, conversationId, messageId, intakeKey, channel, hops, producer } = metadata;
  return {
    ...{ at: fact.at, order, by: fact.by, name: fact.detailType, detail: fact.detail, data },
    ...{ eventId, rootEventId, causationId, conversationId, messageId, intakeKey, channel, hops, producer },
    seq: metadata.conversationSeq,
    receivedAt: metadata.receivedAt === null ? fact.at : Date.parse(metadata.receivedAt),
  };
}

/** The first publication of each event id. */
function firstTellings(published: readonly Told[]): Told[] {
  const seen = new Set<string>();
  return published.filter(({ eventId }) => !seen.has(eventId) && seen.add(eventId));
}

type Draft = {
  readonly comments: CommentFact[];
  readonly webhooks: WebhookFact[];
  readonly claims: Placed<ClaimedFact>[];
  readonly held: Placed<HeldFact>[];
  readonly writes: Write[];
  readonly facts: Placed<Fact>[];
  readonly told: Told[];
};

function storiesOf(facts: readonly Fact[], told: readonly Told[], ticketOf: ReadonlyMap<string, FinalTicket>): Story[] {
  const drafts = new Map<string, Draft>();
  const draftOf = (conversationId: string): Draft => {
    const known = drafts.get(conversationId);
    if (known) return known;
    const made: Draft = { comments: [], webhooks: [], claims: [], held: [], writes: [], facts: [], told: [] };
    drafts.set(conversationId, made);
    return made;
  };
  for (const conversationId of ticketOf.keys()) draftOf(conversationId);
  for (const [order, fact] of facts.entries()) {
    if (!('conversationId' in fact)) continue;
    const draft = draftOf(fact.conversationId);
    draft.facts.push({ ...fact, order });
    if (fact.kind === 'comment') draft.comments.push(fact);
    else if (fact.kind === 'webhook') draft.webhooks.push(fact);
    else if (fact.kind === 'claimed') draft.claims.push({ ...fact, order });
    else if (fact.kind === 'held') draft.held.push({ ...fact, order });
    else if ((fact.kind === 'tags' || fact.kind === 'status' || fact.kind === 'sent') && !PEOPLE.includes(fact.by))
      draft.writes.push(fact);
  }
  for (const one of told) if (one.conversationId !== null) draftOf(one.conversationId).told.push(one);
  return [...drafts].map(([conversationId, { facts: own, ...draft }]) => ({
    conversationId,
    ...draft,
    sends: sendsIn(own, draft.told),
    ticket: ticketOf.get(conversationId) ?? null,
    closedAt: closedAt(own, ticketOf.get(conversationId) ?? null),
  }));
}

/** Epoch milliseconds; a ticket that is closed at the end hides all that stands on it. */
function closedAt(facts: readonly Fact[], ticket: FinalTicket | null): number {
  if (ticket?.status !== 'open') return Number.POSITIVE_INFINITY;
  const closings = ofKind(facts, 'status').filter(({ status }) => status === 'closed');
  return Math.max(Number.NEGATIVE_INFINITY, ...closings.map(({ at }) => at));
}
