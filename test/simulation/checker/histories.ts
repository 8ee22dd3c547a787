/**
 * A good history of one question, told in named facts, so that a bad one is a small edit of it: a name given other facts
 * has those in its place, a name given `[]` has none. Beside the tests, which alone read it.
 */
import type {
  Account,
  ClaimedFact,
  CommentFact,
  Fact,
  PublishedFact,
  ReadFact,
  SentFact,
  StatusFact,
  TagsFact,
  WebhookFact,
} from '../facts.ts';
import { check } from './check.ts';
import type { RuleName } from './rules.ts';

/** A Tuesday; every time below is in milliseconds since then. */
export const START = Date.UTC(2026, 2, 3, 9, 0, 0);
export const CONVERSATION = 'conv-1';
export const ROOT = 'e-received';
export const SENDER = 'responder-reply#1';
export const ROUTER = 'responder-route#1';
export const APPROVAL = 'apr-1';
export const CUSTOMER = 'h_2_somebody';
export const MINUTE_MS = 60_000;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A sequence as protocols §3 makes it: the comment's time, then what decides at equal times. */
export function sequenceAt(at: number, tie = 'A'): string {
  let time = '';
  for (let rest = START + at, place = 0; place < 10; place += 1, rest = Math.floor(rest / 32))
    time = `${CROCKFORD[rest % 32]}${time}`;
  return time + tie.repeat(16);
}

type About = {
  readonly eventId?: string;
  readonly by?: string;
  readonly root?: string;
  readonly cause?: string;
  /** `null`: about none. */
  readonly conversationId?: string | null;
  readonly seq?: string | null;
  readonly commentId?: string;
  readonly hops?: number;
  readonly channel?: string;
  /** When it was made, where it is told later. */
  readonly made?: number;
};

/** An event on the bus; its id is made of its name, so that one name told twice is one event. */
export function told(at: number, name: string, data: Record<string, unknown> = {}, about: About = {}): PublishedFact {
  const { by = 'verify#1', root = ROOT, seq = sequenceAt(0), commentId = 'c1', hops = 2, channel = 'email' } = about;
  const producer = by.split('#')[0];
  const metadata = {
    receivedAt: new Date(START + 100).toISOString(),
    eventId: about.eventId ?? `e-${name}`,
    eventName: name,
    occurredAt: new Date(START + (about.made ?? at)).toISOString(),
    publishedAt: new Date(START + at).toISOString(),
    conversationId: about.conversationId === undefined ? CONVERSATION : about.conversationId,
    messageId: commentId,
    intakeKey: commentId,
    conversationSeq: seq,
    hops,
    causationId: about.cause ?? root,
    rootEventId: root,
    producer,
    channel,
    replay: null,
  };
  return {
    kind: 'published',
    at: START + at,
    by,
    source: `frontdesk.${producer}`,
    detailType: name,
    detail: JSON.stringify({ metadata, data }),
  };
}

export function comment(at: number, commentId: string, more: Partial<CommentFact> = {}): CommentFact {
  const base = { conversationId: CONVERSATION, author: 'customer', readableAt: START + at, isDispute: false } as const;
  return { kind: 'comment', at: START + at, commentId, ...base, ...more };
}

export function webhook(at: number, commentId = 'c1', more: Partial<WebhookFact> = {}): WebhookFact {
  const base = { conversationId: CONVERSATION, status: 200, eventId: ROOT };
  return { kind: 'webhook', at: START + at, commentId, ...base, ...more };
}

export function read(at: number, more: Partial<ReadFact> = {}): ReadFact {
  return { kind: 'read', at: START + at, by: SENDER, conversationId: CONVERSATION, asOf: START + at, ...more };
}

export function claimed(at: number, more: Partial<ClaimedFact> = {}): ClaimedFact {
  return { kind: 'claimed', at: START + at, by: SENDER, conversationId: CONVERSATION, commentId: 'c1', ...more };
}

/** The root found later, or whichever, claimed a comment beside its own. */
export function held(at: number, commentId: string, rootEventId = ROOT): Fact {
  return { kind: 'held', at: START + at, by: 'classify#1', conversationId: CONVERSATION, commentId, rootEventId };
}

/** A reply that reached the helpdesk: the comment that it became, and the send. */
export function sent(at: number, commentId = 'b1', more: Partial<SentFact> = {}): [CommentFact, SentFact] {
  const about = { by: SENDER, conversationId: CONVERSATION, commentId, text: 'Hello.' };
  return [
    comment(at, commentId, { author: 'bot', conversationId: more.conversationId ?? CONVERSATION }),
    { kind: 'sent', at: START + at, writtenAt: START + at - 50, ...about, ...more },
  ];
}

export function tagged(at: number, added: string[], removed: string[] = [], more: Partial<TagsFact> = {}): TagsFact {
  return { kind: 'tags', at: START + at, by: ROUTER, conversationId: CONVERSATION, added, removed, ...more };
}

export function status(at: number, to: 'open' | 'closed', by = SENDER): StatusFact {
  return { kind: 'status', at: START + at, by, conversationId: CONVERSATION, status: to };
}

/** Sticky: whoever reads the conversation from now on knows of Tier 0. */
export function flagged(at: number): Fact {
  return { kind: 'flagged', at: START + at, by: 'classify#1', conversationId: CONVERSATION };
}

export function stop(at: number, stopped = true): Fact {
  return { kind: 'switch', at: START + at, stopped };
}

/** A run of the reconciler is over. */
export function looked(at: number): PublishedFact {
  const about = { by: 'reconciler#1', eventId: 'e-looked', root: 'e-looked', conversationId: null, hops: 0 };
  return told(at, 'ReconciliationCompleted', {}, about);
}

/** From `at` on nothing written before `epoch` is answered. */
export function epoch(at: number, of: number): Fact {
  return { kind: 'epoch', at: START + at, epoch: START + of };
}

export function failure(at: number, target: string, body: string): Fact {
  return { kind: 'failure', at: START + at, target, cause: 'error', body };
}

/** Of the archive: alone at the end, or `during` live traffic. */
export function replay(at: number, during = false): Fact {
  return { kind: 'replay', at: START + at, name: 'recovery-1', ...(during ? { during } : {}) };
}

/** The parts of which an event is often given other ones. */
export const DATA = {
  classified: {
    tier: 1,
    rank: 1,
    routeTag: 'route-a',
    routeWhen: 'now',
    turnCommentIds: ['c1'],
    customerHash: CUSTOMER,
  },
  routed: {
    tier: 1,
    rank: 1,
    routeTag: 'route-a',
    mode: 'now',
    assigned: true,
    writes: 1,
    tagsAdded: ['mw-processed'],
  },
  approved: {
    approvalId: APPROVAL,
    templateId: 't_damaged_item_intake',
    templateHash: 'a1',
    tier: 1,
    answersCommentId: 'c1',
    expiresAt: new Date(START + 10 * MINUTE_MS).toISOString(),
    candidate: { customerHash: CUSTOMER },
  },
  replySent: {
    approvalId: APPROVAL,
    templateId: 't_damaged_item_intake',
    templateHash: 'a1',
    tier: 1,
    answersCommentId: 'c1',
    vendorMessageRef: 'b1',
    tagsAdded: ['mw-auto-replied'],
  },
  settled: { outcome: 'replied' },
} as const;

export const GOOD = {
  asked: comment(0, 'c1'),
  received: told(100, 'MessageReceived', {}, { by: 'ingest#1', eventId: ROOT, seq: null, hops: 0 }),
  webhook: webhook(110),
  classified: told(500, 'MessageClassified', DATA.classified, { by: 'classify#1', hops: 1 }),
  tagged: tagged(700, ['mw-processed', 'route-a']),
  routed: told(750, 'TicketRouted', DATA.routed, { by: ROUTER, cause: 'e-MessageClassified' }),
  approved: told(900, 'ReplyApproved', DATA.approved, { cause: 'e-MessageClassified' }),
  read: read(1_000),
  claimed: claimed(1_100),
  sent: sent(1_200),
  replyTagged: tagged(1_400, ['mw-auto-replied'], [], { by: SENDER }),
  replySent: told(1_500, 'ReplySent', DATA.replySent, { by: SENDER, cause: 'e-ReplyApproved', hops: 3 }),
  settled: told(1_600, 'MessageSettled', DATA.settled, { by: SENDER, hops: 1 }),
} as const satisfies Record<string, Fact | readonly Fact[]>;

/** Facts in their order, nested as it suits. */
export type Facts = Fact | readonly Facts[];
export type Edit = Partial<Record<keyof typeof GOOD, Facts>>;

/** Of the same question, claimed and never sent: another found the claim and told of its owner as dead. */
export const SENDER_LOST = {
  sent: [],
  replyTagged: tagged(1_400, ['mw-send-failed'], [], { by: 'responder-settle#1' }),
  replySent: told(
    1_500,
    'ReplyFailed',
    { answersCommentId: 'c1', outcome: 'unknown', errorCode: 'sender_lost' },
    { by: 'responder-settle#1', cause: 'e-ReplyApproved' },
  ),
  settled: told(1_600, 'MessageSettled', { outcome: 'failed' }, { by: 'responder-settle#1' }),
} satisfies Edit;

/** Of the same question, without a reply: denied, routed, settled as such. */
export const ROUTED_ONLY = {
  approved: told(900, 'ReplyDenied', { answersCommentId: 'c1' }, { cause: 'e-MessageClassified' }),
  read: [],
  claimed: [],
  sent: [],
  replyTagged: [],
  replySent: [],
  settled: told(1_600, 'MessageSettled', { outcome: 'routed' }, { by: ROUTER, hops: 1 }),
} satisfies Edit;

/** Another question of the same customer, answered and settled. */
export function answered(at: number, commentId: string, conversationId = CONVERSATION): Facts {
  const root = `e-${commentId}`;
  const about = { conversationId, root, commentId, seq: sequenceAt(at), by: SENDER };
  const approved = {
    ...DATA.approved,
    answersCommentId: commentId,
    approvalId: `apr-${commentId}`,
    expiresAt: new Date(START + at + 10 * MINUTE_MS).toISOString(),
  };
  const reply = `b-${commentId}`;
  const replySent = { ...DATA.replySent, ...approved, vendorMessageRef: reply, tagsAdded: [] };
  return [
    comment(at, commentId, { conversationId }),
    told(at + 10, 'MessageReceived', {}, { ...about, by: 'ingest#1', eventId: root, seq: null, hops: 0 }),
    told(at + 20, 'ReplyApproved', approved, { ...about, by: 'verify#1', eventId: `${root}-approved` }),
    read(at + 30, { conversationId }),
    claimed(at + 40, { conversationId, commentId }),
    sent(at + 200, reply, { conversationId }),
    told(at + 300, 'ReplySent', replySent, { ...about, eventId: `${root}-sent`, cause: `${root}-approved` }),
    told(at + 400, 'MessageSettled', { outcome: 'replied' }, { ...about, eventId: `${root}-settled` }),
  ];
}

/** All that the checker gets of the good history so edited; what `change` does not name follows from the facts. */
export function history(edit: Edit = {}, change: Partial<Account> = {}): Account {
  const facts = factsIn(Object.values<Facts>({ ...GOOD, ...edit }));
  const ids = facts.flatMap((fact) =>
    fact.kind === 'published' ? [(JSON.parse(fact.detail) as { metadata: { eventId: string } }).metadata.eventId] : [],
  );
  return {
    facts,
    tickets: [...new Set(facts.flatMap((fact) => (fact.kind === 'comment' ? [fact.conversationId] : [])))].map((id) =>
      ticketAfter(facts, id),
    ),
    resting: [],
    canary: 'zoqulx',
    trail: [...new Set(ids)],
    ...change,
  };
}

function factsIn(facts: Facts): Fact[] {
  return 'kind' in facts ? [facts] : facts.flatMap(factsIn);
}

function ticketAfter(facts: readonly Fact[], conversationId: string): Account['tickets'][number] {
  const tags = new Set<string>();
  let state: 'open' | 'closed' = 'open';
  for (const fact of facts) {
    if (!('conversationId' in fact) || fact.conversationId !== conversationId) continue;
    if (fact.kind === 'status') state = fact.status;
    if (fact.kind !== 'tags') continue;
    for (const tag of fact.removed) tags.delete(tag);
    for (const tag of fact.added) tags.add(tag);
  }
  return { conversationId, tags: [...tags], status: state };
}

/** A row of a table of bad histories: what is wrong, the rules that say so, the history. */
export type Bad = readonly [says: string, rules: readonly RuleName[], given: Account];

export function rulesBrokenBy(given: Account): string[] {
  return [...new Set(check(given).violations.map(({ rule }) => rule))].sort();
}
