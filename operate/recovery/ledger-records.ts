/** What the ledger said of a conversation, made from its facts again (protocols §9). Pure; epoch milliseconds. */
import type { AnyEvent } from '../../events/define-event.ts';
import { derive, type Origin } from '../../functions/shared/envelopes.ts';
import { uuidV5 } from '../../functions/shared/ids.ts';
import { consumerKey, expiresAt, messageRecordKey, replyKey, resolveKey } from '../../functions/shared/ledger/keys.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { TIMES } from '../../functions/shared/times.ts';
import { type Decision, type Fact, type History, type Message, nameOf, type Outcome, statusOf } from './history.ts';

/** The generation is the raised one, under which everything is stated from here on. */
export type Rebuilding = {
  readonly generation: number;
  readonly now: number;
  readonly origin: Omit<Origin, 'producer'>;
};

/** Marks the owner of a record that no invocation made. */
export const OWNER = 'recovery';
/** Verdicts that rest on what another root has decided. */
const LEFT_TO_ANOTHER: readonly string[] = ['superseded', 'duplicate'];

/** Records of the ledger that are finished: nobody looks after them again. Those of unfinished messages: `unfinishedOf`. */
export function finishedRecords(history: History, { generation, now }: Rebuilding): Item[] {
  const over = history.messages.filter(isFinished);
  const isOver = (decision: Decision): boolean =>
    over.some(({ rootEventId }) => rootEventId === decision.metadata.rootEventId);
  const messages = over.map((message) => messageRecord(history, message, generation));
  const besides = unfinishedOf(history).filter(({ claimant }) => claimant !== null);
  const roots = new Set([...messages, ...besides].map(({ key }) => String(key)));
  return [
    // Claims before the record that a look asks for: it must not take a comment for missed whose claim is about to come. The record
    // of a named message is the claim on its comment itself.
    ...history.decisions
      .filter(isOver)
      .flatMap((decision) => claimRecords(history.conversationId, decision, generation))
      .filter(({ key }) => !roots.has(String(key))),
    ...messages,
    ...[...history.outcomes.values()].map((outcome) => replyRecord(history, outcome, generation)),
    ...history.facts
      .filter((fact) => nameOf(fact) === 'TicketResolved')
      .map((fact) => resolveRecord(history, fact, generation)),
  ].filter((item) => Number(item.expires_at) > Math.floor(now / 1000));
}

export type Unfinished = {
  readonly key: string;
  readonly root: AnyEvent;
  /** Root of another message, over, whose turn has its comment, where it has decided a turn of its own besides: that one has to end. */
  readonly claimant: string | null;
};

/** Roots whose message never ended: they are put as on their first day, and the sweeper republishes them. */
export function unfinishedOf({ messages, decisions }: History): Unfinished[] {
  const over = new Set(messages.filter(isFinished).map(({ rootEventId }) => rootEventId));
  return messages.flatMap((message) => {
    const { root, intakeKey } = message;
    if (root === null || isFinished(message)) return [];
    const hasDecided = decisions.some(({ metadata }) => metadata.rootEventId === message.rootEventId);
    const having = decisions.find(
      ({ metadata, data }) => over.has(metadata.rootEventId ?? '') && (data.turnCommentIds ?? []).includes(intakeKey),
    );
    const claimant = hasDecided ? (having?.metadata.rootEventId ?? null) : null;
    return [{ key: messageRecordKey(root.metadata.conversationId ?? '', intakeKey), root, claimant }];
  });
}

/**
 * Approvals whose outcome no fact tells: they may have been sent, so they are UNKNOWN, which is terminal for sending. The outcome
 * is stored to be told: the sweeper hands it to `responder-settle`, which tags the ticket for a person.
 */
export function unclearRecords(history: History, rebuilding: Rebuilding): Item[] {
  const open = [...history.approvals.values()].filter(({ data }) => !history.outcomes.has(data.answersCommentId));
  return open.flatMap((approval) => {
    const item = unclearRecord(history.conversationId, approval, rebuilding);
    return Number(item.expires_at) > Math.floor(rebuilding.now / 1000) ? [item] : [];
  });
}

export const isFinished = ({ settled, isDead }: Message): boolean => settled !== null || isDead;

/**
 * `classify` ended it without a decision, as part of another root's turn, and no decision that is told has it: that turn went with
 * the ledger, and nobody would decide the comment anew. Whoever finds it next takes it into a turn of its own.
 */
function hasLostItsTurn({ facts, decisions }: History, { rootEventId, settled, intakeKey }: Message): boolean {
  if (settled?.data.settledBy !== 'classify' || settled.data.outcome !== 'suppressed') return false;
  if (decisions.some(({ data }) => (data.turnCommentIds ?? []).includes(intakeKey))) return false;
  const verdict = facts.find(
    (fact) => nameOf(fact) === 'MessageDeduplicated' && fact.metadata.rootEventId === rootEventId,
  );
  return verdict === undefined || LEFT_TO_ANOTHER.includes(String(verdict.data.verdict));
}

const at = ({ metadata }: { readonly metadata: AnyEvent['metadata'] }): number => Date.parse(metadata.occurredAt);

function messageRecord(history: History, message: Message, generation: number): Item {
  const { conversationId, facts } = history;
  const { root, settled, rootEventId, intakeKey } = message;
  const known = settled ?? root ?? facts.find(({ metadata }) => metadata.rootEventId === rootEventId);
  const receivedAt = Date.parse(known?.metadata.receivedAt ?? known?.metadata.occurredAt ?? '');
  return {
    key: messageRecordKey(conversationId, intakeKey),
    status: settled === null ? 'DEAD' : 'SETTLED',
    event_id: rootEventId,
    conversation_id: conversationId,
    intake_key: intakeKey,
    created_at: new Date(receivedAt).toISOString(),
    received_at: receivedAt,
    generation,
    expires_at: expiresAt(receivedAt, TIMES.ttl.evt),
    ...(root !== null && { root: JSON.stringify(root) }),
    ...(settled !== null && {
      settled_by: settled.data.settledBy,
      settled_at: settled.metadata.occurredAt,
      outcome_message: settled.data.outcome,
      message_id: settled.metadata.messageId,
      conversation_seq: settled.metadata.conversationSeq,
    }),
    ...(hasLostItsTurn(history, message) && { turn_lost: true }),
  };
}

/** Claims on the comments of a decided turn, and the stored turn itself: what a later root asks (protocols §3). */
function claimRecords(conversationId: string, decision: Decision, generation: number): Item[] {
  const { rootEventId, conversationSeq, occurredAt } = decision.metadata;
  if (rootEventId === null) return [];
  const turn = decision.data.turnCommentIds ?? [];
  const decided = JSON.stringify({ facts: [], notes: { turn, seq: conversationSeq } });
  const pointers = turn.map((id) => ({
    key: messageRecordKey(conversationId, id),
    root_event_id: rootEventId,
    created_at: occurredAt,
    expires_at: expiresAt(at(decision), TIMES.ttl.evt),
  }));
  const claim = {
    key: consumerKey('classify', 'classify', rootEventId),
    status: 'DONE',
    owner: OWNER,
    generation,
    decided,
    created_at: occurredAt,
    expires_at: expiresAt(at(decision), TIMES.ttl.csm),
  };
  return [...pointers, claim];
}

function replyRecord({ conversationId, approvals }: History, outcome: Outcome, generation: number): Item {
  const { answersCommentId, approvalId, templateId } = outcome.data;
  const approval = approvals.get(answersCommentId);
  return {
    key: replyKey(conversationId, answersCommentId),
    status: statusOf(outcome),
    owner: OWNER,
    claimed_at: at(outcome),
    ended_at: at(outcome),
    received_at: at(outcome),
    outcome: JSON.stringify(outcome),
    ...(approval && { approval: JSON.stringify(approval) }),
    approval_id: approvalId,
    template_id: templateId,
    conversation_id: conversationId,
    generation,
    expires_at: expiresAt(at(outcome), TIMES.ttl.act),
  };
}

function unclearRecord(
  conversationId: string,
  approval: Fact<'ReplyApproved'>,
  { generation, now, origin }: Rebuilding,
): Item {
  const { answersCommentId, approvalId, templateId } = approval.data;
  const key = replyKey(conversationId, answersCommentId);
  const outcome = derive(
    'ReplyFailed',
    {
      approvalId,
      templateId,
      outcome: 'unknown',
      errorCode: 'ledger_lost',
      tagged: true,
      answersCommentId,
      input: null,
      inputHash: null,
      decision: null,
    },
    approval.metadata,
    { ...origin, producer: 'responder-settle' },
    { now, generation, eventId: uuidV5(key, 'outcome', generation) },
  );
  return {
    key,
    status: 'UNKNOWN',
    owner: OWNER,
    claimed_at: at(approval),
    ended_at: now,
    received_at: now,
    outcome: JSON.stringify(outcome),
    approval: JSON.stringify(approval),
    approval_id: approvalId,
    template_id: templateId,
    conversation_id: conversationId,
    generation,
    open: 'act',
    next_sweep_at: now,
    sweeps: 0,
    expires_at: expiresAt(at(approval), TIMES.ttl.act),
  };
}

function resolveRecord({ conversationId }: History, fact: AnyEvent, generation: number): Item {
  return {
    key: resolveKey(conversationId, fact.metadata.messageId ?? ''),
    status: 'DONE',
    owner: OWNER,
    claimed_at: at(fact),
    ended_at: at(fact),
    received_at: at(fact),
    outcome: JSON.stringify(fact),
    conversation_id: conversationId,
    generation,
    expires_at: expiresAt(at(fact), TIMES.ttl.act),
  };
}
