/** What policy/ makes of an order: matched, decided on and put into words as `order-lookup`, `verify` and the reply do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../../../config/load.ts';
import { dayCountOf, linkPolicyOf, preorderProductsOf, transitMapOf } from '../../../../config/policy-inputs.ts';
import type { OrderInput } from '../../../../events/decision.ts';
import { decide } from '../../../../policy/decide.ts';
import { type Matched, matchOrder, type NotMatched } from '../../../../policy/orders/link.ts';
import { combineOrder, needsDetail, parseLinkage } from '../../../../policy/orders/linkage.ts';
import { normaliseOrder } from '../../../../policy/orders/normalise.ts';
import { templateVariables } from '../../../../policy/orders/variables.ts';
import { decisionInput, orderInput, scored, verifierInput } from '../../../../policy/testing.ts';
import { SHIPPED_TEMPLATES } from './inputs.ts';
import type { OrderCase } from './orders.ts';
import { visible } from './visible.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const parsed = parseConfig(readFileSync(join(ROOT, 'config', 'frontdesk.yaml'), 'utf8'));
if (!parsed.ok) throw new Error('config/frontdesk.yaml cannot be read');
const { config } = parsed;
const LINKS = linkPolicyOf(config);
const TRANSIT = transitMapOf(config);
const DAYS = dayCountOf(config);
const PREORDERS = preorderProductsOf(config);
const MESSAGES = [
  { ...scored({ order_status_tracking: 0.9 }), message: {} },
  { ...scored({ shipping_delay_not_shipped: 0.9 }), message: { topics: { deniesReceipt: true } } },
] as const;

/** Everything a row could show of the order: the decision on two questions, and the values a reply may hold. */
export function readOrder({ order, asOf }: OrderCase): unknown {
  const linkage = parseLinkage(200, order);
  if (linkage.kind !== 'linked') return linkage.kind;
  const { order: whole, hasConflict } = combineOrder(linkage.order, {});
  const normalised = normaliseOrder(whole, { fetchedAt: asOf, links: LINKS, preorderProducts: PREORDERS });
  const match = matchOrder({
    linkage: { kind: 'linked', order: normalised, hasConflict },
    namesAnotherOrder: false,
    contactDiffers: false,
    ticket: { conversationId: 'c1', customerId: null },
    asOf,
    transit: TRANSIT,
    days: DAYS,
  });
  const decisions = MESSAGES.map((message) => visible(decide(approvalInput(message, match))));
  const words =
    match.kind === 'matched' ? templateVariables(match.facts, match.estimate, { links: LINKS, zone: DAYS.zone }) : null;
  return [needsDetail(linkage.order), normalised.identity, decisions, words];
}

function approvalInput(message: (typeof MESSAGES)[number], match: Matched | NotMatched) {
  return decisionInput({
    ...message,
    stage: 'approval',
    order: orderOf(match),
    verifier: verifierInput(),
    setup: { templatesAvailable: SHIPPED_TEMPLATES },
  });
}

function orderOf(match: Matched | NotMatched): OrderInput {
  if (match.kind === 'matched') return { ...orderInput(), labels: match.labels };
  const isIncomplete = match.reason === 'missing_context';
  return {
    ...orderInput(),
    deterministicMatch: isIncomplete ? 'true' : 'false',
    matchMethod: null,
    matchCount: isIncomplete ? 1 : 0,
    notMatchedReason: match.reason,
    contextComplete: false,
    missingFields: [...match.missingFields],
    contextReasonCodes: [...match.reasonCodes],
    labels: null,
    factsFetchedAt: null,
  };
}
