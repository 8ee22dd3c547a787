/** Replies §11, A02 to A07 and A14 to A21: what one matched order lets us say (replies §2.5, §3). */
import { ANSWERED, DELAYED, NO_FACTS, RESOLVED, ROUTED, SUPPRESSED } from './expectations.ts';
import { delivered, partlyShipped, preorder, shipped, UPS_NUMBER, UPS_PAGE, UPS_PARCEL, waiting } from './orders.ts';
import { itHolds, type Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';

const WHERE = 'Where is my order?';

/** The shop has a page of its own that replies may link to. */
function withOrderPage({ change }: Scene): void {
  change(({ config }) => ({
    config: { ...config, hosts: { ...config.hosts, shop: [{ host: 'shop.example', query_keys: [] }] } },
  }));
}

const SCENARIOS: readonly Scenario[] = [
  {
    id: 'A02',
    given: 'one linked order with a UPS link, in chat',
    channel: 'livechat',
    linked: shipped(),
    ask: 'Can I get my tracking?',
    expected: { ...ANSWERED, says: ['#1043', `Track it here: ${UPS_PAGE}`], hides: ['Tracking number'] },
  },
  {
    id: 'A03',
    given: 'no tracking, Standard, the dates of E01',
    linked: waiting(),
    ask: WHERE,
    expected: { ...RESOLVED, says: ['#1043', 'Standard shipping', '1–3 business days', 'reopen'] },
  },
  {
    id: 'A04',
    given: 'the dates of E05',
    at: '2025-12-08T14:00:00Z',
    linked: waiting(),
    ask: WHERE,
    expected: { ...DELAYED, reasons: ['out_of_sla_window'] },
  },
  {
    id: 'A05',
    given: 'Rushed, ordered on Monday, asked on Tuesday',
    at: '2025-12-02T14:00:00Z',
    linked: waiting({ shippingMethod: 'Rushed Processing' }),
    ask: WHERE,
    expected: { ...DELAYED, reasons: ['out_of_sla_window'] },
  },
  {
    id: 'A06',
    given: 'the method Courier, no tracking',
    linked: waiting({ shippingMethod: 'Courier' }),
    ask: WHERE,
    expected: { ...SUPPRESSED, reasons: ['missing_order_context', 'shipping_bucket_unknown'] },
  },
  {
    id: 'A07',
    given: 'USPS Priority Mail',
    linked: waiting({ shippingMethod: 'USPS Priority Mail' }),
    ask: WHERE,
    expected: { ...SUPPRESSED, reasons: ['missing_order_context', 'shipping_bucket_unknown'] },
  },
  {
    id: 'A14',
    given: 'a delivered order',
    linked: delivered(),
    ask: 'It says delivered, but it is not here.',
    expected: {
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
    expected: { ...ROUTED, tags: ['mw-order-status-suppressed'] },
  },
  {
    id: 'A15',
    given: 'two tracked fulfilments and a page of the order',
    linked: shipped([UPS_PARCEL, { trackingNumber: '1Z999AA10198765432', trackingCompany: 'UPS' }], {
      orderStatusUrl: 'https://shop.example/orders/1043',
    }),
    prepare: withOrderPage,
    ask: WHERE,
    expected: {
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
    expected: {
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
    expected: ROUTED,
  },
  {
    id: 'A18',
    given: 'a pre-order of 45 business days, the dates of E31',
    at: '2025-11-24T14:00:00Z',
    linked: preorder(),
    ask: WHERE,
    expected: { ...RESOLVED, says: ['Pre-Order shipping', '30 business days'] },
  },
  {
    id: 'A19',
    given: 'a pre-order without a date',
    at: '2025-11-24T14:00:00Z',
    linked: preorder({}),
    ask: WHERE,
    expected: { ...DELAYED, reasons: ['preorder_eta_missing'] },
  },
  {
    id: 'A20',
    given: 'two dates for a pre-order that disagree',
    at: '2025-11-24T14:00:00Z',
    linked: preorder({ preorder_eta_business_days: 45, tags: ['preorder-eta:20bd'] }),
    ask: WHERE,
    expected: { ...DELAYED, reasons: ['preorder_eta_missing'] },
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
    expected: SUPPRESSED,
  },
  {
    id: 'A21',
    given: 'a tracking link on an unknown host',
    linked: shipped([
      { trackingNumber: 'TRK0000000001', trackingCompany: 'ExampleShip', trackingUrl: 'https://track.example/TRK' },
    ]),
    ask: WHERE,
    expected: { ...ANSWERED, says: ['Tracking number: TRK0000000001'], hides: ['track.example', 'http'] },
  },
];

itHolds(SCENARIOS);
