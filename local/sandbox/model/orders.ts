/**
 * Orders and what links them to a conversation (§4).
 *
 * A linkage answer holds what the message row had, plus the store it can be read from. Rows of many conversations may carry the
 * same order number with different contents; every further conversation then gets the order in a store of its own
 * (`acme-store-2` …), so that none reads another's.
 */
import { changeTicket } from './tickets.ts';
import type { OrderObject } from './types.ts';
import { DEFAULT_STORE, type World } from './world.ts';

export function orderKey(store: string, orderId: string): string {
  return JSON.stringify([store, orderId]);
}

export function findOrder(world: World, store: string, orderId: string): OrderObject | undefined {
  return world.orders.get(orderKey(store, orderId));
}

/** The order's id as the path has it, or `undefined` when it has none that can be looked up. */
export function orderIdOf(order: OrderObject): string | undefined {
  const { orderId } = order;
  return (typeof orderId === 'string' && orderId !== '') || typeof orderId === 'number' ? String(orderId) : undefined;
}

/** Links what a message row gives in `order`: an object, several in an array, or `null` for none. */
export function linkOrders(world: World, ticketId: string, given: OrderObject | readonly OrderObject[] | null): void {
  const orders = given === null ? [] : isSeveral(given) ? given : [given];
  const linked = orders.map((order) => keep(world, ticketId, order));
  const linkage = given !== null && isSeveral(given) ? linked : (linked[0] ?? {});
  const home = linked[0]?.appClientId;
  changeTicket(world, ticketId, { linkage, ...(typeof home === 'string' ? { appClientId: home } : {}) });
}

function isSeveral(given: OrderObject | readonly OrderObject[]): given is readonly OrderObject[] {
  return Array.isArray(given);
}

function keep(world: World, ticketId: string, order: OrderObject): OrderObject {
  const orderId = orderIdOf(order);
  if (orderId === undefined) return order;
  const named = typeof order.appClientId === 'string' && order.appClientId !== '' ? order.appClientId : undefined;
  const home = named ?? homeOf(world, ticketId, orderId);
  world.orders.put(orderKey(home, orderId), order);
  return { ...order, appClientId: home };
}

/** The store of this conversation's order: the one it has, else the first where the number is free. */
function homeOf(world: World, ticketId: string, orderId: string): string {
  const place = JSON.stringify([ticketId, orderId]);
  const known = world.orderHomes.get(place);
  if (known !== undefined) return known;
  let home = DEFAULT_STORE;
  while (findOrder(world, home, orderId) !== undefined) {
    home = `acme-store-${world.nextNumber(`stores of ${orderId}`, 2)}`;
  }
  return world.orderHomes.put(place, home);
}
