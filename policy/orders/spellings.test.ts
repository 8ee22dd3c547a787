/** Shops spell the same field differently; each spelling alone must be read as the usual one is (richpanel-api §4.4). */
import { describe, expect, it } from 'vitest';
import { FETCHED_AT, LINKS, rawOrder, rawParcel, UPS_NUMBER, UPS_URL } from './fixtures/orders.ts';
import { combineOrder, needsDetail, parseLinkage } from './linkage.ts';
import { normaliseOrder } from './normalise.ts';
import { parcelsOf } from './parcels.ts';

const HOW = { links: LINKS, createdAt: '2025-12-01T14:00:00.000Z', fetchedAt: FETCHED_AT };

type Raw = Record<string, unknown>;
type Spellings = readonly (readonly [usual: string, others: readonly string[]])[];

function respelt(record: Raw, usual: string, other: string): Raw {
  const { [usual]: value, ...rest } = record;
  return { ...rest, [other]: value };
}

const pairs = (spellings: Spellings) =>
  spellings.flatMap(([usual, others]) => others.map((other) => [other, usual] as const));
const normalised = (raw: Raw) => normaliseOrder(raw, { fetchedAt: FETCHED_AT, links: LINKS, preorderProducts: [] });

const WHOLE = rawOrder({
  orderId: 'A-77',
  fulfillment: [rawParcel()],
  fulfillmentStatus: 'partial',
  financialStatus: 'partially_refunded',
  cancelledAt: '2025-12-02T08:00:00.000Z',
  statusUrl: 'https://shop.example/orders/1',
  conversationId: 'conv-1',
  customerId: 'cust-1',
  isSubscription: true,
});

describe('an order', () => {
  it.each(
    pairs([
      ['orderDbKey', ['order_db_key']],
      ['orderId', ['order_id', 'id']],
      ['orderName', ['order_name', 'name']],
      ['createdAt', ['created_at', 'orderCreatedAt']],
      ['status', ['orderStatus', 'order_status']],
      ['fulfillmentStatus', ['fulfillment_status', 'fulfilmentStatus']],
      ['financialStatus', ['financial_status', 'paymentStatus', 'payment_status']],
      ['cancelledAt', ['cancelled_at', 'canceledAt', 'canceled_at']],
      ['shippingMethod', ['shipping_method', 'shippingMethodName', 'shippingTitle']],
      ['statusUrl', ['status_url', 'orderStatusUrl', 'order_status_url']],
      ['conversationId', ['conversation_id', 'ticketId', 'ticket_id']],
      ['customerId', ['customer_id']],
      ['email', ['customerEmail', 'customer_email', 'contactEmail', 'contact_email', 'billingEmail', 'billing_email']],
      ['items', ['lineItems', 'line_items']],
      ['fulfillment', ['fulfillments', 'fulfilment', 'fulfilments']],
      ['isSubscription', ['is_subscription', 'subscription']],
    ]),
  )('%s is %s', (other, usual) => {
    expect(normalised(respelt(WHOLE, usual, other))).toEqual(normalised(WHOLE));
    const { [usual]: _, ...without } = WHOLE;
    expect(normalised(without)).not.toEqual(normalised(WHOLE));
  });

  it('its id stands in for the key it lacks, in any spelling', () => {
    for (const name of ['orderId', 'order_id', 'id']) {
      const { orderDbKey: _, ...raw } = respelt(rawOrder({ orderId: '77' }), 'orderId', name);
      expect(normalised(raw)).toMatchObject({ ok: true, facts: { orderRef: '77' } });
      expect(normalised(raw).identity.numberForms).toEqual(['1043', '77']);
    }
  });

  it.each([
    ['cancelled', true, 'cancelled'],
    ['isCancelled', 'yes', 'cancelled'],
    ['cancelled', false, 'received'],
  ])('%s: %s is %s without a time', (name, value, state) => {
    expect(normalised(rawOrder({ [name]: value }))).toMatchObject({ facts: { state } });
  });

  it.each([
    ['cancelledAt', '2025-12-02'],
    ['cancelled_at', 1_764_684_000],
    ['canceledAt', true],
    ['canceled_at', 'yesterday'],
    ['canceled', true],
    ['isCanceled', 1],
    ['is_cancelled', 'yes'],
    ['is_canceled', 'true'],
  ])('%s: %j tells of a cancellation, though of no time', (name, value) => {
    expect(normalised(rawOrder({ cancelledAt: '', [name]: value }))).toMatchObject({ facts: { state: 'cancelled' } });
  });

  it.each([[null], [''], [' '], [false], [0], ['false']])('cancelledAt: %j tells of none', (cancelledAt) => {
    expect(normalised(rawOrder({ cancelledAt }))).toMatchObject({ facts: { state: 'received' } });
  });

  it.each([
    [{ status: 'open', orderStatus: 'Cancelled' }, 'cancelled'],
    [{ orderStatus: 'open', status: 'cancelled' }, 'cancelled'],
    [{ fulfillmentStatus: 'fulfilled', fulfilmentStatus: 'lost' }, 'exception'],
    [{ financialStatus: 'paid', paymentStatus: 'refunded' }, 'refunded'],
    [{ financialStatus: 'paid', payment_status: 'pending' }, 'on_hold'],
    [{ financialStatus: 'paid', paymentStatus: 'card' }, 'received'],
  ])('%j, spelt twice and told apart, is %s', (changes, state) => {
    expect(normalised(rawOrder(changes))).toMatchObject({ facts: { state } });
  });

  it('the address of the customer within it counts where it has none of its own', () => {
    const of = (changes: Raw) =>
      normalised(rawOrder({ customer: { email: 'Other@example.test' }, ...changes })).contact;
    expect(of({ email: null })).toEqual({ email: 'other@example.test', phones: [] });
    expect(of({})).toEqual({ email: 'nora.field@example.test', phones: [] });
  });

  it.each([[['other@example.test']], [{ address: 'other@example.test' }], [true], [12.5]])(
    'an address as %j is nobody’s, and no silence',
    (email) => {
      expect(normalised(rawOrder({ email })).contact.email).toBe('(unreadable)');
    },
  );

  it('an empty spelling hides no other one', () => {
    const raw = rawOrder({ email: ' ', customerEmail: 'other@example.test', status: '', orderStatus: 'cancelled' });
    expect(normalised(raw)).toMatchObject({
      contact: { email: 'other@example.test' },
      facts: { statusRaw: 'cancelled', state: 'cancelled' },
    });
  });

  it.each([
    ['test', true, 'test'],
    ['isTest', '1', 'test'],
    ['isTest', ' TRUE ', 'test'],
    ['is_test', 'yes', 'test'],
    ['draft', true, 'draft'],
    ['isDraft', 'true', 'draft'],
    ['is_draft', 1, 'draft'],
    ['status', 'Draft', 'draft'],
    ['requiresShipping', false, 'digital'],
    ['requires_shipping', 'no', 'digital'],
    ['items', [], 'empty'],
    ['items', [{ quantity: 0 }], 'empty'],
    ['items', [{ requiresShipping: false }], 'digital'],
    ['items', [{ requires_shipping: 0 }], 'digital'],
    ['items', [{ digital: true }], 'digital'],
    ['items', [{ isDigital: 'yes' }], 'digital'],
    ['items', [{ is_digital: 1 }], 'digital'],
    ['items', [{ type: 'Digital' }], 'digital'],
    ['items', [{ type: 'digital' }, { type: 'mug' }], 'ordinary'],
    ['items', [{ digital: false, type: 'mug' }], 'ordinary'],
  ])('%s: %j makes it %s', (name, value, kind) => {
    expect(normalised(rawOrder({ [name]: value }))).toMatchObject({ facts: { kind } });
  });

  it.each(['sellingPlan', 'selling_plan', 'sellingPlanId', 'selling_plan_id', 'subscriptionId'])(
    '%s on the order or an item is a subscription',
    (name) => {
      expect(normalised(rawOrder({ [name]: 'p' }))).toMatchObject({ facts: { isSubscription: 'yes' } });
      expect(normalised(rawOrder({ items: [{ [name]: 'p' }] }))).toMatchObject({ facts: { isSubscription: 'yes' } });
      expect(normalised(rawOrder({ isSubscription: false }))).toMatchObject({ facts: { isSubscription: 'no' } });
    },
  );

  it('counts pieces of a fulfilment by its lines, else by its quantity, else none', () => {
    const fulfilled = (...fulfillment: Raw[]) => {
      const order = normalised(rawOrder({ items: [{ quantity: 4 }, {}], fulfillment }));
      return order.ok ? order.facts.lineTotals : null;
    };
    expect(fulfilled({ items: [{ quantity: 2 }, { quantity: -3 }] })).toEqual({ ordered: 5, fulfilled: 2 });
    expect(fulfilled({ quantity: 3 })).toEqual({ ordered: 5, fulfilled: 3 });
    expect(fulfilled({ quantity: -3 }, { items: [] })).toEqual({ ordered: 5, fulfilled: 0 });
    expect(fulfilled({ items: [], quantity: 2 })).toEqual({ ordered: 5, fulfilled: 2 });
    expect(fulfilled({}, { items: [{ quantity: 9_999_999 }] })).toEqual({ ordered: 5, fulfilled: 1_000_000 });
  });

  it.each([
    [{ title: 'Express' }, 'Express'],
    [{ name: 'Express' }, 'Express'],
    ['x'.repeat(120), 'x'.repeat(120)],
    ['x'.repeat(121), undefined],
  ])('a shipping method %j is %s', (shippingMethod, read) => {
    const order = normalised(rawOrder({ shippingMethod }));
    expect(order.ok ? order.facts.shippingMethodRaw : null).toBe(read);
  });
});

describe('whom an order belongs to', () => {
  it.each(['phone', 'customerPhone', 'customer_phone', 'contactPhone', 'billingPhone', 'shipping_phone'])(
    'the number under %s, in E.164',
    (name) => {
      expect(normalised(rawOrder({ [name]: '(801) 555-0142' })).contact.phones).toEqual(['+18015550142']);
    },
  );

  it.each(['555', 'none', 8015550142.5, {}, null])('%j is no number', (phone) => {
    expect(normalised(rawOrder({ phone })).contact.phones).toEqual([]);
  });
});

describe('a fulfilment', () => {
  const parcels = (fulfillment: Raw) => parcelsOf({ fulfillment: [fulfillment] }, HOW);
  const FULFILMENT: Raw = {
    id: 'f',
    status: 'success',
    shipmentStatus: 'out_for_delivery',
    tracking: [{ trackingNumber: UPS_NUMBER, trackingUrl: UPS_URL }],
    trackingCompany: 'UPS',
    shippingDate: '2025-12-02T00:00:00.000Z',
    deliveredAt: '2025-12-03T00:00:00.000Z',
  };
  it.each(
    pairs([
      ['id', ['fulfillmentId', 'fulfillment_id']],
      ['status', ['state']],
      ['shipmentStatus', ['shipment_status', 'deliveryStatus']],
      ['tracking', ['trackings', 'trackingInfo', 'tracking_info']],
      ['trackingCompany', ['tracking_company', 'carrier', 'company']],
      ['shippingDate', ['shipping_date', 'shippedAt', 'shipped_at', 'createdAt', 'created_at']],
      ['deliveredAt', ['delivered_at']],
    ]),
  )('%s is %s', (other, usual) => {
    expect(parcels(respelt(FULFILMENT, usual, other))).toEqual(parcels(FULFILMENT));
  });

  it.each([
    [{ tracking_number: UPS_NUMBER, tracking_url: UPS_URL }],
    [{ number: UPS_NUMBER, url: UPS_URL }],
    [{ number: UPS_NUMBER, trackingURL: UPS_URL }],
  ])('tracking %j is read, in a list or alone', (entry) => {
    expect(parcels({ ...FULFILMENT, tracking: [entry] })).toEqual(parcels(FULFILMENT));
    expect(parcels({ ...FULFILMENT, tracking: entry })).toEqual(parcels(FULFILMENT));
  });

  it.each<[tracking: Raw, number: string | undefined, url: string | undefined]>([
    [{ trackingNumber: UPS_NUMBER }, UPS_NUMBER, undefined],
    [{ tracking_number: UPS_NUMBER }, UPS_NUMBER, undefined],
    [{ trackingUrl: UPS_URL }, undefined, UPS_URL],
    [{ tracking_url: UPS_URL }, undefined, UPS_URL],
    [{ tracking: UPS_NUMBER }, UPS_NUMBER, undefined],
    [{ tracking: UPS_URL }, undefined, UPS_URL],
    [{ tracking: ' ' }, undefined, undefined],
    [{ tracking: [{}], trackingNumber: UPS_NUMBER }, UPS_NUMBER, undefined],
    [{ tracking: 123456789012 }, '123456789012', undefined],
    [{ tracking: [] }, undefined, undefined],
    [{}, undefined, undefined],
  ])('%j has number %s and link %s, and nothing was dropped', (tracking, trackingNumber, trackingUrl) => {
    const [parcel, ...others] = parcels({ id: 'f', status: 'success', ...tracking });
    expect(parcel).toEqual({
      id: 'f',
      state: 'shipped',
      ...(trackingNumber !== undefined && { trackingNumber }),
      ...(trackingUrl !== undefined && { trackingUrl }),
    });
    expect(others).toEqual([]);
  });

  it('names what has no id by its place, cuts long ids, and numbers the entries of one', () => {
    const two = { tracking: [{ number: 'AAAAAAAA1' }, { number: 'AAAAAAAA2' }, { number: 'AAAAAAAA3' }] };
    expect(parcels({ id: 'f', ...two }).map(({ id }) => id)).toEqual(['f', 'f~2', 'f~3']);
    expect(parcels({ id: 'x'.repeat(99) })[0]?.id).toHaveLength(70);
    const unnamed = parcelsOf({ fulfillment: [{ status: 'success' }, { status: 'success' }] }, HOW);
    expect(unnamed.map(({ id }) => id)).toEqual(['fulfilment-1', 'fulfilment-2']);
  });

  it.each([
    [{ status: 'success', shipmentStatus: 'delivered' }, 'delivered'],
    [{ shipmentStatus: 'out_for_delivery' }, 'out_for_delivery'],
    [{ deliveredAt: '2025-12-03T00:00:00.000Z' }, 'delivered'],
    [{ status: 'in_transit', deliveredAt: '2025-12-03T00:00:00.000Z' }, 'delivered'],
    // Delivered a day after the reading, or before the order was made.
    [{ status: 'in_transit', deliveredAt: '2025-12-04T14:00:05.001Z' }, 'shipped'],
    [{ status: 'in_transit', deliveredAt: '2025-12-01T13:59:59.999Z' }, 'shipped'],
    [{ status: 'cancelled' }, 'cancelled'],
    [{}, 'shipped'],
    // It is to be handed over the day after.
    [{ shippedAt: '2025-12-04T14:00:00.000Z' }, 'received'],
  ])('%j is %s', (fulfilment, state) => {
    expect(parcels(fulfilment)[0]?.state).toBe(state);
  });

  it('parcels stand by shipping time, those without one last, then by id', () => {
    const at = (day: number) => `2025-12-0${day}T00:00:00.000Z`;
    const order = (...fulfillment: Raw[]) => parcelsOf({ fulfillment }, HOW).map(({ id }) => id);
    const named = [
      { id: 'c' },
      { id: 'b', shippedAt: at(3) },
      { id: 'a' },
      { id: 'e', shippedAt: at(2) },
      { id: 'd', shippedAt: at(3) },
    ];
    expect(order(...named)).toEqual(['e', 'b', 'd', 'a', 'c']);
    expect(order(...named.toReversed())).toEqual(['e', 'b', 'd', 'a', 'c']);
    expect(order({ id: 'same' }, { id: 'same' })).toEqual(['same', 'same']);
  });
});

describe('the link of a conversation', () => {
  it.each(['orderId', 'order_id', 'id'])('%s names the order', (name) => {
    expect(parseLinkage(200, { [name]: '1043' })).toMatchObject({ kind: 'linked', orderId: '1043' });
    expect(parseLinkage(200, { order: { [name]: '1043' } })).toMatchObject({ kind: 'linked', orderId: '1043' });
  });

  it.each(['appClientId', 'app_client_id', 'appclient_id'])('%s names the shop', (name) => {
    expect(parseLinkage(200, { orderId: '1', [name]: 'acme' })).toMatchObject({ appClientId: 'acme' });
  });

  it.each(['has_more', 'hasMore'])('%s means several', (name) => {
    expect(parseLinkage(200, { ...rawOrder(), [name]: true }).kind).toBe('several');
    expect(parseLinkage(200, { ...rawOrder(), [name]: false }).kind).toBe('linked');
  });

  it.each(['orderId', 'order_id', 'id', 'orderName', 'orderDbKey', 'appClientId', 'createdAt', 'items', 'fulfillment'])(
    'an answer without an id that has %s is an order, which is not linked',
    (name) => {
      expect(parseLinkage(200, { [name]: '' }).kind).toBe('unlinked');
    },
  );

  const COMPLETE = rawOrder({ fulfillment: [rawParcel()] });
  it.each(
    pairs([
      ['shippingMethod', ['shipping_method']],
      ['orderName', ['order_name', 'name']],
      ['createdAt', ['created_at']],
      ['fulfillment', ['fulfillments', 'fulfilment', 'fulfilments']],
    ]),
  )('%s is %s, so nothing more need be read', (other, usual) => {
    expect(needsDetail(respelt(COMPLETE, usual, other))).toBe(false);
  });

  it.each([
    ['tracking', [{}], true],
    ['trackingNumber', UPS_NUMBER, true],
    ['trackingUrl', UPS_URL, true],
    ['tracking_number', UPS_NUMBER, true],
    ['tracking_url', UPS_URL, true],
    ['tracking', '', false],
    ['tracking', [], false],
  ])('%s: %j is tracking: %s', (name, value, holds) => {
    expect(needsDetail(rawOrder({ fulfillment: [{ [name]: value }] }))).toBe(!holds);
  });

  it.each<[why: string, linked: Raw, detail: Raw, hasConflict: boolean]>([
    ['one id of several in common', { id: 'a', orderId: '1' }, { id: 'b', orderId: '1' }, false],
    ['no id in common', { order_id: '1' }, { orderDbKey: '2' }, true],
    ['no id in common, under another name', { order_db_key: '1' }, { id: '2' }, true],
    ['an id that only one names', { orderId: '1' }, { status: 'open' }, false],
    ['nothing known of it', { orderId: '1', status: 'cancelled' }, {}, false],
    ['another creation time', { created_at: '2025-12-01T10:00:00Z' }, { createdAt: '2025-12-01T11:00:00Z' }, true],
    [
      'the same time in another zone',
      { created_at: '2025-12-01T10:00:00Z' },
      { createdAt: '2025-12-01T11:00:00+01:00' },
      false,
    ],
    ['a time that only one tells', { createdAt: '2025-12-01T10:00:00Z' }, { status: 'open' }, false],
    ['cancelled by time against open', { cancelled_at: '2025-12-01T10:00:00Z' }, { status: 'open' }, true],
    ['cancelled by word against open', { orderStatus: 'Voided' }, { status: 'open' }, true],
    ['cancelled, twice', { canceledAt: '2025-12-01T10:00:00Z' }, { orderStatus: 'canceled' }, false],
    ['cancelled against silence', { status: 'cancelled' }, { note: 'x' }, false],
    ['tracking against none', { fulfillment: [rawParcel()] }, { fulfillment: [] }, true],
    ['tracking against silence', { fulfillment: [rawParcel()] }, { note: 'x' }, false],
  ])('%s', (_, linked, detail, hasConflict) => {
    expect(combineOrder(linked, detail).hasConflict).toBe(hasConflict);
  });

  it('takes the tracked fulfilments of the detail under whatever name', () => {
    const tracked = [rawParcel()];
    const own = { fulfilment: [{ id: 'own' }], note: null };
    expect(combineOrder(own, { fulfillments: tracked, note: 'x' }).order).toEqual({ fulfillments: tracked, note: 'x' });
    expect(combineOrder({ a: 1 }, { fulfillment: tracked, b: 2 }).order).toEqual({ a: 1, b: 2, fulfillment: tracked });
  });
});
