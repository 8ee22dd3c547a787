/** Order linkage, order reads and upserts, subscriptions (§4). */
import { isRecord, json, parseObject, vendorError } from '../http-types.ts';
import { findOrder, orderIdOf, orderKey } from '../model/orders.ts';
import { type ApiCall, type ApiOutcome, answer } from './context.ts';
import { readTicket } from './view.ts';

/** `GET /order/{conversationId}`: `{}` when nothing is linked, for an unknown conversation too. */
export function readLinkage(call: ApiCall, conversationId: string): ApiOutcome {
  const ticket = call.world.tickets.get(conversationId);
  const staleMs = Math.max(call.bend.staleMs ?? 0, call.world.options.staleReadMs);
  return answer(json(200, ticket === undefined ? {} : readTicket(call.world, ticket, staleMs).linkage));
}

/** `GET /order/{appclient_id}/{order_id}`. */
export function readOrder(call: ApiCall, appClientId: string, orderId: string): ApiOutcome {
  const order = findOrder(call.world, appClientId, orderId);
  if (order === undefined) return answer(vendorError(404, 'Order not found'));
  return answer(json(200, call.world.options.orderWrapper === 'order' ? { order } : order));
}

/** `POST /order/{appclient_id}`: creates or updates, all or nothing. */
export function upsertOrders(call: ApiCall, appClientId: string): ApiOutcome {
  const orders = parseObject(call.body)?.orders;
  if (!Array.isArray(orders) || !orders.every(isWritableOrder)) {
    return answer(vendorError(400, 'orders need orderId, amount and items with price and quantity'));
  }
  for (const given of orders) {
    const { deleteFulfillmentAndCreate, ...order } = given;
    const key = orderKey(appClientId, orderIdOf(order) ?? '');
    const before = call.world.orders.get(key) ?? {};
    const merged = { ...before, ...order };
    const fulfillment =
      deleteFulfillmentAndCreate === true ? order.fulfillment : mergeById(before.fulfillment, order.fulfillment);
    call.world.orders.put(key, fulfillment === undefined ? merged : { ...merged, fulfillment });
  }
  return answer(json(200, 'Orders created/updated successfully'));
}

type WritableOrder = Record<string, unknown>;

function isWritableOrder(order: unknown): order is WritableOrder {
  if (!isRecord(order) || orderIdOf(order) === undefined || typeof order.amount !== 'number') return false;
  const isItem = (item: unknown): boolean => isRecord(item) && item.price !== undefined && item.quantity !== undefined;
  return Array.isArray(order.items) && order.items.every(isItem);
}

/** Fulfilments of an update replace those with the same id and join the others. */
function mergeById(before: unknown, given: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(given)) return given ?? before;
  const ids = new Set(given.map((entry) => (isRecord(entry) ? entry.id : undefined)));
  return [...before.filter((entry) => !isRecord(entry) || !ids.has(entry.id)), ...given];
}

/** `POST /subscription/{appclient_id}`: taken in; there is no read endpoint. */
export function upsertSubscriptions(call: ApiCall): ApiOutcome {
  const { subscriptions } = parseObject(call.body) ?? {};
  if (!Array.isArray(subscriptions)) return answer(vendorError(400, 'subscriptions must be an array'));
  return answer(json(200, { message: 'Subscriptions created/updated successfully' }));
}
