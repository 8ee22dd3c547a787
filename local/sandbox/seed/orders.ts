/** Orders of the invented shop; times are epoch milliseconds, as in the vendor's samples (§1.7, §4.4). */
import type { OrderObject } from '../model/types.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

type Shipment = {
  readonly status: string;
  readonly shippedDaysAgo: number;
  readonly carrier?: string;
  readonly number?: string;
  readonly isWithoutUrl?: boolean;
  /** `tracking: []`. */
  readonly isUntracked?: boolean;
  readonly itemCount?: number;
};

export type OrderCase = {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly ageDays: number;
  readonly status?: string;
  readonly fulfillmentStatus: string | null;
  readonly financialStatus?: string;
  readonly shippingMethod?: string;
  readonly itemCount?: number;
  readonly shipments?: readonly Shipment[];
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** An order in the vendor's shape, seen from `now`. */
export function orderOf(given: OrderCase, now: number): OrderObject {
  const createdAt = now - given.ageDays * DAY_MS;
  const shipments = given.shipments ?? [];
  const count = given.itemCount ?? 1;
  return {
    orderId: given.id,
    orderDbKey: 5_512_340_000 + Number(given.id),
    orderName: `#${given.id}`,
    email: given.email,
    amount: 37 * count + 10.5,
    subTotalPrice: 37 * count,
    shippingAmount: 10.5,
    taxAmount: 0,
    discountAmount: 0,
    tipAmount: 0,
    currency: 'USD',
    status: given.status ?? 'processing',
    fulfillmentStatus: given.fulfillmentStatus,
    financialStatus: given.financialStatus ?? 'paid',
    paymentStatus: given.financialStatus ?? 'paid',
    paymentMethod: 'card',
    processedAt: createdAt,
    createdAt,
    updatedAt: latest(createdAt, shipments, now),
    statusUrl: `https://shop.example/orders/${given.id}`,
    shippingMethod: given.shippingMethod ?? 'Standard 3-5 days',
    firstName: given.firstName,
    lastName: given.lastName,
    shippingCity: 'Ogden',
    shippingCountry: 'United States',
    items: Array.from({ length: count }, (_, index) => item(index)),
    fulfillment: shipments.map((shipment, index) => fulfillment(given.id, shipment, index, now)),
    ...given.extra,
  };
}

function item(index: number): Record<string, unknown> {
  return {
    id: `p-${index + 1}`,
    optionId: `v-${index + 1}`,
    sku: `MUG-${index + 1}`,
    name: `Mug ${index + 1}`,
    price: 37,
    quantity: 1,
  };
}

function latest(createdAt: number, shipments: readonly Shipment[], now: number): number {
  return Math.max(createdAt, ...shipments.map((shipment) => now - shipment.shippedDaysAgo * DAY_MS));
}

function fulfillment(orderId: string, shipment: Shipment, index: number, now: number): Record<string, unknown> {
  const shippedAt = now - shipment.shippedDaysAgo * DAY_MS;
  const number = shipment.number ?? `TRK${orderId}${String(index + 1).padStart(4, '0')}`;
  const url = shipment.isWithoutUrl ? {} : { trackingUrl: `https://track.example/${number}` };
  const parcel = {
    trackingNumber: number,
    trackingCompany: shipment.carrier ?? 'ExampleShip',
    shippingDate: shippedAt,
    ...url,
  };
  const count = shipment.itemCount ?? 1;
  return {
    id: `ful-${orderId}-${index + 1}`,
    createdAt: shippedAt,
    updatedAt: Math.min(now, shippedAt + DAY_MS),
    status: shipment.status,
    quantity: count,
    tracking: shipment.isUntracked ? [] : [parcel],
    items: Array.from({ length: count }, (_, position) => item(index + position)),
  };
}
