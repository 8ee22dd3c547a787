/** What the helpdesk says about the order of a conversation (richpanel-api §4.1–4.2, replies §2.2). */
import { wasCancelled } from './cancellation.ts';
import { booleanOf, instantOf, isBlank, isRecord, pick, type RawRecord, recordsOf, textOf } from './raw-order.ts';

export type Linkage =
  | { readonly kind: 'linked'; readonly orderId: string; readonly appClientId?: string; readonly order: RawRecord }
  | { readonly kind: 'unlinked' }
  | { readonly kind: 'several' }
  /** No answer to the question that was asked: a failed look-up, never "nothing linked". */
  | { readonly kind: 'unreadable' };

const ID_NAMES = ['orderId', 'order_id', 'id'] as const;
const ORDER_NAMES = [
  ...ID_NAMES,
  'orderName',
  'orderDbKey',
  'appClientId',
  'createdAt',
  'items',
  'fulfillment',
] as const;

/** Reads the answer of `GET /order/{conversationId}`; the caller has dealt with every status but 200 and 404. */
export function parseLinkage(httpStatus: number, body: unknown): Linkage {
  if (httpStatus === 404 || body === null) return { kind: 'unlinked' };
  if (Array.isArray(body)) return { kind: body.length === 0 ? 'unlinked' : 'several' };
  if (httpStatus !== 200 || !isRecord(body)) return { kind: 'unreadable' };
  if (Object.keys(body).length === 0) return { kind: 'unlinked' };
  if (booleanOf(pick(body, 'has_more', 'hasMore')) === true) return { kind: 'several' };

  const order = unwrapOrder(body);
  const orderId = textOf(pick(order, ...ID_NAMES));
  if (orderId === undefined) return looksLikeOrder(order) ? { kind: 'unlinked' } : { kind: 'unreadable' };
  const appClientId = textOf(pick(order, 'appClientId', 'app_client_id', 'appclient_id'));
  return { kind: 'linked', orderId, ...(appClientId !== undefined && { appClientId }), order };
}

/** The order object of an answer, which may lie under `order`. */
export function unwrapOrder(body: unknown): RawRecord {
  if (!isRecord(body)) return {};
  return pick(body, ...ID_NAMES) === undefined && isRecord(body.order) ? body.order : body;
}

/** Whether the order itself must be read: the link lacks tracking or shipping method (replies §2.7), or the basics. */
export function needsDetail(order: RawRecord): boolean {
  const basics = [
    pick(order, 'shippingMethod', 'shipping_method'),
    pick(order, 'orderName', 'order_name', 'name'),
    pick(order, 'createdAt', 'created_at'),
  ];
  return !holdsTracking(order) || basics.includes(undefined);
}

/**
 * The linked answer with its gaps filled from the order's own page. Where both speak and differ on id, creation,
 * cancellation or tracking, neither is believed (replies §2.7).
 */
export function combineOrder(linked: RawRecord, detail: RawRecord): { order: RawRecord; hasConflict: boolean } {
  const filled = Object.fromEntries(Object.entries(linked).filter(([, value]) => !isBlank(value)));
  const order = { ...detail, ...filled };
  if (!holdsTracking(linked) && holdsTracking(detail)) {
    const own = Object.keys(linked).filter((name) => /^fulfil?lments?$/.test(name));
    for (const name of own) delete order[name];
    for (const name of Object.keys(detail))
      if (own.length > 0 && /^fulfil?lments?$/.test(name)) order[name] = detail[name];
  }
  return { order, hasConflict: contradicts(linked, detail) };
}

function contradicts(linked: RawRecord, detail: RawRecord): boolean {
  if (Object.keys(detail).length === 0) return false;
  const ids = [idsOf(linked), idsOf(detail)] as const;
  if (ids[0].length > 0 && ids[1].length > 0 && !ids[0].some((id) => ids[1].includes(id))) return true;
  const created = [linked, detail].map((order) => instantOf(pick(order, 'createdAt', 'created_at')));
  if (created[0] !== undefined && created[1] !== undefined && created[0] !== created[1]) return true;
  if (
    isCancelled(linked) !== undefined &&
    isCancelled(detail) !== undefined &&
    isCancelled(linked) !== isCancelled(detail)
  ) {
    return true;
  }
  return holdsTracking(linked) && detail.fulfillment !== undefined && !holdsTracking(detail);
}

function idsOf(order: RawRecord): readonly string[] {
  return [...ID_NAMES, 'orderDbKey', 'order_db_key'].flatMap((name) => textOf(order[name]) ?? []);
}

function isCancelled(order: RawRecord): boolean | undefined {
  const status = textOf(pick(order, 'status', 'orderStatus'));
  const told = wasCancelled(order);
  return status === undefined ? told : told === true || /cancel|void/i.test(status);
}

function holdsTracking(order: RawRecord): boolean {
  return recordsOf(pick(order, 'fulfillment', 'fulfillments', 'fulfilment', 'fulfilments')).some((fulfilment) => {
    const tracking = pick(fulfilment, 'tracking', 'trackingNumber', 'trackingUrl', 'tracking_number', 'tracking_url');
    return tracking !== undefined && tracking !== '' && !(Array.isArray(tracking) && tracking.length === 0);
  });
}

function looksLikeOrder(record: RawRecord): boolean {
  return ORDER_NAMES.some((name) => name in record);
}
