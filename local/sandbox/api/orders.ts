/** Order linkage, order reads and upserts, subscriptions (§4). */
import { isRecord, json, parseObject, type SandboxResponse, vendorError } from '../http-types.ts';
import { findOrder, orderIdOf, orderKey } from '../model/orders.ts';
import type { World } from '../model/world.ts';
import { type ApiCall, type ApiOutcome, answer } from './context.ts';
import { orderShape } from './forms.ts';
import { readTicket } from './view.ts';

/** `GET /order/{conversationId}`: `{}` when nothing is linked, for an unknown conversation too. */
export function readLinkage(call: ApiCall, conversationId: string): ApiOutcome {
  const { world, bend } = call;
  const ticket = world.tickets.get(conversationId);
  const staleMs = Math.max(bend.staleMs ?? 0, world.options.staleReadMs);
  const linkage = ticket === undefined ? {} : readTicket(world, ticket, staleMs).linkage;
  return answer(isRecord(linkage) && Object.keys(linkage).length === 0 ? nothingLinked(world) : linked(world, linkage));
}

function nothingLinked({ options }: World): SandboxResponse {
  switch (options.unlinked) {
    case 'null':
      return json(200, null);
    case '[]':
      return json(200, []);
    case '404':
      return vendorError(404, 'Order not found');
    default:
      return json(200, {});
  }
}

/** One order or several; with ids alone only where a second read can resolve them. */
function linked({ options }: World, linkage: unknown): SandboxResponse {
  const view = (one: unknown): unknown => {
    if (!isRecord(one)) return one;
    const { orderId, appClientId } = one;
    const isResolvable = orderIdOf(one) !== undefined && typeof appClientId === 'string';
    return options.linkage === 'ids' && isResolvable ? { orderId, appClientId } : orderShape(one, options);
  };
  return json(200, Array.isArray(linkage) ? linkage.map(view) : view(linkage));
}

/** `GET /order/{appclient_id}/{order_id}`. */
export function readOrder(call: ApiCall, appClientId: string, orderId: string): ApiOutcome {
  const order = findOrder(call.world, appClientId, orderId);
  const { options } = call.world;
  if (order === undefined) {
    const status = Number(options.missingOrder);
    return answer(options.missingOrder === '{}' ? json(200, {}) : vendorError(status, 'Order not found'));
  }
  const shown = orderShape(order, options);
  return answer(json(200, options.orderWrapper === 'order' ? { order: shown } : shown));
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
