/** Orders that invented customers ask about: every state that a reply decision tells apart (replies §2.4–§2.5). */
import type { OrderObject } from '../sandbox/model/types.ts';
import { type OrderCase, orderOf } from '../sandbox/seed/orders.ts';
import type { Person } from './people.ts';
import { between, type Chance, pickWeighted } from './random.ts';

export const SITUATIONS = [
  'in_transit',
  'out_for_delivery',
  'delivered',
  'waiting_inside_window',
  'waiting_late',
  'partly_shipped',
  'shipped_without_tracking',
  'two_parcels',
  'pre_order',
  'on_hold',
  'cancelled',
  'returned_to_sender',
  'unknown_method',
  'other_address',
  'several',
  'none',
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** What stands in `order` of a message: nothing, one order, or several. */
export type Linked = {
  readonly situation: Situation;
  readonly number: string;
  readonly order: OrderObject | OrderObject[] | null;
};

const WEIGHTS: readonly [readonly [number, Situation], ...(readonly [number, Situation])[]] = [
  [26, 'in_transit'],
  [4, 'out_for_delivery'],
  [6, 'delivered'],
  [18, 'waiting_inside_window'],
  [12, 'waiting_late'],
  [3, 'partly_shipped'],
  [3, 'shipped_without_tracking'],
  [3, 'two_parcels'],
  [3, 'pre_order'],
  [2, 'on_hold'],
  [2, 'cancelled'],
  [2, 'returned_to_sender'],
  [2, 'unknown_method'],
  [1, 'other_address'],
  [3, 'several'],
  [10, 'none'],
];

/** An order of this person in a situation by weight, seen from `now` (epoch milliseconds). */
export function inventOrder(chance: Chance, person: Person, now: number): Linked {
  const situation = pickWeighted(chance, WEIGHTS);
  const number = String(between(chance, 100_000, 999_999));
  if (situation === 'none') return { situation, number, order: null };
  const order = orderOf({ ...caseOf(chance, situation), id: number, ...person, ...owner(situation) }, now);
  if (situation !== 'several') return { situation, number, order };
  const older = orderOf({ ...caseOf(chance, 'delivered'), id: String(Number(number) - 1), ...person }, now);
  return { situation, number, order: [order, older] };
}

/** An order that somebody else's address stands on (replies §2.2 row 7). */
function owner(situation: Situation): { email?: string } {
  return situation === 'other_address' ? { email: 'household@mail.test' } : {};
}

type Case = Omit<OrderCase, 'id' | 'email' | 'firstName' | 'lastName'>;

function caseOf(chance: Chance, situation: Situation): Case {
  const days = (low: number, high: number): number => between(chance, low, high);
  const shipped = (status: string, ageDays: number): Case => ({
    ageDays,
    fulfillmentStatus: 'fulfilled',
    shipments: [{ status, shippedDaysAgo: Math.max(0, ageDays - 1) }],
  });
  switch (situation) {
    case 'in_transit':
    case 'several':
    case 'other_address':
      return shipped('in_transit', days(2, 6));
    case 'out_for_delivery':
      return shipped('out_for_delivery', days(4, 7));
    case 'delivered':
      return shipped('delivered', days(6, 20));
    case 'waiting_inside_window':
      return { ageDays: days(0, 1), fulfillmentStatus: 'unfulfilled' };
    case 'waiting_late':
      return { ageDays: days(9, 20), fulfillmentStatus: 'unfulfilled' };
    case 'partly_shipped':
      return { ...shipped('in_transit', days(3, 6)), fulfillmentStatus: 'partially_fulfilled', itemCount: 2 };
    case 'shipped_without_tracking':
      return {
        ageDays: 2,
        fulfillmentStatus: 'fulfilled',
        shipments: [{ status: 'fulfilled', shippedDaysAgo: 1, isUntracked: true }],
      };
    case 'two_parcels': {
      const parcel = { status: 'in_transit', shippedDaysAgo: 2 };
      return {
        ageDays: 4,
        fulfillmentStatus: 'fulfilled',
        itemCount: 2,
        shipments: [parcel, { ...parcel, carrier: 'Parcel Example' }],
      };
    }
    case 'pre_order':
      return {
        ageDays: days(10, 40),
        fulfillmentStatus: 'unfulfilled',
        extra: { preorder_eta_business_days: 45, tags: ['pre-order'] },
      };
    case 'on_hold':
      return { ageDays: days(2, 5), status: 'on_hold', fulfillmentStatus: 'unfulfilled', financialStatus: 'pending' };
    case 'cancelled':
      return {
        ageDays: days(3, 9),
        status: 'cancelled',
        fulfillmentStatus: 'unfulfilled',
        financialStatus: 'refunded',
      };
    case 'returned_to_sender':
      return shipped('returned_to_sender', days(12, 20));
    case 'unknown_method':
      return { ageDays: 1, fulfillmentStatus: 'unfulfilled', shippingMethod: 'Courier' };
    case 'none':
      throw new Error('caseOf: there is no order');
    default:
      return situation satisfies never;
  }
}
