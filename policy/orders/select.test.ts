import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OrderLabels } from '../../events/decision.ts';
import { TagName } from '../../events/fields.ts';
import { selectForMatch, selectForNoMatch } from './select.ts';

const BASE: OrderLabels = {
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
};
const TRACKED = { hasTracking: true, trackedParcels: '1' } as const;
const MANY = { hasTracking: true, trackedParcels: 'many' } as const;
const LATE = { elapsedBd: 5, remainingMinBd: 0, remainingMaxBd: 0, isLate: true } as const;
const NO_WINDOW = {
  shippingBucket: null,
  slaMinBd: null,
  slaMaxBd: null,
  elapsedBd: null,
  remainingMinBd: null,
  remainingMaxBd: null,
} as const;
const SUPPORT = 'Email Support Team';
const STATUS = 't_order_status_verified';
const DELAY = 't_shipping_delay_verified';
const ETA = 't_order_eta_no_tracking_verified';
const INTAKE = 't_delivered_not_received_intake';

function plan(labels: Partial<OrderLabels>, deniesReceipt = false) {
  const result = selectForMatch({ ...BASE, ...labels }, { deniesReceipt });
  const does = result.kind === 'reply' ? `${result.templateId}${result.resolves ? ' resolves' : ''}` : result.kind;
  return [result.case, does, result.department];
}

describe('selection matrix (replies §2.5)', () => {
  it.each<[string, Partial<OrderLabels>, boolean, [string, string, string]]>([
    ['S1 shipped and tracked', { ...TRACKED, fulfilmentState: 'shipped' }, false, ['S1', STATUS, SUPPORT]],
    [
      'S1 out for delivery and tracked',
      { ...TRACKED, fulfilmentState: 'out_for_delivery' },
      false,
      ['S1', STATUS, SUPPORT],
    ],
    ['S2 label only', { ...TRACKED }, false, ['S1', STATUS, SUPPORT]],
    ['S3 inside its window', {}, false, ['S3', `${ETA} resolves`, SUPPORT]],
    ['S3 one day left', { remainingMinBd: 0, remainingMaxBd: 1 }, false, ['S3', `${ETA} resolves`, SUPPORT]],
    ['S4 late', LATE, false, ['S4', DELAY, SUPPORT]],
    ['S5 no window', NO_WINDOW, false, ['S5', 'suppress', SUPPORT]],
    ['S6 shipped, no tracking', { fulfilmentState: 'shipped' }, false, ['S6', 'suppress', SUPPORT]],
    ['S6 out for delivery, no tracking', { fulfilmentState: 'out_for_delivery' }, false, ['S6', 'suppress', SUPPORT]],
    ['S7 delivered, asks where', { ...TRACKED, fulfilmentState: 'delivered' }, false, ['S7', STATUS, SUPPORT]],
    [
      'S8 delivered, denies receipt',
      { ...TRACKED, fulfilmentState: 'delivered' },
      true,
      ['S8', INTAKE, 'Returns Admin'],
    ],
    ['S8 delivered without tracking (§2.4)', { fulfilmentState: 'delivered' }, false, ['S8', INTAKE, 'Returns Admin']],
    [
      'S8 several parcels, denies receipt',
      { ...MANY, fulfilmentState: 'delivered' },
      true,
      ['S8', INTAKE, 'Returns Admin'],
    ],
    ['S9 cancelled', { ...TRACKED, fulfilmentState: 'cancelled' }, false, ['S9', 'route_only', SUPPORT]],
    ['S9 refunded', { ...TRACKED, fulfilmentState: 'refunded' }, false, ['S9', 'route_only', SUPPORT]],
    ['S9 on hold', { fulfilmentState: 'on_hold' }, false, ['S9', 'route_only', SUPPORT]],
    ['S9 exception', { ...TRACKED, fulfilmentState: 'exception' }, false, ['S9', 'route_only', 'Returns Admin']],
    [
      'S10 partly shipped, one tracked',
      { ...TRACKED, fulfilmentState: 'partially_shipped' },
      false,
      ['S10', STATUS, SUPPORT],
    ],
    [
      'S11 several, with order page',
      { ...MANY, fulfilmentState: 'shipped', hasOrderPage: true },
      false,
      ['S11', STATUS, SUPPORT],
    ],
    ['S11 several, no order page', { ...MANY, fulfilmentState: 'shipped' }, false, ['S11', 'suppress', SUPPORT]],
    [
      'S11 partly shipped, several, no order page',
      { ...MANY, fulfilmentState: 'partially_shipped' },
      false,
      ['S11', 'suppress', SUPPORT],
    ],
    [
      'S11 delivered, several, no order page',
      { ...MANY, fulfilmentState: 'delivered' },
      false,
      ['S11', 'suppress', SUPPORT],
    ],
    ['S12 partly shipped, none tracked', { fulfilmentState: 'partially_shipped' }, false, ['S6', 'suppress', SUPPORT]],
    [
      'S13 pre-order inside',
      {
        isPreorder: 'yes',
        preorderEtaKnown: true,
        shippingBucket: 'Pre-Order',
        remainingMinBd: 30,
        remainingMaxBd: 30,
      },
      false,
      ['S3', `${ETA} resolves`, SUPPORT],
    ],
    [
      'S13 pre-order late',
      { ...LATE, isPreorder: 'yes', preorderEtaKnown: true, shippingBucket: 'Pre-Order' },
      false,
      ['S4', DELAY, SUPPORT],
    ],
    [
      'S14 pre-order without promise',
      { ...NO_WINDOW, isPreorder: 'yes', estimateObjection: 'preorder_eta_missing' },
      false,
      ['S14', DELAY, SUPPORT],
    ],
    ['S14 evidence conflicts', { ...NO_WINDOW, isPreorder: 'unknown' }, false, ['S5', 'suppress', SUPPORT]],
    [
      'S14 pre-order with tracking',
      { ...TRACKED, isPreorder: 'yes', fulfilmentState: 'shipped' },
      false,
      ['S1', STATUS, SUPPORT],
    ],
    [
      'S15 subscription',
      { ...TRACKED, isSubscription: 'yes', fulfilmentState: 'shipped' },
      false,
      ['S1', STATUS, SUPPORT],
    ],
    [
      'S16 not an ordinary order',
      { ...TRACKED, isOrdinary: false, fulfilmentState: 'shipped' },
      false,
      ['S16', 'route_only', SUPPORT],
    ],
    [
      'S16 not an ordinary order, denies receipt',
      { ...TRACKED, isOrdinary: false, fulfilmentState: 'delivered' },
      true,
      ['S16', 'route_only', SUPPORT],
    ],
    ['unknown state', { ...TRACKED, fulfilmentState: 'unknown' }, false, ['S5', 'suppress', SUPPORT]],
  ])('%s', (_, labels, deniesReceipt, expected) => {
    expect(plan(labels, deniesReceipt)).toEqual(expected);
  });

  it('says why, in codes and tags', () => {
    expect(selectForMatch({ ...BASE, fulfilmentState: 'shipped' }, { deniesReceipt: false })).toMatchObject({
      reasonCodes: ['missing_order_context', 'tracking_absent'],
      tags: ['mw-order-lookup-failed', 'mw-order-status-suppressed', 'mw-order-lookup-missing:tracking'],
    });
    expect(selectForMatch({ ...BASE, ...LATE }, { deniesReceipt: false }).reasonCodes).toEqual(['out_of_sla_window']);
    expect(selectForMatch({ ...BASE, ...NO_WINDOW, isPreorder: 'yes' }, { deniesReceipt: false })).toMatchObject({
      reasonCodes: ['preorder_eta_missing'],
      tags: ['mw-topic-preorder'],
    });
  });
});

describe('an order that is not matched (replies §2.2)', () => {
  it.each([
    [
      'unlinked',
      [],
      ['tier2_missing_deterministic_match'],
      {
        kind: 'ask',
        templateId: 't_order_status_ask_order_number',
        department: SUPPORT,
        tags: ['mw-order-lookup-needed'],
      },
    ],
    [
      'multiple',
      [],
      ['tier2_missing_deterministic_match'],
      {
        kind: 'ask',
        templateId: 't_order_status_ask_order_number',
        department: SUPPORT,
        tags: ['mw-order-lookup-needed'],
      },
    ],
    [
      'missing_context',
      ['created_at'],
      ['missing_order_context'],
      {
        kind: 'suppress',
        department: SUPPORT,
        tags: ['mw-order-lookup-failed', 'mw-order-status-suppressed', 'mw-order-lookup-missing:created_at'],
      },
    ],
    [
      'missing_context',
      ['contact'],
      ['missing_order_context', 'source_conflict'],
      { kind: 'suppress', department: SUPPORT, tags: ['mw-order-lookup-needed'] },
    ],
  ] as const)('%s %j', (reason, missingFields, reasonCodes, expected) => {
    expect(selectForNoMatch({ reason, missingFields, reasonCodes })).toEqual(expected);
  });
});

describe('what a silent order says of itself', () => {
  const silent = (labels: Partial<OrderLabels>) => {
    const result = selectForMatch({ ...BASE, ...labels }, { deniesReceipt: false });
    return [result.kind, result.tags, result.reasonCodes];
  };
  const suppressed = (...fields: string[]) => [
    'mw-order-lookup-failed',
    'mw-order-status-suppressed',
    ...fields.map((field) => `mw-order-lookup-missing:${field}`),
  ];

  it('a state that nobody knows, tracking that is gone, a window that cannot be told', () => {
    expect(silent({ fulfilmentState: 'unknown' })).toEqual([
      'suppress',
      suppressed('order_state'),
      ['missing_order_context'],
    ]);
    expect(silent({ fulfilmentState: 'shipped' })).toEqual([
      'suppress',
      suppressed('tracking'),
      ['missing_order_context', 'tracking_absent'],
    ]);
    expect(silent({ isPreorder: 'unknown' })).toEqual([
      'suppress',
      suppressed('tracking', 'shipping_window'),
      ['missing_order_context', 'shipping_bucket_unknown'],
    ]);
    expect(silent({ estimateObjection: 'clock_skew' })).toEqual([
      'suppress',
      suppressed('tracking', 'shipping_window'),
      ['missing_order_context', 'clock_skew'],
    ]);
    expect(silent({ ...MANY, fulfilmentState: 'shipped', isPreorder: 'yes' })).toEqual([
      'suppress',
      ['mw-order-status-suppressed', 'mw-topic-preorder'],
      ['tracking_absent'],
    ]);
  });
});

describe('properties over all labels', () => {
  const bd = fc.option(fc.nat(10));
  const labels: fc.Arbitrary<OrderLabels> = fc.record({
    statusLabel: fc.constantFrom(...OrderLabels.entries.statusLabel.options),
    fulfilmentState: fc.constantFrom(...OrderLabels.entries.fulfilmentState.options),
    hasTracking: fc.boolean(),
    trackedParcels: fc.constantFrom('0', '1', 'many'),
    hasOrderPage: fc.boolean(),
    isOrdinary: fc.boolean(),
    isSubscription: fc.constantFrom('yes', 'no', 'unknown'),
    shippingBucket: fc.constantFrom(null, 'Standard', 'Pre-Order'),
    slaMinBd: bd,
    slaMaxBd: bd,
    elapsedBd: bd,
    remainingMinBd: bd,
    remainingMaxBd: bd,
    isPreorder: fc.constantFrom('yes', 'no', 'unknown'),
    preorderEtaKnown: fc.boolean(),
    isLate: fc.boolean(),
    estimateObjection: fc.constantFrom(null, 'clock_skew', 'shipping_bucket_unknown', 'preorder_eta_missing'),
    hasOrderName: fc.boolean(),
  });

  it('only the estimate resolves, only while days remain; silent states stay silent; tags are tags', () => {
    fc.assert(
      fc.property(labels, fc.boolean(), (each, deniesReceipt) => {
        const result = selectForMatch(each, { deniesReceipt });
        expect(result.tags.every((tag) => v.is(TagName, tag))).toBe(true);
        if (result.kind !== 'reply') {
          expect(result.reasonCodes.length).toBeGreaterThan(0);
          return;
        }
        expect(result.resolves).toBe(result.templateId === ETA);
        if (result.resolves) expect(each.remainingMaxBd ?? 0).toBeGreaterThan(0);
        expect(['cancelled', 'refunded', 'on_hold', 'exception', 'unknown']).not.toContain(each.fulfilmentState);
        expect(each.isOrdinary).toBe(true);
        if (result.templateId === STATUS) expect(each.hasTracking).toBe(true);
        else if (result.templateId !== INTAKE) expect(each.hasTracking).toBe(false);
      }),
    );
  });
});
