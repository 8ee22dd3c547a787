/** Tags that go with a confirmed reply (replies §7.1–7.2). */
import type { Decision } from '../../../events/decision.ts';
import { POLICY } from '../../../policy/policy.ts';
import { extraTags, tierTag } from '../../../policy/tags.ts';
import { mayAutoClose } from '../../../policy/template-choice.ts';
import { VendorError } from '../../shared/errors.ts';
import type { Approved, ReplyContext } from './handler.ts';

const ORDER_TEMPLATES: readonly string[] = [
  't_order_status_verified',
  't_shipping_delay_verified',
  't_order_eta_no_tracking_verified',
];

/** At most 15, the confirmed reply’s own first. */
export function replyTags(event: Approved, decision: Decision): string[] {
  const { templateId, candidate } = event.data;
  const path = event.metadata.channel === 'email' ? 'mw-outbound-path-send-message' : 'mw-outbound-path-comment';
  const order = ORDER_TEMPLATES.includes(templateId) ? ['mw-order-status-auto-v1', 'mw-order-status-answered'] : [];
  const own = ['mw-auto-replied', 'mw-reply-sent', `mw-template-${templateId}`, path, ...order];
  return [
    ...new Set([...own, ...tierTag(decision, candidate.route.tags), ...extraTags(decision, candidate.route.tags)]),
  ].slice(0, 15);
}

/** Will the ticket be resolved once the reply is confirmed? Then its route waits. */
export function isResolvedNext({ data }: Approved): boolean {
  return data.autoCloseEligible && mayAutoClose(data.templateId, POLICY) && data.candidate.route.when === 'afterReply';
}

/** One attempt: a tag that fails changes nothing about the reply, and the outcome does not wait for it. */
export async function addReplyTags(
  event: Approved,
  { container }: ReplyContext,
  tags: readonly string[],
): Promise<readonly string[]> {
  try {
    await container.trace('responder.tags', {}, () =>
      container.tagger.addTags(event.metadata.conversationId ?? '', tags),
    );
    container.log('INFO', 'vendor.richpanel.tags.add.success', {
      ticket_id: event.metadata.conversationId,
      vendor: 'richpanel',
      operation: 'tags',
      result: 'success',
      count: tags.length,
    });
    return tags;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    container.log('ERROR', 'vendor.richpanel.tags.add.failed', {
      ticket_id: event.metadata.conversationId,
      vendor: 'richpanel',
      operation: 'tags',
      result: 'failed',
      error_code: error.kind,
    });
    return [];
  }
}
