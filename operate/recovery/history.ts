/** One conversation's facts, ordered and told apart by what the ledger and the conversation record said of them. Pure. */
import type { Definition, EventName } from '../../events/catalogue.ts';
import type { AnyEvent, EventOf } from '../../events/define-event.ts';
import { hasEffects } from '../dead-letters/plan.ts';

export type Fact<N extends EventName> = EventOf<Definition<N>>;
export type Decision = Fact<'MessageClassified' | 'ClassificationFailed'>;
export type Outcome = Fact<'ReplySent' | 'ReplyFailed' | 'ReplySuppressed'>;

export type Message = {
  readonly rootEventId: string;
  readonly intakeKey: string;
  /** `null` where no archive at hand holds it. */
  readonly root: AnyEvent | null;
  readonly settled: Fact<'MessageSettled'> | null;
  readonly isDead: boolean;
};

export type History = {
  readonly conversationId: string;
  /** Every fact once, as it came about. */
  readonly facts: readonly AnyEvent[];
  readonly messages: readonly Message[];
  readonly decisions: readonly Decision[];
  readonly approvals: ReadonlyMap<string, Fact<'ReplyApproved'>>;
  /** By the comment that was answered: the one that says most where several were stated. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
};

const ROOTS: readonly EventName[] = ['MessageReceived', 'MissedMessageDetected'];
const OUTCOMES = ['ReplySent', 'ReplyFailed', 'ReplySuppressed'] as const;
const DECISIONS = ['MessageClassified', 'ClassificationFailed'] as const;

/** @param given  facts of this conversation, in any order, as often as you like */
export function historyOf(conversationId: string, given: readonly AnyEvent[]): History {
  const facts = [...new Map(given.map((fact) => [fact.metadata.eventId, fact])).values()].toSorted(inOrder);
  const approvals = all(facts, ['ReplyApproved']);
  return {
    conversationId,
    facts,
    messages: messagesOf(facts),
    decisions: all(facts, DECISIONS),
    approvals: new Map(approvals.map((fact) => [fact.data.answersCommentId, fact])),
    outcomes: outcomesOf(all(facts, OUTCOMES)),
  };
}

export const nameOf = ({ metadata }: AnyEvent): EventName => metadata.eventName as EventName;

function all<const N extends EventName>(facts: readonly AnyEvent[], names: readonly N[]): Fact<N>[] {
  return facts.filter((fact) => (names as readonly EventName[]).includes(nameOf(fact))) as unknown as Fact<N>[];
}

function inOrder({ metadata: one }: AnyEvent, { metadata: other }: AnyEvent): number {
  return compare(one.occurredAt, other.occurredAt) || one.hops - other.hops || compare(one.eventId, other.eventId);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function messagesOf(facts: readonly AnyEvent[]): Message[] {
  const found = new Map<string, Message>();
  for (const fact of facts) {
    const { rootEventId, intakeKey } = fact.metadata;
    if (rootEventId === null || intakeKey === null) continue;
    const known = found.get(rootEventId) ?? { rootEventId, intakeKey, root: null, settled: null, isDead: false };
    found.set(rootEventId, learnt(known, fact));
  }
  return [...found.values()];
}

function learnt(message: Message, fact: AnyEvent): Message {
  const name = nameOf(fact);
  if (ROOTS.includes(name)) return { ...message, root: fact };
  if (name === 'MessageSettled') return { ...message, settled: fact as unknown as Fact<'MessageSettled'> };
  if (name !== 'DeadLettered') return message;
  // A letter that only the auditor wrote ended no message.
  const { data } = fact as unknown as Fact<'DeadLettered'>;
  return hasEffects(data.function) ? { ...message, isDead: true } : message;
}

/** Sent is proven, unknown may have been sent, the rest was not: so they rank. */
function outcomesOf(outcomes: readonly Outcome[]): Map<string, Outcome> {
  const found = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const { answersCommentId } = outcome.data;
    const known = found.get(answersCommentId);
    if (known === undefined || rankOf(outcome) > rankOf(known)) found.set(answersCommentId, outcome);
  }
  return found;
}

const RANKS = { DONE: 2, UNKNOWN: 1, FAILED: 0 } as const;
const rankOf = (outcome: Outcome): number => RANKS[statusOf(outcome)];

/** Approved, and no fact proves that it was not sent: it counts like a reply. */
export function mayHaveBeenSent({ outcomes }: History, { data }: Fact<'ReplyApproved'>): boolean {
  const outcome = outcomes.get(data.answersCommentId);
  return outcome === undefined || statusOf(outcome) === 'UNKNOWN';
}

/** Its sender closes the ticket after the reply, and no fact tells what became of that: closed, or routed in its place. */
export function mayHaveClosed({ facts }: History, { data }: Fact<'ReplyApproved'>): boolean {
  const { decisionId, candidate } = data;
  if (candidate.route.when !== 'afterReply') return false;
  const isTold = (fact: AnyEvent): boolean =>
    nameOf(fact) === 'TicketResolved'
      ? fact.data.approvalId === data.approvalId
      : nameOf(fact) === 'TicketRouted' && fact.data.decisionId === decisionId && fact.data.mode === 'afterReply';
  return !facts.some(isTold);
}

/** The status that an outcome gives the door's record (protocols §6). */
export function statusOf(outcome: Outcome): keyof typeof RANKS {
  if (outcome.metadata.eventName === 'ReplySent') return 'DONE';
  const isUnknown =
    outcome.metadata.eventName === 'ReplyFailed' && (outcome as Fact<'ReplyFailed'>).data.outcome === 'unknown';
  return isUnknown ? 'UNKNOWN' : 'FAILED';
}
