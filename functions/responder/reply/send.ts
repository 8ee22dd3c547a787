/** One send within one claim; what is not proven is UNKNOWN, terminal for sending and resolved by reading (protocols §6). */
import type { EstimateRecord, VariableName } from '../../../events/sending.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import { codeOf, RetryableError, VendorError } from '../../shared/errors.ts';
import type { Restricted } from '../../shared/restricted.ts';
import { TIMES } from '../../shared/times.ts';
import { type FoundReply, findOurReply } from '../read-back.ts';
import { hasChanged, isSameReply, judgeAfresh, objectionTo, readAgain } from './door.ts';
import { failed, type Judged, outcomeId, sendingFields, suppressed, type Withheld } from './ends.ts';
import { type Approved, keyOf, type ReplyContext } from './handler.ts';
import type { Reading } from './reading.ts';
import { addReplyTags, isResolvedNext, replyTags } from './tags.ts';

export type Sending = {
  readonly text: Restricted<string>;
  readonly renderedVars: readonly VariableName[];
  readonly estimate: EstimateRecord | null;
  readonly reading: Reading;
  /** The instant before the first claim request, on both clocks. */
  readonly began: { readonly monotonic: number; readonly wall: number };
  readonly judged: NonNullable<Judged>;
};
export type Ending = { readonly status: 'DONE' | 'UNKNOWN' | 'FAILED'; readonly fact: Envelope };

/** Sends; a second attempt only if the first provably wrote no byte or was refused with 429, after looking again. */
export async function sendOnce(event: Approved, context: ReplyContext, sending: Sending): Promise<Ending> {
  context.container.log('INFO', 'action.reply.attempt', {
    ticket_id: event.metadata.conversationId,
    template_id: event.data.templateId,
  });
  const first = await attempt(event, context, sending);
  if (first.kind !== 'unwritten') return conclude(event, context, sending, first);
  const { clock, ids } = context.container;
  const wait = Math.max(first.retryAfterMs, Math.round(1000 + ids.jitter() * 1000));
  if (clock.monotonic() - sending.began.monotonic + wait >= TIMES.sendWithinMs)
    return conclude(event, context, sending, first);
  await clock.sleep(wait);
  const again = await lookAgain(event, context, sending);
  if (again.kind === 'withheld') return { status: 'FAILED', fact: again.fact };
  return conclude(event, context, again.sending, await attempt(event, context, again.sending));
}

type Attempt =
  | { readonly kind: 'answered'; readonly messageId: string | null }
  | { readonly kind: 'unwritten'; readonly code: string; readonly retryAfterMs: number }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'window_passed' }
  | { readonly kind: 'unknown'; readonly code: string };

async function attempt(
  event: Approved,
  { container }: ReplyContext,
  { text, reading, began }: Sending,
): Promise<Attempt> {
  const { clock } = container;
  const spent = () => Math.max(clock.monotonic() - began.monotonic, clock.now() - began.wall);
  const unchecked = () => clock.monotonic() - reading.at;
  const isInTime = () => spent() < TIMES.sendWithinMs && unchecked() <= TIMES.reReadValidMs;
  /** Right before the first byte: what others write from the re-read's answer to here, nobody sees. */
  const mayWrite = () => {
    container.metrics.observe('responder.unchecked_window_ms', unchecked());
    return isInTime();
  };
  if (!isInTime()) return { kind: 'window_passed' };
  try {
    const { messageId } = await container.trace('responder.send', {}, () =>
      container.sender.send(
        { conversationId: event.metadata.conversationId ?? '', channel: event.metadata.channel, text },
        TIMES.abortAfterMs - spent(),
        mayWrite,
      ),
    );
    return { kind: 'answered', messageId };
  } catch (error) {
    if (!(error instanceof VendorError)) return { kind: 'unknown', code: codeOf(error) };
    if (error.kind === 'window_passed') return { kind: 'window_passed' };
    if (error.applied === 'unknown') return { kind: 'unknown', code: error.kind };
    return error.retryable
      ? { kind: 'unwritten', code: error.kind, retryAfterMs: error.retryAfterMs ?? 0 }
      : { kind: 'refused', code: error.kind };
  }
}

async function lookAgain(
  event: Approved,
  context: ReplyContext,
  sending: Sending,
): Promise<
  { readonly kind: 'clear'; readonly sending: Sending } | { readonly kind: 'withheld'; readonly fact: Envelope }
> {
  const withheld = (why: Withheld) => ({ kind: 'withheld' as const, fact: suppressed(event, context, why) });
  const looked = await unlessBusy(async () => {
    const again = await readAgain(event, context);
    if (!again || hasChanged(sending.reading.ticket, again.ticket)) return 'changed' as const;
    const reading: Reading = { ...again, order: sending.reading.order };
    return { reading, judged: await judgeAfresh(event, context, reading) };
  });
  if (looked === null) return withheld({ reasonCode: 'vendor_error_fail_closed', judged: sending.judged });
  if (looked === 'changed') return withheld({ reasonCode: 'superseded_by_newer_message', judged: sending.judged });
  if (!isSameReply(event, looked.judged)) return withheld(objectionTo(looked.judged));
  return { kind: 'clear', sending: { ...sending, ...looked } };
}

/** Once claimed nothing is parked: what cannot be read now is not sent. */
export async function unlessBusy<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof VendorError || error instanceof RetryableError) return null;
    throw error;
  }
}

async function conclude(event: Approved, context: ReplyContext, sending: Sending, result: Attempt): Promise<Ending> {
  switch (result.kind) {
    case 'window_passed':
      return {
        status: 'FAILED',
        fact: suppressed(event, context, { reasonCode: 'too_old_to_reply', judged: sending.judged }),
      };
    case 'refused':
    case 'unwritten':
      return { status: 'FAILED', fact: failed(event, context, 'failed', result.code, sending.judged) };
    case 'answered':
    case 'unknown': {
      const found = await findOurReply(context.container, event.metadata.conversationId ?? '', {
        snapshot: sending.reading.ticket.comments.map(({ id }) => id),
        text: sending.text,
      });
      if (found === null || found === 'unread')
        return {
          status: 'UNKNOWN',
          fact: failed(event, context, 'unknown', result.kind === 'unknown' ? result.code : 'not_seen', sending.judged),
        };
      const residual = residualTags(event, context, found);
      const tags = [...replyTags(event, sending.judged.decision), ...residual];
      // Where the ticket is resolved next they go into the same write (replies §7.2).
      const isLater = residual.length === 0 && isResolvedNext(event);
      const tagsAdded = isLater ? tags : await addReplyTags(event, context, tags);
      return {
        status: 'DONE',
        fact: sent(
          event,
          context,
          sending,
          found.comment.id,
          result.kind === 'answered' ? 'response' : 'reading',
          tagsAdded,
        ),
      };
    }
  }
}

/** What fell into the residual window is tagged and counted; a customer's comment is routed as overtaken by classify (protocols §6). */
function residualTags(event: Approved, { container }: ReplyContext, { unseen }: FoundReply): readonly string[] {
  if (unseen.length === 0) return [];
  container.log('WARN', 'system.residual_race', { ticket_id: event.metadata.conversationId, count: unseen.length });
  container.metrics.count('responder.residual_race_total', unseen.length);
  return ['mw-error-needs-attention'];
}

function sent(
  event: Approved,
  context: ReplyContext,
  sending: Sending,
  messageRef: string,
  confirmedBy: 'response' | 'reading',
  tagsAdded: readonly string[],
): Envelope {
  const { approvalId, templateId, templateVersion, templateHash, tier, answersCommentId } = event.data;
  const { container } = context;
  container.log('INFO', 'vendor.richpanel.message.send.success', {
    ticket_id: event.metadata.conversationId,
    channel: event.metadata.channel,
    template_id: templateId,
    template_version: templateVersion,
    vendor: 'richpanel',
    operation: 'send',
    result: 'success',
  });
  container.metrics.count('responder.reply_sent_total', 1, event.metadata.channel);
  return context.state(
    'ReplySent',
    {
      approvalId,
      templateId,
      templateVersion,
      templateHash,
      tier,
      actionKey: keyOf(event),
      channel: event.metadata.channel,
      latencyMs: Math.max(
        0,
        Math.round(container.clock.now() - Date.parse(event.metadata.receivedAt ?? event.metadata.occurredAt)),
      ),
      vendorMessageRef: messageRef,
      confirmedBy,
      answersCommentId,
      renderedVars: [...sending.renderedVars],
      tagsAdded: [...tagsAdded],
      ...(sending.estimate && { estimate: sending.estimate }),
      ...sendingFields(sending.judged),
    },
    { eventId: outcomeId(keyOf(event), context.generation) },
  );
}
