/** Linked orders as the helpdesk answers them (richpanel-api §4), each with only what its scenario is about. */

export type RawOrder = Readonly<Record<string, unknown>>;

export const UPS_NUMBER = '1Z999AA10123456784';
export const UPS_PAGE = `https://www.ups.com/track?tracknum=${UPS_NUMBER}`;

/** Paid, not packed, placed on Monday 2025-12-01 with Standard shipping: the order of row E01 (replies §3.8). */
export function waiting(changes: RawOrder = {}): RawOrder {
  return {
    orderId: '1043',
    orderName: '#1043',
    appClientId: 'acme-store-1',
    status: 'open',
    fulfillmentStatus: 'unfulfilled',
    financialStatus: 'paid',
    createdAt: Date.parse('2025-12-01T14:00:00Z'),
    shippingMethod: 'Standard Shipping',
    items: [{ id: 'p-1', sku: 'MUG-BLU', name: 'Blue mug', price: 12, quantity: 1 }],
    ...changes,
  };
}

export const UPS_PARCEL = { trackingNumber: UPS_NUMBER, trackingCompany: 'UPS', trackingUrl: UPS_PAGE };

/** The same order with one fulfilment for each parcel given. */
export function shipped(parcels: readonly RawOrder[] = [UPS_PARCEL], changes: RawOrder = {}): RawOrder {
  return waiting({
    status: 'fulfilled',
    fulfillmentStatus: 'fulfilled',
    fulfillment: parcels.map((parcel, at) => ({
      id: `ful-${at + 1}`,
      quantity: 1,
      status: 'in_transit',
      tracking: [parcel],
    })),
    ...changes,
  });
}

/** The same order as far as one parcel of two goes. */
export function partlyShipped(): RawOrder {
  return shipped([UPS_PARCEL], {
    status: 'open',
    fulfillmentStatus: 'partially_fulfilled',
    items: [
      { id: 'p-1', sku: 'MUG-BLU', name: 'Blue mug', price: 12, quantity: 1 },
      { id: 'p-2', sku: 'OIL-LAV', name: 'Lavender oil', price: 9, quantity: 1 },
    ],
  });
}

/** UPS says that it lies on the doorstep. */
export function delivered(): RawOrder {
  const [parcel] = shipped().fulfillment as RawOrder[];
  return { ...shipped(), fulfillment: [{ ...parcel, status: 'delivered' }] };
}

/** Ordered Monday 2025-11-03 and promised for 45 business days later: the order of row E31. */
export function preorder(changes: RawOrder = { preorder_eta_business_days: 45 }): RawOrder {
  return waiting({ createdAt: Date.parse('2025-11-03T14:00:00Z'), isPreorder: true, ...changes });
}
