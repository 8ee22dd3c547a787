/** Orders that a customer of the sandbox may have, for who writes as one: made as the sandbox makes those of its own shop. */
import { type OrderCase, orderOf } from '../../local/sandbox/seed/orders.ts';

export const ORDER_CHOICES = ['none', 'in-transit', 'delivered', 'no-tracking'] as const;
export type OrderChoice = (typeof ORDER_CHOICES)[number];

/** Who writes on the page. */
const CUSTOMER = { email: 'alex.rivera@example.com', firstName: 'Alex', lastName: 'Rivera' } as const;

const CASES: Readonly<Record<Exclude<OrderChoice, 'none'>, Omit<OrderCase, 'id' | keyof typeof CUSTOMER>>> = {
  'in-transit': {
    ageDays: 4,
    fulfillmentStatus: 'fulfilled',
    shipments: [{ status: 'in_transit', shippedDaysAgo: 2 }],
  },
  delivered: {
    ageDays: 9,
    status: 'confirmed',
    fulfillmentStatus: 'fulfilled',
    shipments: [{ status: 'delivered', shippedDaysAgo: 4 }],
  },
  'no-tracking': { ageDays: 1, fulfillmentStatus: 'unfulfilled' },
};

/** `undefined` for none. @param now  epoch milliseconds; the number follows from it. */
export function inventedOrder(choice: OrderChoice, now: number): Readonly<Record<string, unknown>> | undefined {
  if (choice === 'none') return undefined;
  const id = String(400_000 + (Math.floor(now / 1000) % 500_000));
  return orderOf({ id, ...CUSTOMER, ...CASES[choice] }, now);
}

export const INVENTED_CUSTOMER = { email: CUSTOMER.email } as const;
