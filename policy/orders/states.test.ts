import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDER_STATES } from '../../events/decision.ts';
import { orderState, readRefund, readStatus, STATE_WORDS, STATUS_LABEL_OF_STATE } from './states.ts';

type Texts = { status?: string; fulfilment?: string; financial?: string; isCancelled?: boolean; isPartial?: boolean };

function stateOf(texts: Texts, parcels: readonly string[] = []) {
  return orderState(
    {
      status: texts.status,
      fulfilment: texts.fulfilment,
      financial: texts.financial,
      isCancelled: texts.isCancelled ?? false,
      isPartial: texts.isPartial ?? false,
    },
    parcels.map((parcel) => readStatus(parcel)),
  );
}

describe('one status text (replies §2.4)', () => {
  it.each([
    ['received', ['open', 'pending', 'unfulfilled', 'paid', 'processing', 'confirmed', 'Not yet shipped']],
    ['on_hold', ['on_hold', 'On Hold', 'scheduled', 'awaiting payment', 'fraud review', 'Held at depot']],
    ['partially_shipped', ['partial', 'partially_fulfilled', 'Partially Fulfilled']],
    ['shipped', ['fulfilled', 'SHIPPED', 'label scanned', 'in_transit', 'In Transit', 'in-transit']],
    ['out_for_delivery', ['out_for_delivery', 'Out For Delivery']],
    ['delivered', ['delivered', ' Delivered ']],
    [
      'exception',
      [
        'failure',
        'returned_to_sender',
        'attempted_delivery',
        'lost',
        'Returned to sender',
        'delivery exception',
        'not delivered',
      ],
    ],
    ['cancelled', ['cancelled', 'canceled', 'voided', 'Cancellation requested']],
    ['refunded', ['refunded', 'refunded fully']],
    ['neutral', ['partially_refunded', 'closed', '']],
    ['unknown', ['sparkling', 'will be delivered', 'nearly shipped', 'dispatched to the moon']],
  ] as const)('%s', (reading, texts) => {
    expect(texts.map((text) => [text, readStatus(text)])).toEqual(texts.map((text) => [text, reading]));
  });

  it('any text is read without an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => [...ORDER_STATES, 'neutral'].includes(readStatus(text))),
    );
  });
});

describe('the state of an order', () => {
  it.each<{ when: string; texts: Texts; parcels?: string[]; state: string }>([
    {
      when: 'open, unfulfilled and paid',
      texts: { status: 'open', fulfilment: 'unfulfilled', financial: 'paid' },
      state: 'received',
    },
    { when: 'only known to be paid', texts: { financial: 'paid' }, state: 'received' },
    { when: 'nothing is said at all', texts: {}, state: 'unknown' },
    { when: 'only "closed"', texts: { status: 'closed' }, state: 'unknown' },
    {
      when: 'completed and paid, and no parcel is told of',
      texts: { status: 'completed', financial: 'paid' },
      state: 'unknown',
    },
    { when: 'archived, unfulfilled', texts: { status: 'archived', fulfilment: 'unfulfilled' }, state: 'unknown' },
    { when: 'completed and fulfilled', texts: { status: 'complete', fulfilment: 'fulfilled' }, state: 'shipped' },
    { when: 'fulfilled, no parcel listed', texts: { status: 'open', fulfilment: 'fulfilled' }, state: 'shipped' },
    {
      when: 'fulfilled, parcel delivered',
      texts: { fulfilment: 'fulfilled' },
      parcels: ['delivered'],
      state: 'delivered',
    },
    {
      when: 'fulfilled, parcel out for delivery',
      texts: { fulfilment: 'fulfilled' },
      parcels: ['out_for_delivery'],
      state: 'out_for_delivery',
    },
    {
      when: 'order says delivered, parcel still in transit',
      texts: { fulfilment: 'delivered' },
      parcels: ['in_transit'],
      state: 'delivered',
    },
    {
      when: 'two parcels, one delivered',
      texts: { fulfilment: 'fulfilled' },
      parcels: ['delivered', 'in_transit'],
      state: 'shipped',
    },
    {
      when: 'both parcels delivered',
      texts: { fulfilment: 'fulfilled' },
      parcels: ['delivered', 'delivered'],
      state: 'delivered',
    },
    {
      when: 'unfulfilled, one parcel left and one not',
      texts: { fulfilment: 'unfulfilled' },
      parcels: ['shipped', 'pending'],
      state: 'partially_shipped',
    },
    {
      when: 'partially fulfilled',
      texts: { status: 'processing', fulfilment: 'partially_fulfilled' },
      parcels: ['in_transit'],
      state: 'partially_shipped',
    },
    {
      when: 'fewer pieces sent than ordered',
      texts: { status: 'open', isPartial: true },
      parcels: ['in_transit'],
      state: 'partially_shipped',
    },
    {
      when: 'a label exists, nothing moved',
      texts: { fulfilment: 'unfulfilled' },
      parcels: ['label_created'],
      state: 'received',
    },
    {
      when: 'cancelled at a time',
      texts: { status: 'open', isCancelled: true },
      parcels: ['in_transit'],
      state: 'cancelled',
    },
    {
      when: 'cancelled and refunded (seed 10)',
      texts: { status: 'cancelled', financial: 'refunded' },
      state: 'cancelled',
    },
    { when: 'money voided', texts: { status: 'open', financial: 'voided' }, state: 'cancelled' },
    {
      when: 'fully refunded',
      texts: { status: 'open', fulfilment: 'fulfilled', financial: 'refunded' },
      state: 'refunded',
    },
    {
      when: 'partly refunded, delivered (seed 12)',
      texts: { fulfilment: 'fulfilled', financial: 'partially_refunded' },
      parcels: ['delivered'],
      state: 'delivered',
    },
    {
      when: 'payment hold (seed 11)',
      texts: { status: 'open', fulfilment: 'unfulfilled', financial: 'authorized' },
      state: 'on_hold',
    },
    {
      when: 'payment pending but parcel under way',
      texts: { status: 'open', fulfilment: 'fulfilled', financial: 'pending' },
      parcels: ['in_transit'],
      state: 'shipped',
    },
    {
      when: 'fraud review although a parcel left',
      texts: { status: 'fraud review' },
      parcels: ['in_transit'],
      state: 'on_hold',
    },
    {
      when: 'one of two parcels returned (seed 17)',
      texts: { fulfilment: 'fulfilled' },
      parcels: ['delivered', 'Returned to sender'],
      state: 'exception',
    },
    {
      when: 'a status nobody knows',
      texts: { status: 'sparkling', fulfilment: 'fulfilled' },
      parcels: ['in_transit'],
      state: 'unknown',
    },
    {
      when: 'money in a state nobody knows',
      texts: { fulfilment: 'unfulfilled', financial: 'disputed' },
      state: 'unknown',
    },
  ])('$when: $state', ({ texts, parcels, state }) => {
    expect(stateOf(texts, parcels)).toBe(state);
  });

  it('a cancelled order is never told to be anything else', () => {
    const text = fc.constantFrom('open', 'fulfilled', 'delivered', 'in_transit', 'on_hold', 'paid', 'odd');
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(text, { maxLength: 4 }),
        (status, fulfilment, parcels) => stateOf({ status, fulfilment, isCancelled: true }, parcels) === 'cancelled',
      ),
    );
  });
});

describe('refunds', () => {
  it.each([
    ['paid', 'none'],
    ['partially_refunded', 'partial'],
    ['Refunded', 'full'],
    ['gifted', 'unknown'],
    [undefined, 'unknown'],
  ] as const)('%s: %s', (text, refund) => {
    expect(readRefund(text)).toBe(refund);
  });
});

describe('what is told of a state', () => {
  it('one of six words to the verifier (decisions §4), and words to the customer where a reply may speak of it', () => {
    expect(STATUS_LABEL_OF_STATE).toEqual({
      received: 'processing',
      on_hold: 'processing',
      partially_shipped: 'shipped',
      shipped: 'shipped',
      out_for_delivery: 'out_for_delivery',
      delivered: 'delivered',
      exception: 'unknown',
      cancelled: 'unknown',
      refunded: 'unknown',
      unknown: 'unknown',
    });
    expect(STATE_WORDS).toEqual({
      received: { orderStatus: 'being prepared', fulfillmentStatus: 'not shipped yet' },
      on_hold: { orderStatus: 'under review', fulfillmentStatus: 'not shipped yet' },
      partially_shipped: { orderStatus: 'partly shipped', fulfillmentStatus: 'some items still being prepared' },
      shipped: { orderStatus: 'shipped', fulfillmentStatus: 'on its way' },
      out_for_delivery: { orderStatus: 'out for delivery' },
      delivered: { orderStatus: 'delivered' },
      exception: {},
      cancelled: {},
      refunded: {},
      unknown: {},
    });
  });
});
