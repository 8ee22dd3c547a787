import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OrderFacts, Parcel, Preorder } from './facts.ts';

const INSTANT = '2025-12-01T14:00:00.000Z';
const FACTS: OrderFacts = {
  schemaVersion: '1.0',
  orderRef: 'r',
  orderName: '#1043',
  createdAt: INSTANT,
  source: 'richpanel',
  fetchedAt: INSTANT,
  state: 'received',
  refundState: 'none',
  fulfilments: [],
  kind: 'ordinary',
  isPreorder: 'no',
  isSubscription: 'unknown',
};
const PARCEL: Parcel = { id: 'p', state: 'shipped' };
const PREORDER: Preorder = { evidence: [], isContradictory: false };
const DIGEST = `h_1_${'a'.repeat(32)}`;
const of = (length: number): string => 'x'.repeat(length);
const link = (length: number): string => `https://${of(length - 8)}`;
const parcels = (count: number) => Array.from({ length: count }, () => PARCEL);

describe('what is kept of an order (replies §2.3)', () => {
  it.each<[field: string, longest: unknown, tooMuch: unknown]>([
    ['orderRef', of(120), of(121)],
    ['orderRef', 'r', ''],
    ['orderName', `#${of(20)}`, `#${of(21)}`],
    ['orderName', 'abc', 'ab'],
    ['orderName', 'A-1', 'A_1'],
    ['statusRaw', of(60), of(61)],
    ['fulfilmentRaw', of(60), of(61)],
    ['financialRaw', of(60), of(61)],
    ['cancelledAt', INSTANT, '2025-12-01'],
    ['shippingMethodRaw', of(120), of(121)],
    ['fulfilments', parcels(20), parcels(21)],
    ['lineTotals', { ordered: 1_000_000, fulfilled: 0 }, { ordered: 1_000_001, fulfilled: 0 }],
    ['lineTotals', { ordered: 0, fulfilled: 0 }, { ordered: 0, fulfilled: -1 }],
    ['lineTotals', { ordered: 2, fulfilled: 1 }, { ordered: 2, fulfilled: 1.5 }],
    ['lineTotals', { ordered: 2, fulfilled: 1 }, { ordered: 2 }],
    ['statusUrl', link(300), link(301)],
    ['statusUrl', 'https://shop.example/1', 'http://shop.example/1'],
    ['contactHash', { email: DIGEST, phone: DIGEST }, { email: 'a@b.example' }],
    ['contactHash', { phone: DIGEST }, { name: DIGEST }],
    ['state', 'exception', 'lost'],
    ['refundState', 'partial', 'some'],
    ['kind', 'digital', 'gift'],
    ['source', 'richpanel', 'shop'],
    ['schemaVersion', '1.0', '1.1'],
    ['note', undefined, 'ring twice'],
  ])('%s: %j, not %j', (field, longest, tooMuch) => {
    const withField = (value: unknown) => (value === undefined ? FACTS : { ...FACTS, [field]: value });
    expect(v.is(OrderFacts, withField(longest))).toBe(true);
    expect(v.is(OrderFacts, withField(tooMuch))).toBe(false);
  });

  it.each<[field: string, longest: unknown, tooMuch: unknown]>([
    ['id', of(80), of(81)],
    ['trackingNumber', 'A'.repeat(34), 'A'.repeat(35)],
    ['trackingNumber', 'A'.repeat(8), 'A'.repeat(7)],
    ['trackingUrl', link(300), link(301)],
    ['carrierRaw', of(60), of(61)],
    ['shippedAt', INSTANT, 'yesterday'],
    ['deliveredAt', INSTANT, 'yesterday'],
    ['trackingDropped', true, false],
  ])('of a parcel %s: %j, not %j', (field, longest, tooMuch) => {
    expect(v.is(Parcel, { ...PARCEL, [field]: longest })).toBe(true);
    expect(v.is(Parcel, { ...PARCEL, [field]: tooMuch })).toBe(false);
  });

  it.each<[field: string, longest: unknown, tooMuch: unknown]>([
    ['etaBusinessDays', 180, 181],
    ['etaBusinessDays', 1, 0],
    ['shipByDate', '2025-12-31', '2025-02-31'],
    ['evidence', ['field', 'tag', 'product'], ['field', 'tag', 'product', 'tag']],
    ['evidence', ['tag'], ['hearsay']],
  ])('of a pre-order %s: %j, not %j', (field, longest, tooMuch) => {
    expect(v.is(Preorder, { ...PREORDER, [field]: longest })).toBe(true);
    expect(v.is(Preorder, { ...PREORDER, [field]: tooMuch })).toBe(false);
  });
});
