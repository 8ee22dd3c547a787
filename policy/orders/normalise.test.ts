import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OrderFacts } from './facts.ts';
import { FETCHED_AT, factsOf, LINKS, normalised, rawOrder, rawParcel, UPS_NUMBER, UPS_URL } from './fixtures/orders.ts';
import { normaliseOrder, orderNumberForms } from './normalise.ts';

const options = { fetchedAt: FETCHED_AT, links: LINKS, preorderProducts: [] };

describe('normalised order (replies §2.3)', () => {
  it('keeps the facts and nothing else', () => {
    const raw = rawOrder({
      fulfillment: [rawParcel()],
      fulfillmentStatus: 'fulfilled',
      statusUrl: 'https://shop.example/orders/abc123',
      firstName: 'Nora',
      lastName: 'Field',
      shippingCity: 'Ogden',
      amount: 84.5,
      note: 'leave at the door',
    });
    expect(normaliseOrder(raw, options)).toEqual({
      ok: true,
      facts: {
        schemaVersion: '1.0',
        orderRef: '5512340001',
        orderName: '#1043',
        createdAt: '2025-12-01T14:00:00.000Z',
        source: 'richpanel',
        fetchedAt: FETCHED_AT,
        statusRaw: 'open',
        fulfilmentRaw: 'fulfilled',
        financialRaw: 'paid',
        state: 'shipped',
        refundState: 'none',
        shippingMethodRaw: 'Standard Shipping (3-5 Business Days)',
        fulfilments: [
          {
            id: 'ful-1',
            state: 'shipped',
            trackingNumber: UPS_NUMBER,
            trackingUrl: UPS_URL,
            carrierRaw: 'UPS',
            shippedAt: '2025-12-02T00:00:00.000Z',
          },
        ],
        lineTotals: { ordered: 2, fulfilled: 0 },
        kind: 'ordinary',
        isPreorder: 'no',
        isSubscription: 'unknown',
        statusUrl: 'https://shop.example/orders/abc123',
      },
      identity: { numberForms: ['1043', '5512340001'], names: ['#1043'] },
      contact: { email: 'nora.field@example.test', phones: [] },
    });
  });

  it.each([
    [1764597600000],
    ['1764597600000'],
    ['2025-12-01T14:00:00.000Z'],
    ['2025-12-01T14:00:00Z'],
    ['2025-12-01T09:00:00-05:00'],
    ['2025-12-01T09:00:00-0500'],
  ])('reads the creation time %s', (createdAt) => {
    expect(factsOf({ createdAt }).createdAt).toBe('2025-12-01T14:00:00.000Z');
  });

  it.each([
    [undefined],
    [null],
    [''],
    ['soon'],
    [0],
    [1764597600],
    ['2025-12-01'],
    ['2025-02-30T10:00:00Z'],
    [true],
    [{}],
    [Number.NaN],
  ])('has no creation time in %s', (createdAt) => {
    expect(normalised({ createdAt })).toMatchObject({ ok: false, missing: ['created_at'] });
  });

  it.each([
    ['created_at', { createdAt: undefined, created_at: 1764597600000 }],
    ['order_name', { orderName: undefined, order_name: '#1043' }],
    ['shipping_method', { shippingMethod: undefined, shipping_method: 'Standard Shipping (3-5 Business Days)' }],
    ['fulfillment_status', { fulfillmentStatus: undefined, fulfillment_status: 'unfulfilled' }],
    ['paymentStatus', { financialStatus: undefined, paymentStatus: 'paid' }],
    ['order_id', { orderDbKey: undefined, order_db_key: 5512340001 }],
  ])('reads the spelling %s', (_, changes) => {
    expect(factsOf(changes)).toEqual(factsOf());
  });

  it.each([
    ['no name', { orderName: undefined }],
    ['a name of two characters', { orderName: '42' }],
    ['a name with a space', { orderName: 'order 1043' }],
    ['a name of 21 characters', { orderName: 'A'.repeat(21) }],
  ])('an order with %s is not spoken of', (_, changes) => {
    expect(normalised(changes)).toMatchObject({ ok: false, missing: ['order_name'] });
  });

  it.each([[null], [undefined], [[]], ['1043'], [7], [{}]])('%s names all that is missing', (raw) => {
    expect(normaliseOrder(raw, options)).toEqual({
      ok: false,
      missing: ['order_id', 'order_name', 'created_at'],
      identity: { numberForms: [], names: [] },
      contact: { phones: [] },
    });
  });

  it('does not cut a method name into one that matches', () => {
    expect(factsOf({ shippingMethod: `standard ${'x'.repeat(120)}` }).shippingMethodRaw).toBeUndefined();
  });

  it('whatever a shop delivers, the facts pass their schema and nothing throws', () => {
    const odd = fc.anything({ withDate: true, withBigInt: true, maxDepth: 3 });
    const field = fc.constantFrom(
      'status',
      'fulfillmentStatus',
      'financialStatus',
      'items',
      'tags',
      'metafields',
      'statusUrl',
      'shippingMethod',
      'cancelledAt',
      'email',
      'fulfillment',
      'isPreorder',
      'preorder_eta_business_days',
      'preorder_ship_by_date',
      'createdAt',
      'orderName',
      'orderDbKey',
    );
    const order = fc.dictionary(field, odd);
    const shaped = fc.record({
      fulfillment: fc.array(fc.record({ id: odd, status: odd, tracking: odd, quantity: odd, items: odd }), {
        maxLength: 30,
      }),
    });
    fc.assert(
      fc.property(fc.oneof(order, shaped), (changes) => {
        const result = normaliseOrder(rawOrder(changes), options);
        if (result.ok)
          expect(v.safeParse(OrderFacts, result.facts).issues?.map((issue) => v.getDotPath(issue))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe('parcels', () => {
  const parcels = (fulfillment: unknown) => factsOf({ fulfillment }).fulfilments;

  it.each([
    ['an array of entries', [{ trackingNumber: UPS_NUMBER }], { trackingNumber: UPS_NUMBER }],
    ['one entry', { trackingNumber: UPS_NUMBER }, { trackingNumber: UPS_NUMBER }],
    ['a number as text', UPS_NUMBER, { trackingNumber: UPS_NUMBER }],
    ['a link as text', UPS_URL, { trackingUrl: UPS_URL }],
    ['a number', 123456789012, { trackingNumber: '123456789012' }],
    [
      'snake case',
      { tracking_number: UPS_NUMBER, tracking_url: UPS_URL },
      { trackingNumber: UPS_NUMBER, trackingUrl: UPS_URL },
    ],
    ['a number that JSON cut short', JSON.parse('9400110898825022579493'), { trackingDropped: true }],
    [
      'an unknown host beside a number',
      { trackingNumber: UPS_NUMBER, trackingUrl: 'https://track.example/x' },
      { trackingNumber: UPS_NUMBER },
    ],
    ['only an unknown host', { trackingUrl: 'https://track.example/x' }, { trackingDropped: true }],
    ['a malformed number', { trackingNumber: 'n/a' }, { trackingDropped: true }],
    ['an empty number', { trackingNumber: '' }, {}],
    ['no entries', [], {}],
    ['an empty entry', [{}], {}],
    ['null', null, {}],
    ['an empty text', '', {}],
  ])('tracking as %s', (_, tracking, expected) => {
    expect(parcels([{ id: 'f', status: 'in_transit', tracking }])).toEqual([
      { id: 'f', state: 'shipped', ...expected },
    ]);
  });

  it.each([[7], ['sent'], [[['x']]]])('fulfillment %j is one that nobody can read', (fulfillment) => {
    expect(parcels(fulfillment)).toEqual([{ id: 'unread', state: 'unknown', trackingDropped: true }]);
  });

  it.each([[undefined], [null], [[]], ['']])('fulfillment %s is no parcel', (fulfillment) => {
    expect(parcels(fulfillment)).toEqual([]);
  });

  it.each([
    ['trackingNumber', UPS_NUMBER, 'unknown'],
    ['tracking', [{ number: UPS_NUMBER }], 'unknown'],
    ['tracking_urls', [UPS_URL], 'unknown'],
    ['shipments', [{ status: 'delivered' }], 'unknown'],
    ['trackingNumber', ' ', 'received'],
    ['tracking', [], 'received'],
    ['tracking', [{}], 'received'],
    ['shipments', null, 'received'],
  ])('%s: %j on the order itself, and no tracked fulfilment: %s', (name, value, state) => {
    expect(factsOf({ [name]: value }).state).toBe(state);
  });

  it('beside a tracked fulfilment it adds nothing', () => {
    const fulfillment = [rawParcel()];
    expect(factsOf({ fulfillment, trackingNumber: UPS_NUMBER })).toEqual(factsOf({ fulfillment }));
  });

  it('takes one fulfilment that is no array', () => {
    expect(parcels({ id: 'f', status: 'delivered' })).toEqual([{ id: 'f', state: 'delivered' }]);
  });

  it('sorts by shipping time, then id, the unknown last; at most 20', () => {
    const entry = (id: string, shippingDate?: number) => ({
      id,
      status: 'in_transit',
      tracking: [{ trackingNumber: `TRK${id}00000000`, shippingDate }],
    });
    const at = Date.UTC(2025, 11, 2);
    const sorted = parcels([entry('D'), entry('C', at + 1), entry('B', at), entry('A', at)]);
    expect(sorted.map((parcel) => parcel.id)).toEqual(['A', 'B', 'C', 'D']);
    expect(parcels(Array.from({ length: 25 }, (_, n) => entry(String(n), at)))).toHaveLength(20);
  });

  it('a fulfilment without status has left', () => {
    expect(parcels([{ id: 'f' }])).toEqual([{ id: 'f', state: 'shipped' }]);
  });

  it('one of two items sent makes the order partly shipped (seed 4)', () => {
    const items = [
      { id: 'a', quantity: 1 },
      { id: 'b', quantity: 1 },
    ];
    expect(factsOf({ items, fulfillment: [rawParcel({ items: [{ id: 'a', quantity: 1 }] })] }).state).toBe(
      'partially_shipped',
    );
  });
});

describe('pre-order evidence (replies §3.6)', () => {
  const products = [{ product: 'MUG-BLU', etaBusinessDays: 20 }];
  it.each([
    ['none', {}, [], { isPreorder: 'no' }],
    [
      'a field',
      { preorder_eta_business_days: 45 },
      [],
      { isPreorder: 'yes', preorder: { etaBusinessDays: 45, evidence: ['field'], isContradictory: false } },
    ],
    [
      'a field as text',
      { preorder_eta_business_days: '45' },
      [],
      { isPreorder: 'yes', preorder: { etaBusinessDays: 45, evidence: ['field'], isContradictory: false } },
    ],
    [
      'a ship-by date',
      { preorder_ship_by_date: '2026-01-15' },
      [],
      { isPreorder: 'yes', preorder: { shipByDate: '2026-01-15', evidence: ['field'], isContradictory: false } },
    ],
    [
      'a tag',
      { tags: ['VIP', 'preorder-eta:30bd'] },
      [],
      { isPreorder: 'yes', preorder: { etaBusinessDays: 30, evidence: ['tag'], isContradictory: false } },
    ],
    [
      'tags in one text',
      { tags: 'vip, preorder-ship-by:2026-02-01' },
      [],
      { isPreorder: 'yes', preorder: { shipByDate: '2026-02-01', evidence: ['tag'], isContradictory: false } },
    ],
    [
      'a metafield',
      { metafields: [{ key: 'preorder-eta', value: '30bd' }] },
      [],
      { isPreorder: 'yes', preorder: { etaBusinessDays: 30, evidence: ['tag'], isContradictory: false } },
    ],
    [
      'a plain tag',
      { tags: ['pre-order'] },
      [],
      { isPreorder: 'yes', preorder: { evidence: ['tag'], isContradictory: false } },
    ],
    [
      'a flag alone',
      { isPreorder: true },
      [],
      { isPreorder: 'yes', preorder: { evidence: [], isContradictory: false } },
    ],
    [
      'the product table',
      {},
      products,
      { isPreorder: 'yes', preorder: { etaBusinessDays: 20, evidence: ['product'], isContradictory: false } },
    ],
    [
      'two that agree',
      { preorder_eta_business_days: 20 },
      products,
      { isPreorder: 'yes', preorder: { etaBusinessDays: 20, evidence: ['field', 'product'], isContradictory: false } },
    ],
    [
      'two that disagree',
      { preorder_eta_business_days: 45 },
      products,
      { isPreorder: 'yes', preorder: { etaBusinessDays: 45, evidence: ['field', 'product'], isContradictory: true } },
    ],
    [
      'a promise out of range',
      { preorder_eta_business_days: 181 },
      [],
      { isPreorder: 'yes', preorder: { evidence: ['field'], isContradictory: false } },
    ],
    [
      'a promise of nothing',
      { preorder_eta_business_days: 0 },
      [],
      { isPreorder: 'yes', preorder: { evidence: ['field'], isContradictory: false } },
    ],
    ['a promise denied', { isPreorder: false, tags: ['preorder-eta:30bd'] }, [], { isPreorder: 'unknown' }],
    [
      'a mixed cart',
      {
        items: [
          { sku: 'MUG-BLU', quantity: 1 },
          { sku: 'HAT', quantity: 1 },
        ],
      },
      products,
      { isPreorder: 'unknown' },
    ],
    ['a tag that only looks like one', { tags: ['preorder-eta:soon', 'xpreorder-eta:30bd'] }, [], { isPreorder: 'no' }],
    ['the method name', { shippingMethod: 'Pre-Order Shipping' }, [], { isPreorder: 'no' }],
  ] as const)('%s', (_, changes, table, expected) => {
    const { isPreorder, preorder } = factsOf(changes, table);
    expect(preorder === undefined ? { isPreorder } : { isPreorder, preorder }).toEqual(expected);
  });
});

describe('kinds of order (replies S15, S16)', () => {
  it.each([
    ['ordinary', {}],
    ['ordinary', { items: undefined }],
    ['test', { test: true }],
    ['draft', { status: 'draft' }],
    ['empty', { items: [] }],
    ['empty', { items: [{ id: 'p', quantity: 0 }] }],
    ['digital', { items: [{ id: 'p', quantity: 1, requiresShipping: false }] }],
    [
      'ordinary',
      {
        items: [
          { id: 'p', quantity: 1, requiresShipping: false },
          { id: 'q', quantity: 1 },
        ],
      },
    ],
    ['digital', { requires_shipping: false }],
  ])('%s: %j', (kind, changes) => {
    expect(factsOf(changes).kind).toBe(kind);
  });

  it.each([
    ['yes', { tags: ['Subscription First Order'] }],
    ['yes', { items: [{ id: 'p', quantity: 1, sellingPlanId: 'sp-1' }] }],
    ['no', { isSubscription: false }],
    ['unknown', {}],
    ['unknown', { tags: ['no-subscription'] }],
  ])('subscription %s: %j', (expected, changes) => {
    expect(factsOf(changes).isSubscription).toBe(expected);
  });
});

describe('order numbers as customers write them (replies §2.2)', () => {
  it.each([
    ['#1043', ['1043']],
    ['# 1043', ['1043']],
    ['acme-1043', ['ACME-1043', '1043']],
    ['AB1043', ['AB1043', '1043']],
    ['1043-A', ['1043-A']],
    ['#', []],
  ])('%s', (name, forms) => {
    expect(orderNumberForms(name)).toEqual(forms);
  });
});
