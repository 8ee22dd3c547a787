/** How a question about an order may end, as replies §2.5 and §3.5 have it; scenarios add what is their own. */
import { UPS_NUMBER } from './orders.ts';
import type { Expected } from './scenario.ts';

const STATUS = 't_order_status_verified';
const ESTIMATE = 't_order_eta_no_tracking_verified';
const DELAY = 't_shipping_delay_verified';
/** Nothing that only an order could have told. */
export const NO_FACTS = ['#1043', '1043', UPS_NUMBER, 'ups.com', 'UPS', 'Dec 1, 2025', 'business day'];

export const ASKED: Expected = {
  reply: 't_order_status_ask_order_number',
  outcome: 'replied',
  route: 'route-email-support-team',
  says: ['your order number', 'the email address or phone number you used at checkout'],
  hides: NO_FACTS,
  tags: ['mw-order-lookup-needed', 'mw-auto-replied', 'mw-tier-1'],
  noTags: ['mw-order-lookup-failed', 'mw-order-status-answered', 'mw:auto_closed'],
  reasons: ['tier1_safe_assist'],
};
export const ANSWERED: Expected = {
  reply: STATUS,
  outcome: 'replied',
  route: 'route-email-support-team',
  says: ['#1043'],
  tags: ['mw-auto-replied', 'mw-reply-sent', `mw-template-${STATUS}`, 'mw-order-status-answered', 'mw-tier-2'],
  noTags: ['mw:auto_closed', 'mw-order-lookup-failed', 'mw-order-lookup-needed'],
  reasons: ['tier2_verified'],
};
export const RESOLVED: Expected = {
  reply: ESTIMATE,
  outcome: 'replied',
  route: null,
  status: 'closed',
  tags: ['mw-auto-replied', `mw-template-${ESTIMATE}`, 'mw:auto_closed', 'mw:deflected'],
  noTags: ['mw-routing-applied'],
};
export const DELAYED: Expected = {
  reply: DELAY,
  outcome: 'replied',
  route: 'route-email-support-team',
  says: ['#1043', 'no shipment has been recorded so far', 'It goes to a specialist'],
  hides: ['business day', 'resolved'],
  tags: ['mw-auto-replied', `mw-template-${DELAY}`, 'mw-routing-applied'],
  noTags: ['mw:auto_closed', 'mw:deflected'],
};
export const ROUTED: Expected = {
  reply: null,
  outcome: 'routed',
  route: 'route-email-support-team',
  noTags: ['mw-auto-replied'],
};
export const SUPPRESSED: Expected = {
  ...ROUTED,
  tags: ['mw-order-lookup-failed', 'mw-order-status-suppressed'],
  reasons: ['missing_order_context'],
};
