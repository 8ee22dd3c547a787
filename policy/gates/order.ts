/** G21 to G23: may the order be spoken of, and what do its facts permit? */
import type { ReasonCode } from '../../events/words.ts';
import { areFresh } from '../orders/freshness.ts';
import { DELAY, isFound, NUMBER_QUESTION } from '../template-choice.ts';
import type { Gate, Situation } from './gate.ts';
import { downgrade, NOT_APPLICABLE, objection, PASS } from './gate.ts';

/** Does the plan depend on the answer of the order look-up? */
function needsOrder({ plan }: Pick<Situation, 'plan'>): boolean {
  return plan?.tier === 2 || plan?.templateId === NUMBER_QUESTION;
}

/** P_MATCH. A look-up that failed says nothing about the customer's orders, so nothing is asked (replies §2.2). */
const deterministicMatch: Gate = {
  id: 'G21',
  judge(situation) {
    const { order, stage } = situation.input;
    if (!needsOrder(situation)) return NOT_APPLICABLE;
    if (order === null) return stage === 'classification' ? NOT_APPLICABLE : objection(['vendor_error_fail_closed']);
    if (order.deterministicMatch === 'unknown') return objection(['vendor_error_fail_closed']);
    if (isFound(order)) return PASS;
    return downgrade(situation, { tier: 1, templateId: NUMBER_QUESTION }, 'tier2_missing_deterministic_match');
  },
};

/** P_CONTEXT and P_FRESH, and the states of an order that no template speaks of (replies §2.4–2.5). */
const orderContext: Gate = {
  id: 'G22',
  judge({ plan, input: { order, now }, orderPlan }) {
    if (plan?.tier !== 2 || order === null || !isFound(order)) return NOT_APPLICABLE;
    if (order.notMatchedReason === 'missing_context' || !order.contextComplete || orderPlan === null) {
      const window: ReasonCode[] = order.missingFields.includes('shipping_window') ? ['shipping_bucket_unknown'] : [];
      return objection(['missing_order_context', ...order.contextReasonCodes, ...window]);
    }
    if (orderPlan.kind !== 'reply') return objection(orderPlan.reasonCodes);
    const isFresh = order.factsFetchedAt !== null && areFresh(order.factsFetchedAt, now);
    return isFresh ? PASS : objection(['order_facts_stale']);
  },
};

/** P_INSIDE against P_LATE_OR_UNKNOWN: a late order is apologised for, not estimated. */
const window: Gate = {
  id: 'G23',
  judge(situation) {
    const { plan, orderPlan } = situation;
    if (plan?.tier !== 2 || orderPlan?.kind !== 'reply') return NOT_APPLICABLE;
    if (orderPlan.templateId !== DELAY) return PASS;
    const [reason, ...others] = orderPlan.reasonCodes;
    return downgrade(situation, { tier: 2, templateId: DELAY }, reason ?? 'out_of_sla_window', ...others);
  },
};

export const ORDER_GATES = [deterministicMatch, orderContext, window] as const;
