import { describe, expect, it } from 'vitest';
import { SHIPPING_BUCKETS } from '../../events/decision.ts';
import { normalised, rawParcel, UPS_NUMBER } from './fixtures/orders.ts';
import { SHIPPED_MAP } from './fixtures/transit-map.ts';
import { type MatchInput, matchOrder } from './link.ts';

/** Asked on Wed 2025-12-03 about the order of Mon 2025-12-01: E01. */
function match(changes: Record<string, unknown> = {}, input: Partial<MatchInput> = {}) {
  return matchOrder({
    linkage: { kind: 'linked', order: normalised(changes), hasConflict: false },
    namesAnotherOrder: false,
    contactDiffers: false,
    ticket: { conversationId: 'conv-1', customerId: 'cus-1' },
    asOf: '2025-12-03T14:00:00.000Z',
    transit: SHIPPED_MAP,
    days: { zone: 'America/New_York', calendar: 'none' },
    ...input,
  });
}

function gap(changes: Record<string, unknown>, input: Partial<MatchInput> = {}) {
  const result = match(changes, input);
  return result.kind === 'matched'
    ? 'matched'
    : [result.reason, result.missingFields.join(), result.reasonCodes.join()];
}

const UNMATCHED = 'tier2_missing_deterministic_match';
const tracked = { fulfillmentStatus: 'fulfilled', fulfillment: [rawParcel()] };

describe('decision list (replies §2.2)', () => {
  it.each<[string, Record<string, unknown>, Partial<MatchInput>, unknown]>([
    ['row 2: nothing linked', {}, { linkage: { kind: 'unlinked' } }, ['unlinked', '', UNMATCHED]],
    ['row 3: several', {}, { linkage: { kind: 'several' } }, ['multiple', '', UNMATCHED]],
    ['row 4: another number is named', {}, { namesAnotherOrder: true }, ['multiple', '', UNMATCHED]],
    ['row 4 before row 5', { createdAt: null }, { namesAnotherOrder: true }, ['multiple', '', UNMATCHED]],
    [
      'row 5: no creation time (A11)',
      { createdAt: null },
      {},
      ['missing_context', 'created_at', 'missing_order_context'],
    ],
    ['row 5: no order name', { orderName: null }, {}, ['missing_context', 'order_name', 'missing_order_context']],
    [
      'row 5: unknown method (A06)',
      { shippingMethod: 'Courier' },
      {},
      ['missing_context', 'tracking,shipping_window', 'missing_order_context,shipping_bucket_unknown'],
    ],
    [
      'row 5: no method',
      { shippingMethod: null },
      {},
      ['missing_context', 'tracking,shipping_window', 'missing_order_context,shipping_bucket_unknown'],
    ],
    [
      'row 5: Priority Mail (A07)',
      { shippingMethod: 'USPS Priority Mail' },
      {},
      ['missing_context', 'tracking,shipping_window', 'missing_order_context,shipping_bucket_unknown'],
    ],
    [
      'row 5: a state nobody knows',
      { status: 'sparkling' },
      {},
      ['missing_context', 'order_state', 'missing_order_context'],
    ],
    [
      'row 5: pre-order evidence that excludes itself (A20, S14)',
      { isPreorder: false, preorder_eta_business_days: 45 },
      {},
      ['missing_context', 'tracking,shipping_window', 'missing_order_context,shipping_bucket_unknown'],
    ],
    [
      'row 5: the calendar ends (A51)',
      {},
      { asOf: '2028-01-03T14:00:00.000Z', days: { zone: 'America/New_York', calendar: 'us_parcel' } },
      ['missing_context', 'tracking,shipping_window', 'missing_order_context,shipping_bucket_unknown'],
    ],
    [
      'S6: shipped, no tracking (seed 6)',
      { fulfillmentStatus: 'fulfilled', fulfillment: [rawParcel({}, [])] },
      {},
      ['missing_context', 'tracking', 'missing_order_context,tracking_absent'],
    ],
    [
      'S12: partly shipped, no tracking',
      { fulfillmentStatus: 'partial' },
      {},
      ['missing_context', 'tracking', 'missing_order_context,tracking_absent'],
    ],
    [
      'S17: only a malformed number',
      { fulfillment: [rawParcel({ status: 'label_created' }, [{ trackingNumber: '???' }])] },
      {},
      ['missing_context', 'tracking', 'missing_order_context,tracking_absent'],
    ],
    [
      'row 6: created a second after the message',
      { createdAt: '2025-12-03T14:00:01.000Z' },
      {},
      ['missing_context', 'created_at', 'missing_order_context,created_at_implausible'],
    ],
    [
      'row 6: created days after the message (E34)',
      {},
      { asOf: '2025-11-28T14:00:00.000Z' },
      ['missing_context', 'created_at', 'missing_order_context,created_at_implausible,clock_skew'],
    ],
    [
      'row 6: more than 365 days old',
      {},
      { asOf: '2026-12-01T14:00:00.001Z' },
      ['missing_context', 'created_at', 'missing_order_context,created_at_implausible'],
    ],
    [
      'row 6 holds for a tracked order too',
      tracked,
      { asOf: '2026-12-01T14:00:00.001Z' },
      ['missing_context', 'created_at', 'missing_order_context,created_at_implausible'],
    ],
    [
      'row 7: another e-mail (A13)',
      {},
      { contactDiffers: true },
      ['missing_context', 'contact', 'missing_order_context,source_conflict'],
    ],
    [
      'row 7: two answers contradict',
      {},
      { linkage: { kind: 'linked', order: normalised(), hasConflict: true } },
      ['missing_context', 'contact', 'missing_order_context,source_conflict'],
    ],
    [
      'M1: the order names another conversation',
      { conversationId: 'conv-2' },
      {},
      ['missing_context', 'contact', 'missing_order_context,source_conflict'],
    ],
    [
      'M1: the order names another customer',
      { customerId: 'cus-2' },
      {},
      ['missing_context', 'contact', 'missing_order_context,source_conflict'],
    ],
    ['row 8: exactly 365 days old', {}, { asOf: '2026-12-01T14:00:00.000Z' }, 'matched'],
    ['row 8: created in the same instant', { createdAt: '2025-12-03T14:00:00.000Z' }, {}, 'matched'],
    ['row 8: names this conversation and customer', { conversationId: 'conv-1', customerId: 'cus-1' }, {}, 'matched'],
    ['row 8: tracking needs no window', { ...tracked, shippingMethod: null }, {}, 'matched'],
    ['row 8: a cancelled order needs no window', { status: 'cancelled', shippingMethod: null }, {}, 'matched'],
    ['row 8: a digital order needs no window', { requiresShipping: false, shippingMethod: null }, {}, 'matched'],
    ['row 8: a proven pre-order needs no window (S14)', { isPreorder: true, shippingMethod: null }, {}, 'matched'],
  ])('%s', (_, changes, input, expected) => {
    expect(gap(changes, input)).toEqual(expected);
  });
});

describe('labels of a matched order', () => {
  const NONE = {
    shippingBucket: null,
    slaMinBd: null,
    slaMaxBd: null,
    elapsedBd: null,
    remainingMinBd: null,
    remainingMaxBd: null,
    isLate: false,
    estimateObjection: null,
  };
  const labels = (changes: Record<string, unknown>, input: Partial<MatchInput> = {}) => {
    const result = match(changes, input);
    return result.kind === 'matched' ? result.labels : result;
  };

  it('inside its window (E01)', () => {
    expect(labels({})).toEqual({
      statusLabel: 'processing',
      fulfilmentState: 'received',
      hasTracking: false,
      trackedParcels: '0',
      hasOrderPage: false,
      isOrdinary: true,
      isSubscription: 'unknown',
      shippingBucket: 'Standard',
      slaMinBd: 3,
      slaMaxBd: 5,
      elapsedBd: 2,
      remainingMinBd: 1,
      remainingMaxBd: 3,
      isPreorder: 'no',
      preorderEtaKnown: false,
      isLate: false,
      estimateObjection: null,
      hasOrderName: true,
    });
  });

  it.each([{ status: 'draft' }, { test: true, status: 'sparkling' }, { items: [], fulfillmentStatus: 'partial' }])(
    'no ordinary order, in whatever state (S16): %j',
    (changes) => expect(labels(changes)).toMatchObject({ isOrdinary: false }),
  );

  it('late (E05)', () => {
    expect(labels({}, { asOf: '2025-12-08T14:00:00.000Z' })).toMatchObject({
      elapsedBd: 5,
      remainingMinBd: 0,
      remainingMaxBd: 0,
      isLate: true,
    });
  });

  it('tracked: no estimate', () => {
    expect(labels(tracked)).toMatchObject({
      ...NONE,
      hasTracking: true,
      trackedParcels: '1',
      fulfilmentState: 'shipped',
      statusLabel: 'shipped',
    });
    expect(labels({ ...tracked, fulfillmentStatus: 'in_transit' })).toMatchObject({ statusLabel: 'in_transit' });
  });

  it('a label without scan counts as tracking (S2, C10)', () => {
    expect(labels({ fulfillment: [rawParcel({ status: 'label_created' })] })).toMatchObject({
      ...NONE,
      hasTracking: true,
      fulfilmentState: 'received',
    });
  });

  it.each([
    ['two numbers', [{ trackingNumber: UPS_NUMBER }, { trackingNumber: 'TRK0000000002' }], 'many'],
    ['one number twice', [{ trackingNumber: UPS_NUMBER }, { trackingNumber: UPS_NUMBER.toLowerCase() }], '1'],
    ['one usable of two', [{ trackingNumber: UPS_NUMBER }, { trackingNumber: '?' }], '1'],
  ])('%s', (_, tracking, parcels) => {
    expect(labels({ fulfillmentStatus: 'fulfilled', fulfillment: [rawParcel({}, tracking)] })).toMatchObject({
      trackedParcels: parcels,
    });
  });

  it('a pre-order with a promise (E31)', () => {
    const order = { createdAt: '2025-11-03T14:00:00.000Z', preorder_eta_business_days: 45 };
    expect(labels(order, { asOf: '2025-11-24T14:00:00.000Z' })).toMatchObject({
      isPreorder: 'yes',
      preorderEtaKnown: true,
      shippingBucket: 'Pre-Order',
      slaMinBd: 45,
      slaMaxBd: 45,
      elapsedBd: 15,
      remainingMinBd: 30,
      remainingMaxBd: 30,
    });
  });

  it('a pre-order without promise never borrows the window of its method (S14)', () => {
    expect(labels({ isPreorder: true })).toMatchObject({
      ...NONE,
      isPreorder: 'yes',
      preorderEtaKnown: false,
      estimateObjection: 'preorder_eta_missing',
    });
  });

  it("a label of the shop's own map stays off the bus", () => {
    const result = match(
      { shippingMethod: 'Moon post' },
      { transit: [{ key: 'moon', window: [10, 20], label: 'Moon' }] },
    );
    expect(result).toMatchObject({
      kind: 'matched',
      labels: { shippingBucket: 'Other', slaMaxBd: 20 },
      estimate: { bucket: 'Moon' },
    });
  });
});

describe('labels of an order', () => {
  it.each([...SHIPPING_BUCKETS.filter((bucket) => bucket !== 'Other'), 'Drone'])('the window under %s', (label) => {
    const result = match({}, { transit: [{ key: 'standard', window: [3, 5], label }] });
    expect(result.kind === 'matched' ? result.labels.shippingBucket : null).toBe(label === 'Drone' ? 'Other' : label);
  });

  it.each([
    ['partial', 'missing_context'],
    ['shipped', 'missing_context'],
    ['out_for_delivery', 'missing_context'],
  ])('an order that is %s without tracking is not spoken of', (fulfillmentStatus, reason) => {
    const [found, missing] = [gap({ fulfillmentStatus })].flat();
    expect([found, missing]).toEqual([reason, 'tracking']);
  });

  it('an order is plausible from the moment it is made until it is a year old', () => {
    const made = '2025-12-01T14:00:00.000Z';
    expect(gap({ createdAt: made }, { asOf: made })).toBe('matched');
    expect(gap({ createdAt: made }, { asOf: '2025-12-01T13:59:59.999Z' })).toEqual([
      'missing_context',
      'created_at',
      'missing_order_context,created_at_implausible',
    ]);
    expect(gap({ createdAt: made }, { asOf: '2026-12-01T14:00:00.000Z' })).toBe('matched');
    expect(gap({ createdAt: made }, { asOf: '2026-12-01T14:00:00.001Z' })[2]).toContain('created_at_implausible');
  });
});
