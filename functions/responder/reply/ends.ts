/** The outcomes of an approved reply, as facts; and ends that never claimed the door (protocols §6). */
import type { Decision, DecisionInput } from '../../../events/decision.ts';
import type { ReasonCode } from '../../../events/words.ts';
import { type Envelope, inputHash } from '../../shared/envelopes.ts';
import { uuidV5 } from '../../shared/ids.ts';
import { endWithoutSend, outcomeOf, readAction } from '../../shared/ledger/actions.ts';
import { type Approved, keyOf, type ReplyContext } from './handler.ts';

/** The decision at the door, as far as one was made. */
export type Judged = { readonly input: DecisionInput; readonly decision: Decision } | null;

/** `uuidv5(action key : 'outcome' : generation)`: whoever states it, it is one fact. */
export function outcomeId(key: string, generation: number): string {
  return uuidV5(key, 'outcome', generation);
}

/** The part of an outcome that makes it re-decidable; `null`s where nothing was judged. */
export function sendingFields(judged: Judged) {
  return judged
    ? { input: judged.input, inputHash: inputHash(judged.input), decision: judged.decision }
    : { input: null, inputHash: null, decision: null };
}

export type Withheld = {
  readonly reasonCode: ReasonCode;
  readonly reasonCodes?: readonly ReasonCode[];
  readonly judged?: Judged;
};

/** The fact that an approved reply was not sent, under the outcome’s id. */
export function suppressed(event: Approved, context: ReplyContext, why: Withheld): Envelope {
  const { approvalId, templateId, answersCommentId } = event.data;
  context.container.log('INFO', 'action.reply.suppressed', {
    ticket_id: event.metadata.conversationId,
    channel: event.metadata.channel,
    template_id: templateId,
    result: 'blocked',
    reason_codes: why.reasonCodes ?? [why.reasonCode],
  });
  context.container.metrics.count('responder.reply_suppressed_total', 1, event.metadata.channel);
  if (why.reasonCode === 'superseded_by_newer_message') context.container.metrics.count('sequence.superseded_total');
  return context.state(
    'ReplySuppressed',
    {
      approvalId,
      templateId,
      reasonCode: why.reasonCode,
      reasonCodes: [...(why.reasonCodes ?? [why.reasonCode])],
      isReplay: event.metadata.replay !== null,
      answersCommentId,
      ...sendingFields(why.judged ?? null),
    },
    { eventId: outcomeId(keyOf(event), context.generation) },
  );
}

/** The fact that a send failed, or that nobody can tell, under the outcome’s id. */
export function failed(
  event: Approved,
  context: ReplyContext,
  outcome: 'failed' | 'unknown',
  errorCode: string,
  judged: Judged,
): Envelope {
  const { approvalId, templateId, answersCommentId } = event.data;
  const isUnknown = outcome === 'unknown';
  context.container.log(
    'ERROR',
    isUnknown ? 'vendor.richpanel.message.send.unknown' : 'vendor.richpanel.message.send.failed',
    {
      ticket_id: event.metadata.conversationId,
      channel: event.metadata.channel,
      template_id: templateId,
      vendor: 'richpanel',
      operation: 'send',
      result: 'failed',
      error_code: errorCode,
    },
  );
  context.container.metrics.count(
    isUnknown ? 'responder.reply_unknown_total' : 'responder.reply_failed_total',
    1,
    event.metadata.channel,
  );
  return context.state(
    'ReplyFailed',
    { approvalId, templateId, outcome, errorCode, tagged: true, answersCommentId, ...sendingFields(judged) },
    { eventId: outcomeId(keyOf(event), context.generation) },
  );
}

/**
 * Ends an approval that never claimed the door, if nothing stands there.
 *
 * @returns the outcome in force, `null` while another holds the claim.
 */
export async function endClaimless(event: Approved, context: ReplyContext, why: Withheld): Promise<Envelope | null> {
  const key = keyOf(event);
  const outcome = suppressed(event, context, why);
  const about = { approval: JSON.stringify(event), generation: context.generation };
  if (await endWithoutSend(context.container, key, context.owner, outcome, about)) return outcome;
  const standing = await readAction(context.container, key);
  return standing ? outcomeOf(standing) : null;
}
