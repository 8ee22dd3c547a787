/** Replies §11, A01 to A21: a question about an order, by what the helpdesk knows of the order. */
import { VendorError } from '../../../functions/shared/errors.ts';
import { delivered, partlyShipped, preorder, shipped, UPS_NUMBER, UPS_PAGE, UPS_PARCEL, waiting } from './orders.ts';
import { itHolds, type Scenario, type Then } from './scenario.ts';
import type { Scene } from './scene.ts';

const WHERE = 'Where is my order?';
const HOUR_MS = 3_600_000;
const STATUS = 't_order_status_verified';
const ESTIMATE = 't_order_eta_no_tracking_verified';
const DELAY = 't_shipping_delay_verified';
/** Nothing that only an order could have told. */
const NO_FACTS = ['#1043', '1043', UPS_NUMBER, 'ups.com', 'UPS', 'Dec 1, 2025', 'business day'];

const ASKED: Then = {
  reply: 't_order_status_ask_order_number',
  outcome: 'replied',
  route: 'route-email-support-team',
  says: ['your order number', 'the email address or phone number you used at checkout'],
  hides: NO_FACTS,
  tags: ['mw-order-lookup-needed', 'mw-auto-replied', 'mw-tier-1'],
  noTags: ['mw-order-lookup-failed', 'mw-order-status-answered', 'mw:auto_closed'],
  reasons: ['tier1_safe_assist'],
};
const ANSWERED: Then = {
  reply: STATUS,
  outcome: 'replied',
  route: 'route-email-support-team',
  says: ['#1043'],
  tags: ['mw-auto-replied', 'mw-reply-sent', `mw-template-${STATUS}`, 'mw-order-status-answered', 'mw-tier-2'],
  noTags: ['mw:auto_closed', 'mw-order-lookup-failed', 'mw-order-lookup-needed'],
  reasons: ['tier2_verified'],
};
const RESOLVED: Then = {
  reply: ESTIMATE,
  outcome: 'replied',
  route: null,
  status: 'closed',
  tags: ['mw-auto-replied', `mw-template-${ESTIMATE}`, 'mw:auto_closed', 'mw:deflected'],
  noTags: ['mw-routing-applied'],
};
const DELAYED: Then = {
  reply: DELAY,
  outcome: 'replied',
  route: 'route-email-support-team',
  says: ['#1043', 'no shipment has been recorded so far', 'It goes to a specialist'],
  hides: ['business day', 'resolved'],
  tags: ['mw-auto-replied', `mw-template-${DELAY}`, 'mw-routing-applied'],
  noTags: ['mw:auto_closed', 'mw:deflected'],
};
const ROUTED: Then = { reply: null, outcome: 'routed', route: 'route-email-support-team', noTags: ['mw-auto-replied'] };
const SUPPRESSED: Then = {
  ...ROUTED,
  tags: ['mw-order-lookup-failed', 'mw-order-status-suppressed'],
  reasons: ['missing_order_context'],
};

/** The helpdesk does not answer for the order, however long one waits. */
function lookUpTimesOut({ change }: Scene): void {
  const linked = () => Promise.reject(new VendorError('richpanel', 'timeout'));
  change(({ orders }) => ({ orders: { ...orders, linked } }));
}

/** The shop has a page of its own that replies may link to. */
function withOrderPage({ change }: Scene): void {
  change(({ config }) => ({
    config: { ...config, hosts: { ...config.hosts, shop: [{ host: 'shop.example', query_keys: [] }] } },
  }));
}

const SCENARIOS: readonly Scenario[] = [
  { id: 'A01', given: 'no linked order', ask: WHERE, then: ASKED },
  {
    id: 'A02',
    given: 'one linked order with a UPS link, in chat',
    channel: 'livechat',
    linked: shipped(),
    ask: 'Can I get my tracking?',
    then: { ...ANSWERED, says: ['#1043', `Track it here: ${UPS_PAGE}`], hides: ['Tracking number'] },
  },
  {
    id: 'A03',
    given: 'no tracking, Standard, the dates of E01',
    linked: waiting(),
    ask: WHERE,
    then: { ...RESOLVED, says: ['#1043', 'Standard shipping', '1–3 business days', 'reopen'] },
  },
  {
    id: 'A04',
    given: 'the dates of E05',
    at: '2025-12-08T14:00:00Z',
    linked: waiting(),
    ask: WHERE,
    then: { ...DELAYED, reasons: ['out_of_sla_window'] },
  },
  {
    id: 'A05',
    given: 'Rushed, ordered on Monday, asked on Tuesday',
    at: '2025-12-02T14:00:00Z',
    linked: waiting({ shippingMethod: 'Rushed Processing' }),
    ask: WHERE,
    then: { ...DELAYED, reasons: ['out_of_sla_window'] },
  },
  {
    id: 'A06',
    given: 'the method Courier, no tracking',
    linked: waiting({ shippingMethod: 'Courier' }),
    ask: WHERE,
    then: { ...SUPPRESSED, reasons: ['missing_order_context', 'shipping_bucket_unknown'] },
  },
  {
    id: 'A07',
    given: 'USPS Priority Mail',
    linked: waiting({ shippingMethod: 'USPS Priority Mail' }),
    ask: WHERE,
    then: { ...SUPPRESSED, reasons: ['missing_order_context', 'shipping_bucket_unknown'] },
  },
  {
    id: 'A08',
    given: 'two linked orders',
    linked: [waiting(), waiting({ orderId: '1044', orderName: '#1044' })],
    ask: WHERE,
    then: { ...ASKED, hides: [...NO_FACTS, '1044'] },
  },
  {
    id: 'A09',
    given: 'an order look-up that times out',
    linked: shipped(),
    prepare: lookUpTimesOut,
    ask: WHERE,
    afterwards: async ({ pass }) => pass(3 * HOUR_MS, 60_000),
    then: {
      ...ROUTED,
      tags: ['mw-order-lookup-failed', 'mw-order-status-suppressed'],
      noTags: ['mw-order-lookup-needed', 'mw-auto-replied'],
    },
  },
  { id: 'A10', given: 'the linked answer {}', linked: {}, ask: WHERE, then: ASKED },
  {
    id: 'A11',
    given: 'an order without created-at',
    linked: shipped([UPS_PARCEL], { createdAt: null }),
    ask: WHERE,
    then: { ...SUPPRESSED, tags: [...(SUPPRESSED.tags ?? []), 'mw-order-lookup-missing:created_at'] },
  },
  {
    id: 'A12',
    given: '#1001 is linked, the text names #1002',
    linked: shipped([UPS_PARCEL], { orderId: '1001', orderName: '#1001' }),
    ask: 'Where is my order #1002?',
    then: { ...ASKED, hides: [...NO_FACTS, '1001', '1002'] },
  },
  {
    id: 'A13',
    given: 'the e-mail of the linked order is not the ticket’s',
    customer: { email: 'nora@mail.test' },
    linked: shipped([UPS_PARCEL], { email: 'someone.else@mail.test' }),
    ask: WHERE,
    then: { ...ROUTED, tags: ['mw-order-lookup-needed'], reasons: ['source_conflict'] },
  },
  {
    id: 'A14',
    given: 'a delivered order',
    linked: delivered(),
    ask: 'It says delivered, but it is not here.',
    then: {
      reply: 't_delivered_not_received_intake',
      outcome: 'replied',
      route: 'route-returns-admin',
      says: ['reply with your order number', 'neighbors, front desk or mailroom'],
      hides: [...NO_FACTS, 'racking'],
    },
  },
  {
    id: 'A15',
    given: 'two tracked fulfilments and no page of the order',
    linked: shipped([UPS_PARCEL, { trackingNumber: '1Z999AA10198765432', trackingCompany: 'UPS' }]),
    ask: WHERE,
    then: { ...ROUTED, tags: ['mw-order-status-suppressed'] },
  },
  {
    id: 'A15',
    given: 'two tracked fulfilments and a page of the order',
    linked: shipped([UPS_PARCEL, { trackingNumber: '1Z999AA10198765432', trackingCompany: 'UPS' }], {
      orderStatusUrl: 'https://shop.example/orders/1043',
    }),
    prepare: withOrderPage,
    ask: WHERE,
    then: {
      ...ANSWERED,
      says: ['#1043', 'Status: shipped', 'Order page: https://shop.example/orders/1043'],
      hides: ['1Z999AA1', 'ups.com', 'Tracking'],
    },
  },
  {
    id: 'A16',
    given: 'a partial shipment with one tracked parcel',
    linked: partlyShipped(),
    ask: WHERE,
    then: {
      ...ANSWERED,
      says: ['#1043', 'partly shipped, some items still being prepared', UPS_NUMBER],
      hides: ['mug', 'Mug', 'oil', 'MUG-BLU', 'OIL-LAV'],
    },
  },
  {
    id: 'A17',
    given: 'a cancelled order',
    linked: waiting({ status: 'cancelled', cancelledAt: Date.parse('2025-12-02T14:00:00Z') }),
    ask: WHERE,
    then: ROUTED,
  },
  {
    id: 'A18',
    given: 'a pre-order of 45 business days, the dates of E31',
    at: '2025-11-24T14:00:00Z',
    linked: preorder(),
    ask: WHERE,
    then: { ...RESOLVED, says: ['Pre-Order shipping', '30 business days'] },
  },
  {
    id: 'A19',
    given: 'a pre-order without a date',
    at: '2025-11-24T14:00:00Z',
    linked: preorder({}),
    ask: WHERE,
    then: { ...DELAYED, reasons: ['preorder_eta_missing'] },
  },
  {
    id: 'A20',
    given: 'two dates for a pre-order that disagree',
    at: '2025-11-24T14:00:00Z',
    linked: preorder({ preorder_eta_business_days: 45, tags: ['preorder-eta:20bd'] }),
    ask: WHERE,
    then: { ...DELAYED, reasons: ['preorder_eta_missing'] },
  },
  {
    id: 'A20',
    given: 'a cart of which not every line is a pre-order',
    at: '2025-11-24T14:00:00Z',
    linked: preorder({
      isPreorder: undefined,
      items: [
        { id: 'p-1', name: 'Blue mug', quantity: 1, isPreorder: true },
        { id: 'p-2', name: 'Red mug', quantity: 1, isPreorder: false },
      ],
    }),
    ask: WHERE,
    then: SUPPRESSED,
  },
  {
    id: 'A21',
    given: 'a tracking link on an unknown host',
    linked: shipped([
      { trackingNumber: 'TRK0000000001', trackingCompany: 'ExampleShip', trackingUrl: 'https://track.example/TRK' },
    ]),
    ask: WHERE,
    then: { ...ANSWERED, says: ['Tracking number: TRK0000000001'], hides: ['track.example', 'http'] },
  },
];

itHolds(SCENARIOS);
