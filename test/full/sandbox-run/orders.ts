/**
 * The orders of the run, and what may be said about each. The second is written by hand from replies §2.4, §2.5 and §3,
 * beside the vendor's data and not out of it: it is what replies are judged by. Nothing of `policy/` is imported.
 */

import type { OrderObject } from '../../../local/sandbox/model/types.ts';
import { type OrderCase, orderOf } from '../../../local/sandbox/seed/orders.ts';

/** What a reply may say about an order at one moment; `null` where the order gives no reason to say anything. */
export type Sayable = {
  readonly status: string;
  readonly fulfilment: string | null;
  readonly hasTracking: boolean;
  /** The estimate, in words, with the kind of shipping that it goes by. */
  readonly window: { readonly text: string; readonly bucket: string } | null;
  /** Local day of the order. */
  readonly placed: string;
};

type Case = {
  readonly order: Omit<OrderCase, 'id' | 'email' | 'firstName' | 'lastName'>;
  readonly sayable: Sayable | null;
};

const ups = { carrier: 'UPS', isWithoutUrl: true };
const inTransit = { ...ups, status: 'in_transit', shippedDaysAgo: 2 };
const shipped = { ageDays: 4, fulfillmentStatus: 'fulfilled' };
/** The run begins on Tuesday 3 March 2026, 04:00 in New York; an order is so many days older to the hour. */
const PLACED: Readonly<Record<number, string>> = {
  0: 'Mar 3, 2026',
  1: 'Mar 2, 2026',
  4: 'Feb 27, 2026',
  5: 'Feb 26, 2026',
  7: 'Feb 24, 2026',
  9: 'Feb 22, 2026',
};

function tracked(order: Case['order'], status: string, fulfilment: string | null): Case {
  return {
    order,
    sayable: { status, fulfilment, hasTracking: true, window: null, placed: PLACED[order.ageDays] ?? '' },
  };
}
function waiting(ageDays: number, shippingMethod: string, window: Sayable['window']): Case {
  return {
    order: { ageDays, fulfillmentStatus: 'unfulfilled', shippingMethod },
    sayable: {
      status: 'being prepared',
      fulfilment: 'not shipped yet',
      hasTracking: false,
      window,
      placed: PLACED[ageDays] ?? '',
    },
  };
}
const silent = (order: Case['order']): Case => ({ order, sayable: null });

export const CASES = {
  inTransit: tracked({ ...shipped, shipments: [inTransit] }, 'shipped', 'on its way'),
  outForDelivery: tracked(
    { ...shipped, shipments: [{ ...ups, status: 'out_for_delivery', shippedDaysAgo: 3 }] },
    'out for delivery',
    null,
  ),
  delivered: tracked(
    { ageDays: 9, fulfillmentStatus: 'fulfilled', shipments: [{ ...ups, status: 'delivered', shippedDaysAgo: 6 }] },
    'delivered',
    null,
  ),
  partly: tracked(
    { ageDays: 5, fulfillmentStatus: 'partially_fulfilled', itemCount: 2, shipments: [inTransit] },
    'partly shipped',
    'some items still being prepared',
  ),
  // Business days since the order: Mon, Tue = 1 after Monday's order; Fri, Mon, Tue = 3 after Thursday's.
  standard: waiting(1, 'Standard Shipping (3-5 Business Days)', { text: '2–4 business days', bucket: 'Standard' }),
  express: waiting(0, 'Express', { text: '1–2 business days', bucket: 'Express' }),
  economy: waiting(5, 'Economy', { text: '2–4 business days', bucket: 'Economy' }),
  twoDay: waiting(1, 'UPS 2-Day Express', { text: '1 business day', bucket: 'Two-day' }),
  // Wed, Thu, Fri, Mon, Tue = 5: the last day of the window is over with it.
  late: waiting(7, 'Standard', null),
  untracked: silent({ ...shipped, shipments: [{ status: 'fulfilled', shippedDaysAgo: 1, isUntracked: true }] }),
  malformed: silent({ ...shipped, shipments: [{ ...inTransit, number: 'n/a' }] }),
  unknownMethod: silent({ ageDays: 1, fulfillmentStatus: 'unfulfilled', shippingMethod: 'Courier' }),
  cancelled: silent({ ageDays: 1, status: 'cancelled', fulfillmentStatus: 'unfulfilled', financialStatus: 'refunded' }),
  onHold: silent({ ageDays: 1, status: 'on_hold', fulfillmentStatus: 'unfulfilled' }),
  returned: silent({ ...shipped, shipments: [{ ...ups, status: 'returned_to_sender', shippedDaysAgo: 3 }] }),
} as const satisfies Readonly<Record<string, Case>>;
export type CaseName = keyof typeof CASES;
export const CASE_NAMES = Object.keys(CASES) as [CaseName, ...CaseName[]];

export type Buyer = { readonly email: string; readonly firstName: string; readonly lastName: string };

/** Names of conversation `index` that no other has: an order number and the UPS number of its parcel. */
export const orderNumber = (index: number): string => String(700_000 + index);
export const parcelNumber = (index: number): string => `1Z999AA1${String(index).padStart(10, '0')}`;

/** The order of a conversation in the vendor's shape. */
export function vendorOrder(name: CaseName, index: number, buyer: Buyer, startAt: number): OrderObject {
  const { shipments = [], ...order }: Case['order'] = CASES[name].order;
  return orderOf(
    {
      ...order,
      ...buyer,
      id: orderNumber(index),
      shipments: shipments.map((shipment) => ({ number: parcelNumber(index), ...shipment })),
    },
    startAt,
  );
}
