/**
 * Through the door, in the order of protocols §6: re-read, gates, slot, commit, claim, fresh flags, send. Every clause
 * that looks odd has a counter-example behind it.
 */
import type { ReasonCode } from '../../../events/words.ts';
import { approvedReply } from '../../../policy/decide.ts';
import { type Conversation, commitReply, setSticky } from '../../shared/conversation/conversation.ts';
import { reserveSlot } from '../../shared/conversation/customers.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import type { FlagSnapshot } from '../../shared/flags/flags.ts';
import { comparableText } from '../../shared/helpdesk/comparable.ts';
import { claimAction, finishAction, outcomeOf, readAction } from '../../shared/ledger/actions.ts';
import type { Ticket } from '../../shared/ports.ts';
import { reveal } from '../../shared/restricted.ts';
import { CAPS, TIMES } from '../../shared/times.ts';
import { endClaimless, type Judged, suppressed, type Withheld } from './ends.ts';
import { escalationFacts } from './escalate.ts';
import { type Approved, keyOf, type ReplyContext } from './handler.ts';
import { judgeAtDoor } from './judge.ts';
import { readOrderNow } from './order-now.ts';
import { type DoorReading, isTaggedAnswered, type Reading, readDoor } from './reading.ts';
import { renderReply } from './render.ts';
import { type Ending, type Sending, sendOnce, unlessBusy } from './send.ts';
import { readStanding, type Standing } from './standing.ts';

export type Passed = { readonly outcome: Envelope; readonly escalations: readonly Envelope[] } | null;

/** @returns `null` while another holds the claim: then this attempt does nothing and succeeds. */
export async function goThrough(event: Approved, context: ReplyContext): Promise<Passed> {
  const { container } = context;
  if (event.metadata.replay !== null)
    return ended(await endClaimless(event, context, { reasonCode: 'replay_suppressed' }));
  // Before the re-read, so that nothing of ours lies between it and the send that could lie before it: the commit proves
  // that what was read here still stands.
  const standing = await readStanding(event, context);
  const flags = await container.flags.read();
  const digester = await container.digests();
  const read = await readAgain(event, context);
  if (!read) return ended(await endClaimless(event, context, { reasonCode: 'vendor_error_fail_closed' }));
  const reading: Reading = { ...read, order: await readOrderNow(event, context, read.ticket) };
  const { customerHash } = event.data.candidate;
  const judged = judgeAtDoor(event, context, reading, standing, flags);
  if (judged.decision.escalates) return escalate(event, context, judged);
  if (isTaggedAnswered(reading.ticket, event.data.answersCommentId))
    return ended(await endClaimless(event, context, { reasonCode: 'stale_sequence', judged }));
  if (reading.order.kind === 'changed')
    return ended(await endClaimless(event, context, objectionTo(judged, 'order_facts_stale')));
  if (!isSameReply(event, judged)) return ended(await withhold(event, context, judged));
  const rendered = renderReply(event, context, reading, { flags, digester });
  if (!rendered.ok) return ended(await endClaimless(event, context, { reasonCode: rendered.reasonCode, judged }));
  const { slots } = standing;
  if (customerHash === null || !slots || !(await reserveSlot(container, customerHash, event.data.approvalId, slots)))
    return ended(await endClaimless(event, context, { reasonCode: 'cap_24h_customer', judged }));
  const refusal = await commit(event, context, reading, standing, flags);
  if (refusal) return ended(await endClaimless(event, context, { reasonCode: refusal, judged }));
  const { text, renderedVars, estimate } = rendered;
  return claimAndSend(event, context, reading, { text, renderedVars, estimate, judged });
}

const ended = (outcome: Envelope | null): Passed => (outcome === null ? null : { outcome, escalations: [] });
const conversationOf = (event: Approved) => event.metadata.conversationId ?? '';

/** `null` when the helpdesk does not know the ticket any more. */
export async function readAgain(event: Approved, { container }: ReplyContext): Promise<DoorReading | null> {
  const digester = await container.digests();
  const ticket = await container.helpdesk.ticket(conversationOf(event));
  const { answersCommentId, input } = event.data;
  return (
    ticket &&
    readDoor(ticket, answersCommentId, input, container.clock.monotonic(), ({ createdAt, id }) =>
      digester.conversationSeq(createdAt, id),
    )
  );
}

/** The facts rendered are the ones approved: another template than the approved one voids the approval. */
export function isSameReply(event: Approved, judged: NonNullable<Judged>): boolean {
  return approvedReply(judged.decision) && judged.decision.templateId === event.data.templateId;
}

function withhold(event: Approved, context: ReplyContext, judged: NonNullable<Judged>): Promise<Envelope | null> {
  return endClaimless(event, context, objectionTo(judged));
}

/**
 * Why a reply that was approved is not sent; what now wants another template, or rests on other facts, is no approval of
 * this one, and its own reasons say what changed.
 */
export function objectionTo(
  judged: NonNullable<Judged>,
  changed: 'template_changed' | 'order_facts_stale' = 'template_changed',
): Withheld {
  const [, ...why] = judged.decision.reasonCodes;
  const objections: readonly ReasonCode[] = approvedReply(judged.decision)
    ? [changed, ...why]
    : judged.decision.reasonCodes;
  const [reasonCode = 'vendor_error_fail_closed'] = objections;
  return { reasonCode, reasonCodes: objections.length > 0 ? objections : [reasonCode], judged };
}

/** A Tier 0 hit at the last look: the sticky flag at once, the reply dropped, the ticket rerouted. */
async function escalate(event: Approved, context: ReplyContext, judged: NonNullable<Judged>): Promise<Passed> {
  const { decision } = judged;
  if (decision.team) await setSticky(context.container, conversationOf(event), decision.riskFlags, decision.team);
  const outcome = await withhold(event, context, judged);
  return outcome === null ? null : { outcome, escalations: escalationFacts(context, event, judged) };
}

/** If only the version differs: read, gate again, try again, at most three times (protocols §6). */
async function commit(
  event: Approved,
  context: ReplyContext,
  reading: Reading,
  first: Standing,
  flags: FlagSnapshot,
): Promise<ReasonCode | null> {
  const { container } = context;
  const seq = event.metadata.conversationSeq ?? '';
  const { approvalId, templateId } = event.data;
  let seen = first.conversation;
  for (let round = 0; round < CAPS.routeRounds; round += 1) {
    const result = await commitReply(container, conversationOf(event), { seq, approvalId, templateId, seen });
    if (result.committed) return null;
    const refusal = refusalOf(result.now, seq, approvalId, container.clock.now());
    if (refusal) return refusal;
    seen = result.now;
    const judged = judgeAtDoor(event, context, reading, { ...first, conversation: seen }, flags);
    if (!isSameReply(event, judged)) return objectionTo(judged).reasonCode;
  }
  return 'stale_sequence';
}

function refusalOf(now: Conversation, seq: string, approvalId: string, at: number): ReasonCode | null {
  if (now.stickyFlags.length > 0) return 'sticky_escalation';
  if (now.latestSeq !== seq) return 'superseded_by_newer_message';
  if (now.agentHeldUntil >= at) return 'last_message_from_agent';
  if (now.lastReplyApproval === approvalId) return null;
  if (now.lastReplySeq !== null && now.lastReplySeq >= seq) return 'stale_sequence';
  if (now.replies.some((reply) => reply.at > at - TIMES.cooldownMs)) return 'cooldown_10m';
  return null;
}

/** The claim is a one-way door: its owner alone may send, once, within 20 s counted from before the first claim request. */
async function claimAndSend(
  event: Approved,
  context: ReplyContext,
  first: Reading,
  reply: Pick<Sending, 'text' | 'renderedVars' | 'estimate' | 'judged'>,
): Promise<Passed> {
  const { container } = context;
  const key = keyOf(event);
  let reading = first;
  if (container.clock.monotonic() - reading.at > TIMES.reReadValidMs) {
    const again = await readAgain(event, context);
    if (!again || hasChanged(first.ticket, again.ticket))
      return ended(
        await endClaimless(event, context, { reasonCode: 'superseded_by_newer_message', judged: reply.judged }),
      );
    reading = { ...again, order: first.order };
  }
  const began = { monotonic: container.clock.monotonic(), wall: container.clock.now() };
  const digester = await container.digests();
  const claimed = await container.trace('responder.claim', {}, () =>
    claimAction(container, key, context.owner, {
      snapshot: reading.ticket.comments.map(({ id }) => id),
      text_hash: digester.digest('reply', comparableText(reveal(reply.text), false)),
      approval: JSON.stringify(event),
      approval_id: event.data.approvalId,
      template_id: event.data.templateId,
      conversation_id: conversationOf(event),
      generation: context.generation,
    }),
  );
  if (!claimed) {
    const standing = await readAction(container, key);
    container.metrics.count('responder.duplicate_action_prevented_total');
    return ended(standing ? outcomeOf(standing) : null);
  }
  const last = await unlessBusy(() => judgeAfresh(event, context, reading));
  const outcome =
    last && isSameReply(event, last)
      ? await sendOnce(event, context, { ...reply, reading, began, judged: last })
      : withheldAtLast(event, context, last, reply.judged);
  if (await finishAction(container, key, outcome.status, outcome.fact))
    return { outcome: outcome.fact, escalations: [] };
  const standing = await readAction(container, key);
  return ended(standing ? outcomeOf(standing) : null);
}

/** The flags as they are now; nothing is awaited between them and the send. */
export async function judgeAfresh(
  event: Approved,
  context: ReplyContext,
  reading: Reading,
): Promise<NonNullable<Judged>> {
  const [standing, flags] = await context.container.trace('responder.flags', {}, () =>
    Promise.all([readStanding(event, context), context.container.flags.read(true)]),
  );
  return judgeAtDoor(event, context, reading, standing, flags);
}

function withheldAtLast(event: Approved, context: ReplyContext, last: Judged, first: Judged): Ending {
  const why: Withheld = last ? objectionTo(last) : { reasonCode: 'vendor_error_fail_closed', judged: first };
  return { status: 'FAILED', fact: suppressed(event, context, why) };
}

/** Any comment that the first reading did not have. */
export function hasChanged(before: Ticket, after: Ticket): boolean {
  const known = new Set(before.comments.map(({ id }) => id));
  return after.status !== before.status || after.comments.some(({ id }) => !known.has(id));
}
