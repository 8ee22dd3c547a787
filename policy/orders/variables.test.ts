import { describe, expect, it } from 'vitest';
import { estimate } from './estimate.ts';
import type { Parcel } from './facts.ts';
import { factsOf, LINKS, rawParcel, UPS_NUMBER, UPS_URL } from './fixtures/orders.ts';
import { areFresh, mustDecideAgain } from './freshness.ts';
import { templateVariables } from './variables.ts';

const zone = 'America/New_York';
const variables = (changes: Record<string, unknown>) =>
  templateVariables(factsOf(changes), null, { links: LINKS, zone });
const shipped = (tracking: unknown, changes: Record<string, unknown> = {}) =>
  variables({ fulfillmentStatus: 'fulfilled', fulfillment: [rawParcel({}, tracking)], ...changes });

describe('template variables (replies §1.5, §2.4, §2.6)', () => {
  const base = {
    order_id: '#1043',
    order_status: 'shipped',
    fulfillment_status: 'on its way',
    order_created_date_human: 'Dec 1, 2025',
  };

  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'a delivered link is preferred',
      { trackingNumber: UPS_NUMBER, trackingCompany: 'ups', trackingUrl: `${UPS_URL}&utm_source=x` },
      { tracking_company: 'UPS', tracking_number: UPS_NUMBER, tracking_url: UPS_URL },
    ],
    [
      'a link is built from carrier and number',
      { trackingNumber: UPS_NUMBER, trackingCompany: 'UPS' },
      { tracking_company: 'UPS', tracking_number: UPS_NUMBER, tracking_url: UPS_URL },
    ],
    [
      'an unknown host is left out, the number kept (A21)',
      { trackingNumber: 'TRK0000000001', trackingCompany: 'ExampleShip', trackingUrl: 'https://track.example/x' },
      { tracking_number: 'TRK0000000001' },
    ],
    [
      'no link for a number of another shape',
      { trackingNumber: 'TRK0000000001', trackingCompany: 'UPS' },
      { tracking_company: 'UPS', tracking_number: 'TRK0000000001' },
    ],
    [
      'a script is never a link (A22)',
      { trackingNumber: UPS_NUMBER, trackingUrl: 'javascript:alert(1)' },
      { tracking_number: UPS_NUMBER },
    ],
    [
      'a carrier is not named beside a link to another one',
      { trackingNumber: UPS_NUMBER, trackingCompany: 'USPS', trackingUrl: UPS_URL },
      { tracking_number: UPS_NUMBER, tracking_url: UPS_URL },
    ],
    [
      'nor is one that the table does not know taken from the link',
      { trackingNumber: UPS_NUMBER, trackingCompany: 'ExampleShip', trackingUrl: UPS_URL },
      { tracking_number: UPS_NUMBER, tracking_url: UPS_URL },
    ],
    ['a link alone', { trackingUrl: UPS_URL }, { tracking_url: UPS_URL }],
  ])('%s', (_, tracking, expected) => {
    expect(shipped([tracking])).toEqual({ ...base, ...expected });
  });

  it('several parcels: no number, no link, only the order page (A15, S11)', () => {
    const two = [{ trackingNumber: UPS_NUMBER, trackingCompany: 'UPS' }, { trackingNumber: 'TRK0000000002' }];
    expect(shipped(two, { statusUrl: 'https://shop.example/orders/abc123' })).toEqual({
      ...base,
      status_url: 'https://shop.example/orders/abc123',
    });
  });

  it('an estimate names bucket and remaining days; a late one no days', () => {
    const facts = factsOf();
    const at = (asOf: string) => {
      const result = estimate({ createdAt: facts.createdAt, bucket: 'Standard', window: [3, 5] }, asOf, {
        zone,
        calendar: 'none',
      });
      return templateVariables(facts, result.kind === 'window' ? result : null, { links: LINKS, zone });
    };
    const common = {
      order_id: '#1043',
      order_status: 'being prepared',
      fulfillment_status: 'not shipped yet',
      shipping_bucket: 'Standard',
      order_created_date_human: 'Dec 1, 2025',
    };
    expect(at('2025-12-03T14:00:00.000Z')).toEqual({ ...common, eta_remaining_human: '1–3 business days' });
    expect(at('2025-12-08T14:00:00.000Z')).toEqual(common);
  });

  it('dates are those of the business zone', () => {
    expect(variables({ createdAt: '2025-12-02T04:30:00.000Z' }).order_created_date_human).toBe('Dec 1, 2025');
  });

  it.each([
    ['delivered', 'delivered', undefined],
    ['out_for_delivery', 'out for delivery', undefined],
    ['partial', 'partly shipped', 'some items still being prepared'],
    ['on_hold', 'under review', 'not shipped yet'],
    ['lost', undefined, undefined],
  ])('%s reads %s, %s', (fulfillmentStatus, orderStatus, fulfilment) => {
    const { order_status, fulfillment_status } = variables({ fulfillmentStatus });
    expect([order_status, fulfillment_status]).toEqual([orderStatus, fulfilment]);
  });
});

describe('freshness (replies §2.7)', () => {
  it.each([
    ['2025-12-03T14:15:00.000Z', true],
    ['2025-12-03T14:15:00.001Z', false],
    ['2025-12-03T14:00:00.000Z', true],
    ['2025-12-03T13:59:59.999Z', false],
  ])('facts of 14:00 at %s: %s', (now, fresh) => {
    expect(areFresh('2025-12-03T14:00:00.000Z', now)).toBe(fresh);
  });

  it.each([
    ['nothing changed', {}, false],
    ['now shipped (A31)', { fulfillmentStatus: 'fulfilled' }, true],
    ['now cancelled', { cancelledAt: '2025-12-03T10:00:00Z' }, true],
    ['tracking came', { fulfillment: [rawParcel({ status: 'label_created' })] }, true],
    ['another order', { orderDbKey: 7 }, true],
    ['another method', { shippingMethod: 'Ground' }, true],
    ['another name', { orderName: '#1044' }, true],
    ['another creation time', { createdAt: Date.UTC(2025, 11, 2) }, true],
    ['a pre-order now', { tags: ['preorder-eta:45bd'] }, true],
    ['a page of its own now', { statusUrl: 'https://shop.example/orders/1' }, true],
    ['what no reply says', { amount: 3, note: 'x', email: 'other@example.test', updatedAt: 7 }, false],
  ])('%s: decide again %s', (_, changes, again) => {
    expect(mustDecideAgain(factsOf(), factsOf(changes))).toBe(again);
  });

  it('another number or another link is other tracking, another order of parcels is not', () => {
    const first = {
      id: 'a',
      state: 'shipped',
      trackingNumber: 'AAAAAAAA1',
      trackingUrl: 'https://a.example/1',
    } as const;
    const second = { id: 'b', state: 'shipped', trackingNumber: 'BBBBBBBB2' } as const;
    const before = { ...factsOf(), fulfilments: [first, second] };
    const changedBy = (fulfilments: typeof before.fulfilments | Parcel[]) =>
      mustDecideAgain(before, { ...before, fulfilments });
    expect(changedBy([second, first])).toBe(false);
    expect(changedBy([{ ...first, trackingNumber: 'AAAAAAAA2' }, second])).toBe(true);
    expect(changedBy([{ ...first, trackingUrl: 'https://a.example/2' }, second])).toBe(true);
    expect(changedBy([first])).toBe(true);
  });
});
