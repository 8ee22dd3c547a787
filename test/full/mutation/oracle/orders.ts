/** Orders as the helpdesk might hold them: those of the shipped rows, with other words, times, parcels and gaps. */
import { readRows, SHIPPED_ROWS } from '../rows.ts';
import type { Random } from '../sample.ts';
import { one } from './texts.ts';

export type OrderCase = {
  readonly order: Readonly<Record<string, unknown>>;
  readonly asOf: string;
};

const HOUR_MS = 3_600_000;
const STATUSES = [
  ...['open', 'closed', 'paid', 'unfulfilled', 'fulfilled', 'partial', 'partially fulfilled', 'shipped', 'in transit'],
  ...[
    'out for delivery',
    'delivered',
    'on hold',
    'payment pending',
    'awaiting payment',
    'cancelled',
    'refunded',
    'lost',
  ],
  ...[
    'returned',
    'partially refunded',
    'label created',
    'awaiting shipment',
    'failure',
    'success',
    'complete',
    'ready',
    '',
  ],
];
const FINANCIAL = ['paid', 'pending', 'refunded', 'partially_refunded', 'voided', 'authorized', ''];
const METHODS = [
  ...[
    'Standard',
    'Standard Shipping (3-5 Business Days)',
    'Ground',
    'Expedited',
    'Express',
    'Two-day',
    '2 Day',
    'Priority Mail',
  ],
  ...[
    'Rushed',
    'Economy',
    'International Standard',
    'Local pickup',
    'Freight',
    'Express Saver',
    'Overnight',
    'Free shipping',
  ],
];
const KEYS = [
  'status',
  'fulfillmentStatus',
  'financialStatus',
  'shippingMethod',
  'createdAt',
  'items',
  'orderName',
  'email',
];

/** Every order of a row, then as many changed ones as make `count` in all. */
export function orderCases(count: number, random: Random): OrderCase[] {
  const held = readRows(SHIPPED_ROWS).flatMap(({ order, at }) =>
    (Array.isArray(order) ? order : order ? [order] : []).map((one) => ({
      order: one,
      asOf: at ?? '2026-01-14T12:00:00Z',
    })),
  );
  const made = Array.from({ length: Math.max(0, count - held.length) }, () => changed(one(held, random), held, random));
  return [...held, ...made];
}

function changed({ order, asOf }: OrderCase, held: readonly OrderCase[], random: Random): OrderCase {
  const other = one(held, random).order;
  const hours = Math.floor(random() * 24 * 16) - 24;
  const later = new Date(Date.parse(asOf) + hours * HOUR_MS).toISOString();
  const changes: readonly (() => OrderCase)[] = [
    () => ({ order: { ...order, status: one(STATUSES, random) }, asOf }),
    () => ({ order: { ...order, fulfillmentStatus: one(STATUSES, random) }, asOf }),
    () => ({ order: { ...order, financialStatus: one(FINANCIAL, random) }, asOf }),
    () => ({ order: { ...order, shippingMethod: one(METHODS, random) }, asOf }),
    () => ({ order: { ...order, shippingMethod: one(METHODS, random) }, asOf: later }),
    () => ({ order, asOf: later }),
    () => ({ order, asOf: later }),
    () => ({ order: { ...order, [one(KEYS, random)]: null }, asOf }),
    () => ({ order: { ...order, ...pieceOf(other, random) }, asOf }),
    () => ({ order: { ...order, ...pieceOf(other, random) }, asOf: later }),
  ];
  return one(changes, random)();
}

/** One key of another order: its parcels, tags, method, items … */
function pieceOf(order: OrderCase['order'], random: Random): Record<string, unknown> {
  const [key, value] = one(Object.entries(order), random);
  return { [key]: value };
}
