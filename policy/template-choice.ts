/** Which template a reply would be, chosen by code alone (decisions §6.5). */
import type { DecisionInput, OrderInput } from '../events/decision.ts';
import type { Intent, TemplateId } from '../events/words.ts';
import { type OrderPlan, selectForMatch } from './orders/select.ts';
import type { Policy } from './policy.ts';

/** The one Tier 1 template of an order question: asks for the order number. */
export const NUMBER_QUESTION: TemplateId = 't_order_status_ask_order_number';
export const ESTIMATE: TemplateId = 't_order_eta_no_tracking_verified';
export const DELAY: TemplateId = 't_shipping_delay_verified';
const NOT_RECEIVED: TemplateId = 't_delivered_not_received_intake';

/** Would sending this template resolve the ticket? */
export function mayAutoClose(templateId: TemplateId | null, { autoCloseAllowed }: Policy): boolean {
  return templateId !== null && autoCloseAllowed.includes(templateId);
}

/** The reply the gates judge; the template is `null` while the order that chooses it is not known. */
export type ReplyPlan = { readonly tier: 1 | 2; readonly templateId: TemplateId | null };

/** Is this one of the two intents an order answers? */
export function isOrderIntent(intent: Intent, { intents }: Policy): boolean {
  return intents[intent].highestTier === 2;
}

/** Exactly one order, matched by an enabled method. */
export function isMatched(order: OrderInput | null): boolean {
  return order !== null && order.deterministicMatch === 'true' && order.matchCount === 1;
}

/** An order was found, although perhaps not enough of it: asking for its number would be pointless. */
export function isFound(order: OrderInput | null): boolean {
  return isMatched(order) || order?.notMatchedReason === 'missing_context';
}

/** What the facts of the matched order permit; `null` when there is none to speak of. */
export function orderPlanOf(input: DecisionInput): OrderPlan | null {
  const { order } = input;
  if (order === null || order.labels === null || !isMatched(order)) return null;
  return selectForMatch(order.labels, input.message.topics);
}

/** Is the order delivered, and the message about not having it? Then it is no status question (replies S8). */
export function saysNotReceived(plan: OrderPlan | null): boolean {
  return plan?.kind === 'reply' && plan.templateId === NOT_RECEIVED;
}

/** The plan the gates start from: the most the intent and the order's facts could permit. */
export function firstPlan(primary: Intent, orderPlan: OrderPlan | null, { intents }: Policy): ReplyPlan | null {
  const { highestTier, templates } = intents[primary];
  if (highestTier === 2) return { tier: 2, templateId: orderTemplate(orderPlan) };
  const [intake] = templates.tier1;
  return highestTier === 1 && intake !== undefined ? { tier: 1, templateId: intake } : null;
}

/** An order that waits is estimated first; G23 takes the estimate back where it is late or cannot be made. */
function orderTemplate(plan: OrderPlan | null): TemplateId | null {
  if (plan?.kind !== 'reply') return null;
  return plan.templateId === DELAY ? ESTIMATE : plan.templateId;
}
