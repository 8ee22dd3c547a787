/** S1 to S17 of replies §2.5, each from the vendor's order to what the customer reads and the ticket shows. */
import { describe, expect, it } from 'vitest';
import { choreography } from '../choreography.ts';

const UPS = '1Z999AA10123456784';
const WHERE = 'Where is my order?';
/** Mon 2026-01-12 on the test clock's Thu 2026-01-15: three business days are gone. */
const order = (changes: Record<string, unknown> = {}) => ({
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  email: 'nora.field@example.test',
  status: 'open',
  fulfillmentStatus: 'unfulfilled',
  financialStatus: 'paid',
  createdAt: Date.parse('2026-01-12T14:00:00.000Z'),
  shippingMethod: 'Standard Shipping',
  items: [{ id: 'p-1', name: 'Walnut mug', price: 12, quantity: 2 }],
  fulfillment: [],
  ...changes,
});
const parcel = (status: string, trackingNumber?: string, more: Record<string, unknown> = {}) => ({
  id: `f-${trackingNumber ?? 0}`,
  status,
  quantity: 2,
  tracking: trackingNumber === undefined ? [] : [{ trackingNumber, trackingCompany: 'UPS', ...more }],
});
const shipped = (...parcels: object[]) => ({ fulfillmentStatus: 'fulfilled', fulfillment: parcels });

type Row = {
  readonly when: string;
  readonly order: Record<string, unknown>;
  readonly text?: string;
  readonly flags?: Readonly<Record<string, string>>;
  /** `null`: nothing is sent. */
  readonly template: string | null;
  readonly says?: readonly string[];
  readonly reasons?: readonly string[];
  readonly tags?: readonly string[];
  /** `null`: resolved, so nobody is assigned. */
  readonly route?: string | null;
};

const STATUS = 't_order_status_verified';
const DELAY = 't_shipping_delay_verified';
const ESTIMATE = 't_order_eta_no_tracking_verified';
const INTAKE = 't_delivered_not_received_intake';
const RETURNS = 'route-returns-admin';
const NO_TRACKING = {
  template: null,
  reasons: ['missing_order_context', 'tracking_absent'],
  tags: ['mw-order-lookup-missing:tracking', 'mw-order-status-suppressed'],
} as const;
const ROUTE_ONLY = { template: null, reasons: ['template_not_allowed'] } as const;

const ROWS: readonly Row[] = [
  {
    when: 'S1 tracking present',
    order: shipped(parcel('in_transit', UPS)),
    template: STATUS,
    says: ['#1043', 'shipped, on its way', UPS, 'https://www.ups.com/track?tracknum='],
  },
  {
    when: 'S2 label only',
    order: { fulfillment: [parcel('label_created', UPS)] },
    template: STATUS,
    says: ['being prepared', UPS],
  },
  {
    when: 'S3 no tracking, inside',
    order: {},
    template: ESTIMATE,
    says: ['Standard shipping', 'up to 2 business days', 'Jan 12, 2026'],
    tags: ['mw:auto_closed', 'mw:deflected'],
    route: null,
  },
  {
    when: 'S3 while tickets may not be closed (A45)',
    order: {},
    flags: { auto_close_enabled: 'false' },
    template: null,
    reasons: ['auto_close_disabled'],
  },
  {
    when: 'S4 no tracking, late',
    order: { createdAt: Date.parse('2026-01-07T14:00:00Z') },
    template: DELAY,
    says: ['being prepared (not shipped yet)', 'specialist'],
  },
  { when: 'S4 on the last day', order: { createdAt: Date.parse('2026-01-08T14:00:00Z') }, template: DELAY },
  {
    when: 'S5 no tracking, window unknown',
    order: { shippingMethod: 'Courier' },
    template: null,
    reasons: ['missing_order_context', 'shipping_bucket_unknown'],
    tags: ['mw-order-lookup-failed', 'mw-order-status-suppressed'],
  },
  { when: 'S6 shipped, no tracking data', order: shipped(parcel('in_transit')), ...NO_TRACKING },
  {
    when: 'S7 delivered, asks where',
    order: shipped(parcel('delivered', UPS)),
    template: STATUS,
    says: ['delivered', UPS],
  },
  {
    when: 'S8 delivered, not received',
    order: shipped(parcel('delivered', UPS)),
    text: 'Where is my order? It says delivered but I did not receive it.',
    template: INTAKE,
    route: RETURNS,
  },
  { when: 'S9 cancelled', order: { cancelledAt: 1_768_300_000_000 }, ...ROUTE_ONLY },
  { when: 'S9 refunded', order: { financialStatus: 'refunded' }, ...ROUTE_ONLY },
  { when: 'S9 on hold', order: { fulfillmentStatus: 'on_hold' }, ...ROUTE_ONLY },
  { when: 'S9 exception', order: shipped(parcel('returned_to_sender', UPS)), ...ROUTE_ONLY, route: RETURNS },
  {
    when: 'S10 partly shipped, one tracked',
    order: { fulfillmentStatus: 'partially_fulfilled', fulfillment: [parcel('in_transit', UPS)] },
    template: STATUS,
    says: ['partly shipped', 'some items still being prepared', UPS],
  },
  {
    when: 'S11 several tracked, no order page',
    order: shipped(parcel('in_transit', UPS), parcel('in_transit', '1Z999AA10123456785')),
    template: null,
    reasons: ['tracking_absent'],
    tags: ['mw-order-status-suppressed'],
  },
  {
    when: 'S12 partly shipped, none tracked',
    order: { fulfillmentStatus: 'partial', fulfillment: [parcel('in_transit')] },
    ...NO_TRACKING,
  },
  {
    when: 'S13 pre-order inside its promise',
    order: { tags: ['preorder-eta:45bd'] },
    template: ESTIMATE,
    says: ['Pre-Order', '42 business days'],
    route: null,
  },
  { when: 'S13 pre-order behind its promise', order: { preorder_eta_business_days: 3 }, template: DELAY },
  { when: 'S14 pre-order without a promise', order: { tags: 'Pre-Order' }, template: DELAY, says: ['not shipped yet'] },
  { when: 'S14 two promises', order: { preorder_eta_business_days: 45, tags: ['preorder-eta:30bd'] }, template: DELAY },
  {
    when: 'S14 part of the cart',
    order: { items: [{ sku: 'A', isPreorder: true }, { sku: 'B' }] },
    template: null,
    reasons: ['missing_order_context', 'shipping_bucket_unknown'],
  },
  {
    when: 'S15 subscription order',
    order: { ...shipped(parcel('in_transit', UPS)), tags: ['subscription'] },
    template: STATUS,
    says: [UPS],
  },
  { when: 'S16 test order', order: { test: true }, ...ROUTE_ONLY },
  { when: 'S16 draft', order: { draft: true }, ...ROUTE_ONLY },
  { when: 'S16 no lines', order: { items: [] }, ...ROUTE_ONLY },
  { when: 'S16 fully digital', order: { items: [{ digital: true }] }, ...ROUTE_ONLY },
  {
    when: 'S17 malformed number, usable link',
    order: shipped(parcel('in_transit', 'PENDING', { trackingUrl: `https://www.ups.com/track?tracknum=${UPS}` })),
    template: STATUS,
    says: [`https://www.ups.com/track?tracknum=${UPS}`],
  },
  { when: 'S17 malformed number, nothing else', order: shipped(parcel('in_transit', 'PENDING')), ...NO_TRACKING },
];

describe('what a customer with one order hears (replies §2.5)', () => {
  it.each(ROWS)(
    '$when',
    async ({
      order: changes,
      text = WHERE,
      flags = {},
      template,
      says = [],
      reasons,
      tags = [],
      route = 'route-email-support-team',
    }) => {
      const c = choreography();
      for (const [name, value] of Object.entries(flags)) c.parameters.values.set(name, value);
      c.helpdesk.link('t-1', order(changes));
      c.helpdesk.customerWrites({ conversationId: 't-1', text, customer: { email: 'nora.field@example.test' } });
      await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });

      expect(c.factsOf('ReplySent').map(({ data }) => data.templateId)).toEqual(template === null ? [] : [template]);
      const sent = c.helpdesk.outbox.map((entry) => entry.text);
      expect(sent).toHaveLength(template === null ? 0 : 1);
      for (const words of says) expect(sent[0]).toContain(words);
      // No line of the order, no address, no internal id; tracking in no Tier 1 text.
      expect(sent.join()).not.toMatch(/mug|@|\{\{|1043-|usd/i);
      if (template === INTAKE) expect(sent[0]).not.toMatch(/1Z999|ups\.com|#1043/);
      if (reasons) expect(c.factsOf('ReplyDenied').flatMap(({ data }) => data.reasonCodes)).toEqual(reasons);

      const ticket = await c.helpdesk.ticket('t-1');
      expect(ticket?.status).toBe(route === null ? 'closed' : 'open');
      expect(ticket?.tags.filter((tag) => tag.startsWith('route-'))).toEqual(route === null ? [] : [route]);
      expect(ticket?.tags).toEqual(expect.arrayContaining([...tags]));
    },
  );
});
