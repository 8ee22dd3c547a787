/** What is left for a person to do with a message, in one sentence for the agent note (replies §4.2, §7.5). */
import type { DecisionInput } from '../events/decision.ts';
import type { Intent, ReasonCode, TemplateId } from '../events/words.ts';
import { INTENT_CATALOGUE } from './intents.ts';
import { DELAY, NUMBER_QUESTION } from './template-choice.ts';

/** How a message ended, as the audit trail tells it. */
export type Ended = {
  readonly intent: Intent;
  readonly tier: 0 | 1 | 2 | null;
  /** `gone` where nobody can tell whether the customer has the reply. */
  readonly reply: 'sent' | 'resolved' | 'gone' | 'none';
  /** Of the reply. */
  readonly templateId: TemplateId | null;
  /** The deciding one. */
  readonly reasonCode: ReasonCode | null;
  /** The message was given up. */
  readonly isStalled?: boolean;
  readonly features?: DecisionInput['message']['features'];
};

/** What a person does once the customer has given what the intake asked for. */
const AFTER_INTAKE: Readonly<Partial<Record<Intent, string>>> = {
  cancel_order: 'Check whether the order can still be cancelled, act in the shop, and tell the customer',
  cancel_subscription: 'Find the subscription and handle the request with the customer',
  address_change_order_edit: 'Check whether the order can still be changed, act in the shop, and tell the customer',
  billing_issue: 'Review the charge and answer',
  missing_items_in_shipment: 'Compare with the packing data and answer',
  delivered_not_received: 'Open a claim with the carrier and explain the next steps',
  wrong_item_received: 'Review the photo and offer the options',
  damaged_item: 'Review the photos and follow up with the next steps',
  technical_support: 'Review the fault and help further',
  return_request: 'Decide on the return and answer',
  exchange_request: 'Decide on the exchange and answer',
  refund_request: 'Decide on the refund and answer',
  promo_discount_issue: 'Look into the code and answer',
  pre_purchase_question: 'Answer the question about the product',
  influencer_marketing_inquiry: 'Review the inquiry and answer if there is a fit',
};

/** One sentence, always. */
export function nextStepOf(ended: Ended): string {
  const { reply, isStalled, tier } = ended;
  if (reply === 'gone') return 'See on the ticket whether our reply has arrived, and answer the customer yourself.';
  if (reply === 'resolved') return 'Nothing, unless the customer writes again: that reopens the ticket.';
  if (reply === 'sent') return afterReply(ended);
  if (isStalled) return 'Read the ticket and answer the customer: automation has given the message up.';
  return tier === 0 ? escalated(ended) : unanswered(ended);
}

function afterReply({ templateId, intent }: Ended): string {
  if (templateId === NUMBER_QUESTION)
    return 'Wait for the order number and the contact; then find the order and answer.';
  if (templateId === DELAY) return 'Review the order and write to the customer.';
  const step = INTENT_CATALOGUE[intent].highestTier === 1 ? AFTER_INTAKE[intent] : undefined;
  if (step === undefined) return 'Nothing, unless the customer writes again.';
  return `Wait for the details that were asked for. ${step}.`;
}

function escalated({ intent }: Ended): string {
  return INTENT_CATALOGUE[intent].priority === 0
    ? 'Handle the matter by hand, with the steps of your team: automation keeps out of this conversation.'
    : 'Handle the request by hand: automation does not answer it.';
}

const NO_ORDER: ReadonlySet<ReasonCode> = new Set([
  'missing_order_context',
  'order_facts_stale',
  'shipping_bucket_unknown',
  'tier2_missing_deterministic_match',
  'preorder_eta_missing',
]);

function unanswered({ reasonCode, features }: Ended): string {
  switch (reasonCode) {
    case 'template_repeat':
      return features?.hasOrderNumber === true || features?.hasEmail === true || features?.hasPhone === true
        ? 'Use what the customer has given (order number, contact) to find the order, and answer.'
        : 'Read what the customer answers, and take over from the automatic reply.';
    case 'attachment_only':
      return 'Look at the attachment and answer the customer.';
    case 'ticket_closed':
      return 'Read what was written on the closed ticket, and answer.';
    case 'superseded_by_newer_message':
      return 'Read all of the customer’s messages and answer them together.';
    case 'last_message_from_agent':
      return 'Go on with the conversation: a colleague has answered.';
    default:
      return reasonCode !== null && NO_ORDER.has(reasonCode)
        ? 'Look the order up in the shop and answer the customer.'
        : 'Read the message and answer the customer.';
  }
}
