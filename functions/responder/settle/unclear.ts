/** A claim whose sender is dead or hangs: the outcome is found by reading, and the first writer wins (protocols §6). */
import * as v from 'valibot';
import { CATALOGUE } from '../../../events/catalogue.ts';
import type { ReasonCode } from '../../../events/words.ts';
import { decided, NOTHING } from '../../shared/consumer/definition.ts';
import { markResolved } from '../../shared/conversation/conversation.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import { RetryableError } from '../../shared/errors.ts';
import { uuidV5 } from '../../shared/ids.ts';
import { finishAction, outcomeOf, readAction } from '../../shared/ledger/actions.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { isOver, isTakenOver, readMessage, recordKeyOf } from '../../shared/ledger/messages.ts';
import type { Item } from '../../shared/store/language.ts';
import { noteOf } from '../note.ts';
import { rememberFlow } from '../pending-flow.ts';
import { findOurReply } from '../read-back.ts';
import { addExplanation, reopenIfOurs } from '../register.ts';
import { writeWaitingRoute } from '../waiting-route.ts';
import type { SettleContext, Settled } from './handler.ts';
import { replyOutcome } from './replayed.ts';
import { isResolvedForGood } from './resolved.ts';

/** Publishes the outcome that stands or is read, and writes the route that waited for it. */
export async function settleUnclear(event: Settled<'ReplyOutcomeUnclear'>, context: SettleContext): Promise<Decided> {
  const { container } = context;
  const key = event.data.actionKey;
  const action = await readAction(container, key);
  if (!action) return NOTHING;
  const isClose = key.startsWith('act:rp_resolve:');
  if (context.isRepeat && (action.open === undefined || (!isClose && action.status !== 'UNKNOWN'))) return NOTHING;
  // A replay says nothing any more of a message that is over: a person may have dealt with it.
  const record = event.metadata.replay === null ? null : await readMessage(container, recordKeyOf(event.metadata));
  const isSilent = isOver(record) || isTakenOver(record);
  // Whoever gives a close up opens the ticket: it stays to be given up by the sweeper's next word.
  if (isClose) return isSilent ? NOTHING : giveUpClose(event, context);
  const outcome = action.status === 'CLAIMED' ? await readOutcome(event, context, key, action) : outcomeOf(action);
  if (!outcome) return NOTHING;
  const reply = replyOutcome(outcome);
  const facts: Envelope[] = [outcome];
  if (reply === 'failed' && !isSilent) {
    const conversationId = event.metadata.conversationId ?? '';
    const explained = await addExplanation(container, conversationId, UNCLEAR_TAGS);
    // Its sender may have closed the ticket and have died with the ledger that knew: a person is to see it. Where nothing may be
    // written, or nothing can, it stays as it is.
    if (explained.kind === 'routed') await reopenIfOurs(container, conversationId, null);
  }
  const approval = approvalOf(action);
  const note = await noteAbout(context, outcome, approval);
  if (approval) await rememberFlow(container, approval, outcome);
  // Of a reply whose sender died before it could write them.
  const extraTags = Array.isArray(outcome.data.tagsAdded) ? outcome.data.tagsAdded.map(String) : [];
  const route = approval?.data.candidate.route;
  if (!approval && reply === 'replied' && extraTags.length > 0 && !isSilent)
    // A rebuilt ledger knows the outcome alone: whether the tags were still to be written, the ticket tells.
    await addExplanation(container, event.metadata.conversationId ?? '', extraTags);
  // What a replay did not say on the ticket is still to be said: the claim stays among the open ones.
  const ended = isSilent && reply === 'failed' ? {} : { action: key };
  if (!approval || route?.when !== 'afterReply') return decided(facts, { reply, ...ended, ...note });
  const { conversationId, conversationSeq } = approval.metadata;
  const { decisionId, tier, answersCommentId } = approval.data;
  if (reply === 'replied' && (await isResolvedForGood(container, conversationId ?? '', answersCommentId))) {
    if (extraTags.length > 0 && !isSilent) await addExplanation(container, conversationId ?? '', extraTags);
    return decided(facts, { reply, route: 'routed', action: key, ...note });
  }
  const waited = await writeWaitingRoute(context, event.metadata, {
    conversationId,
    conversationSeq,
    decisionId,
    tier,
    route,
    extraTags,
  });
  return decided([...facts, ...waited.facts], { reply, ...waited.notes, ...ended, ...note });
}

/** A close that nobody saw through: its request has ended by now, so a ticket that it closed is opened again. */
async function giveUpClose(
  { data: { actionKey }, metadata: { conversationId, messageId } }: Settled<'ReplyOutcomeUnclear'>,
  { container }: SettleContext,
): Promise<Decided> {
  await finishAction(container, actionKey, 'FAILED', null);
  const ended = await readAction(container, actionKey);
  // One that was seen through is told from what is stored, by the sweeper: until then it stays among the open ones.
  if (ended && outcomeOf(ended)) return NOTHING;
  // Routing alone would not do: where a newer message has the route, this one's is not written any more. The record of the
  // conversation may have been lost since; the claim knows as well that a close may be ours.
  await markResolved(container, conversationId ?? '', messageId ?? '');
  await reopenIfOurs(container, conversationId ?? '', null);
  return decided([], { action: actionKey });
}

const UNCLEAR_TAGS = ['mw-send-failed', 'mw-needs-manual-triage'] as const;

type Approval = Settled<'ReplyApproved'>;

/** What was approved, and what reading the ticket has told of it. */
async function noteAbout(
  { container }: SettleContext,
  outcome: Envelope,
  approval: Approval | null,
): ReturnType<typeof noteOf> {
  if (!approval) return {};
  const { decision, input, templateId, candidate } = approval.data;
  const isFailed = replyOutcome(outcome) === 'failed';
  const isGone = isFailed && outcome.data.outcome === 'unknown';
  return noteOf(container, {
    decision,
    input,
    reply: replyOutcome(outcome) === 'replied' ? 'sent' : isGone ? 'gone' : 'none',
    templateId,
    team: decision.team ?? candidate.route.department,
    reasonCode: (outcome.data.reasonCode ?? decision.reasonCodes[0] ?? null) as ReasonCode | null,
    ...(typeof outcome.data.errorCode === 'string' && { errorCode: outcome.data.errorCode }),
    tags: [...candidate.route.tags, ...(isFailed ? UNCLEAR_TAGS : [])],
  });
}

/** The approval that the claim stored; read tolerantly, like any event. */
export function approvalOf(action: Item): Approval | null {
  if (typeof action.approval !== 'string') return null;
  const envelope = JSON.parse(action.approval) as Approval;
  return v.safeParse(CATALOGUE.ReplyApproved.tolerant, envelope.data).success ? envelope : null;
}

async function readOutcome(
  event: Settled<'ReplyOutcomeUnclear'>,
  context: SettleContext,
  key: string,
  action: Item,
): Promise<Envelope | null> {
  const { container } = context;
  const approval = approvalOf(action);
  if (!approval) return null;
  const snapshot = Array.isArray(action.snapshot) ? (action.snapshot as string[]) : [];
  const found = await findOurReply(container, event.metadata.conversationId ?? '', {
    snapshot,
    textHash: String(action.text_hash),
  });
  // Nobody waits any more: it is read when the helpdesk answers, or the sweeper names it again.
  if (found === 'unread') throw new RetryableError('ticket_unread');
  const { approvalId, templateId, templateVersion, templateHash, tier, answersCommentId, candidate } = approval.data;
  const eventId = uuidV5(key, 'outcome', Number(action.generation ?? context.generation));
  const none = { input: null, inputHash: null, decision: null };
  const outcome = found
    ? context.state(
        'ReplySent',
        {
          approvalId,
          templateId,
          templateVersion,
          templateHash,
          tier,
          actionKey: key,
          channel: approval.metadata.channel,
          latencyMs: Math.max(
            0,
            found.comment.createdAt - Date.parse(candidate.input.age.commentCreatedAt ?? candidate.input.now),
          ),
          vendorMessageRef: found.comment.id,
          confirmedBy: 'reading',
          answersCommentId,
          renderedVars: [],
          tagsAdded: [],
          ...none,
        },
        { eventId },
      )
    : context.state(
        'ReplyFailed',
        {
          approvalId,
          templateId,
          outcome: 'unknown',
          errorCode: 'sender_lost',
          tagged: true,
          answersCommentId,
          ...none,
        },
        { eventId },
      );
  if (await finishAction(container, key, found ? 'DONE' : 'UNKNOWN', outcome)) return outcome;
  const standing = await readAction(container, key);
  return standing ? outcomeOf(standing) : null;
}
