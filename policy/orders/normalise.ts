/** The one place that knows how a shop's order looks; everything after it reads `OrderFacts` (replies §2.3). */
import type { ORDER_GAPS } from '../../events/decision.ts';
import { cancelledAtOf, wasCancelled } from './cancellation.ts';
import { emailForm, phoneForm } from './contacts.ts';
import { METHOD_NAME_MAX, type OrderFacts, RAW_STATUS_MAX } from './facts.ts';
import { fulfilmentsOf, parcelsOf } from './parcels.ts';
import { markersOf, type PreorderProduct, preorderOf } from './preorder.ts';
import {
  booleanOf,
  instantOf,
  integerOf,
  isRecord,
  pick,
  type RawRecord,
  recordsOf,
  shortTextOf,
  textOf,
} from './raw-order.ts';
import { type OrderState, orderState, readMoney, readRefund, readStatus } from './states.ts';
import { cleanStatusUrl, type LinkPolicy } from './tracking-links.ts';

export type OrderGap = (typeof ORDER_GAPS)[number];

export type NormaliseOptions = {
  /** When the vendor answered, RFC 3339. */
  readonly fetchedAt: string;
  readonly links: LinkPolicy;
  readonly preorderProducts: readonly PreorderProduct[];
};

/** What matching needs beside the facts; held in memory, hashed by the caller, never stored. */
export type OrderIdentity = {
  /** Forms in which a customer may write this order's number: upper case, without `#`, with and without prefix. */
  readonly numberForms: readonly string[];
  /** The customer-facing name as delivered; none when the order has none. */
  readonly names: readonly string[];
  readonly conversationId?: string;
  readonly customerId?: string;
};
export type OrderContact = {
  /** Lower case, trimmed. */
  readonly email?: string;
  /** E.164, each once. */
  readonly phones: readonly string[];
};

const WITHHELD: readonly string[] = ['cancelled', 'refunded', 'exception', 'on_hold'] satisfies OrderState[];

/** An address that is no text is still somebody's: compared in its place, this is not the asker's. */
const UNREADABLE = '(unreadable)';
const EMAIL_NAMES = [
  'email',
  'customerEmail',
  'customer_email',
  'contactEmail',
  'contact_email',
  'billingEmail',
  'billing_email',
] as const;
const PHONE_NAMES = [
  'phone',
  'customerPhone',
  'customer_phone',
  'contactPhone',
  'billingPhone',
  'billing_phone',
  'shippingPhone',
  'shipping_phone',
] as const;

export type NormalisedOrder =
  | { readonly ok: true; readonly facts: OrderFacts; readonly identity: OrderIdentity; readonly contact: OrderContact }
  | {
      readonly ok: false;
      readonly missing: readonly OrderGap[];
      readonly identity: OrderIdentity;
      readonly contact: OrderContact;
    };

/** Normalises one order. `ok: false` names the fields without which an order may not be spoken of at all. */
export function normaliseOrder(raw: unknown, options: NormaliseOptions): NormalisedOrder {
  const order = isRecord(raw) ? raw : {};
  const orderRef = shortTextOf(pick(order, 'orderDbKey', 'order_db_key', 'orderId', 'order_id', 'id'), 120);
  const orderName = orderNameOf(order);
  const createdAt = instantOf(pick(order, 'createdAt', 'created_at', 'orderCreatedAt'));
  const known = { identity: identityOf(order), contact: contactOf(order) };
  if (orderRef === undefined || orderName === undefined || createdAt === undefined) {
    const missing: OrderGap[] = [];
    if (orderRef === undefined) missing.push('order_id');
    if (orderName === undefined) missing.push('order_name');
    if (createdAt === undefined) missing.push('created_at');
    return { ok: false, missing, ...known };
  }
  return { ok: true, facts: factsOf(order, { orderRef, orderName, createdAt }, options), ...known };
}

function factsOf(
  order: RawRecord,
  required: Pick<OrderFacts, 'orderRef' | 'orderName' | 'createdAt'>,
  { fetchedAt, links, preorderProducts }: NormaliseOptions,
): OrderFacts {
  const statusRaw = statusOf(order, readStatus, 'status', 'orderStatus', 'order_status');
  const fulfilmentRaw = statusOf(order, readStatus, 'fulfillmentStatus', 'fulfillment_status', 'fulfilmentStatus');
  const financialRaw = statusOf(
    order,
    readMoney,
    'financialStatus',
    'financial_status',
    'paymentStatus',
    'payment_status',
  );
  const cancelledAt = cancelledAtOf(order);
  const fulfilments = parcelsOf(order, { links, createdAt: required.createdAt, fetchedAt });
  const lineTotals = lineTotalsOf(order);
  const state = orderState(
    {
      status: statusRaw,
      fulfilment: fulfilmentRaw,
      financial: financialRaw,
      isCancelled: wasCancelled(order) === true,
      isPartial: lineTotals !== undefined && lineTotals.fulfilled > 0 && lineTotals.fulfilled < lineTotals.ordered,
    },
    fulfilments.map((parcel) => parcel.state),
  );
  const shippingMethodRaw = methodNameOf(order);
  const statusUrl = cleanStatusUrl(
    textOf(pick(order, 'statusUrl', 'status_url', 'orderStatusUrl', 'order_status_url')) ?? '',
    links,
  );
  return {
    schemaVersion: '1.0',
    ...required,
    source: 'richpanel',
    fetchedAt,
    ...(statusRaw !== undefined && { statusRaw }),
    ...(fulfilmentRaw !== undefined && { fulfilmentRaw }),
    ...(financialRaw !== undefined && { financialRaw }),
    state,
    ...(cancelledAt !== undefined && { cancelledAt }),
    refundState: readRefund(financialRaw),
    ...(shippingMethodRaw !== undefined && { shippingMethodRaw }),
    fulfilments,
    ...(lineTotals !== undefined && { lineTotals }),
    kind: kindOf(order, statusRaw),
    ...preorderOf(order, preorderProducts),
    isSubscription: subscriptionOf(order),
    ...(statusUrl !== null && { statusUrl }),
  };
}

/** Both are to be read (reference §4.4): of spellings that contradict each other the one counts that keeps us silent. */
function statusOf(order: RawRecord, read: (text: string) => string, ...names: string[]): string | undefined {
  const told = names.flatMap((name) => shortTextOf(order[name], RAW_STATUS_MAX) ?? []);
  return told.find((text) => WITHHELD.includes(read(text))) ?? told[0];
}

/** The customer-facing name, or nothing when it is absent or has another shape than replies §1.5 allows. */
function orderNameOf(order: RawRecord): string | undefined {
  const name = textOf(pick(order, 'orderName', 'order_name', 'name'));
  return name !== undefined && /^#?[A-Za-z0-9-]{3,20}$/.test(name) ? name : undefined;
}

function identityOf(order: RawRecord): OrderIdentity {
  const name = textOf(pick(order, 'orderName', 'order_name', 'name'));
  const names = [
    name,
    textOf(pick(order, 'orderId', 'order_id', 'id')),
    textOf(pick(order, 'orderDbKey', 'order_db_key')),
  ];
  const numberForms = [...new Set(names.flatMap((name) => (name === undefined ? [] : orderNumberForms(name))))];
  const conversationId = textOf(pick(order, 'conversationId', 'conversation_id', 'ticketId', 'ticket_id'));
  const customerId = textOf(pick(order, 'customerId', 'customer_id'));
  return {
    numberForms,
    names: name === undefined ? [] : [name],
    ...(conversationId !== undefined && { conversationId }),
    ...(customerId !== undefined && { customerId }),
  };
}

/** An order number as people write it: upper case, no `#`, no spaces; and the same without a leading store prefix. */
export function orderNumberForms(name: string): readonly string[] {
  const whole = name.normalize('NFKC').replace(/[#\s]/g, '').toUpperCase();
  const bare = whole.replace(/^[A-Z]{1,10}-?(?=\d)/, '');
  return [...new Set([whole, bare])].filter((form) => form !== '');
}

/** Whom the order belongs to, as far as it says so. */
function contactOf(order: RawRecord): OrderContact {
  const told = pick(order, ...EMAIL_NAMES) ?? (isRecord(order.customer) ? pick(order.customer, 'email') : undefined);
  const email = told === undefined ? undefined : (textOf(told) ?? UNREADABLE);
  const phones = PHONE_NAMES.flatMap((name) => phoneForm(textOf(order[name]) ?? '') ?? []);
  return { ...(email !== undefined && { email: emailForm(email) }), phones: [...new Set(phones)] };
}

/** Longer than a method name is none (replies §3.2); it is left out rather than cut, since a cut could match. */
function methodNameOf(order: RawRecord): string | undefined {
  const value = pick(order, 'shippingMethod', 'shipping_method', 'shippingMethodName', 'shippingTitle');
  const name = textOf(isRecord(value) ? pick(value, 'title', 'name') : value);
  return name === undefined || name.length > METHOD_NAME_MAX ? undefined : name;
}

function lineTotalsOf(order: RawRecord): OrderFacts['lineTotals'] | undefined {
  const items = itemsOf(order);
  if (items === undefined) return undefined;
  const fulfilled = fulfilmentsOf(order).map((fulfilment) => {
    const lines = recordsOf(fulfilment.items);
    return lines.length > 0 ? piecesOf(lines) : Math.max(0, integerOf(fulfilment.quantity) ?? 0);
  });
  const bound = (pieces: number) => Math.min(pieces, 1_000_000);
  return { ordered: bound(piecesOf(items)), fulfilled: bound(fulfilled.reduce((sum, pieces) => sum + pieces, 0)) };
}

function itemsOf(order: RawRecord): readonly RawRecord[] | undefined {
  const items = pick(order, 'items', 'lineItems', 'line_items');
  return items === undefined ? undefined : recordsOf(items);
}

function piecesOf(lines: readonly RawRecord[]): number {
  return lines.reduce((sum, line) => sum + Math.max(0, integerOf(line.quantity) ?? 1), 0);
}

function kindOf(order: RawRecord, statusRaw: string | undefined): OrderFacts['kind'] {
  const markers = markersOf(order);
  const items = itemsOf(order);
  if (booleanOf(pick(order, 'test', 'isTest', 'is_test')) === true || markers.includes('test')) return 'test';
  if (booleanOf(pick(order, 'draft', 'isDraft', 'is_draft')) === true || statusRaw?.toLowerCase() === 'draft')
    return 'draft';
  if (items !== undefined && piecesOf(items) === 0) return 'empty';
  if (booleanOf(pick(order, 'requiresShipping', 'requires_shipping')) === false) return 'digital';
  return items?.every(isDigital) === true ? 'digital' : 'ordinary';
}

function isDigital(item: RawRecord): boolean {
  return (
    booleanOf(pick(item, 'requiresShipping', 'requires_shipping')) === false ||
    booleanOf(pick(item, 'digital', 'isDigital', 'is_digital')) === true ||
    textOf(item.type)?.toLowerCase() === 'digital'
  );
}

/** Tag or selling-plan evidence (replies §2.3); an explicit "no" is believed, silence is `unknown`. */
function subscriptionOf(order: RawRecord): OrderFacts['isSubscription'] {
  const flag = booleanOf(pick(order, 'isSubscription', 'is_subscription', 'subscription'));
  const hasTag = markersOf(order).some((marker) => /^subscription\b/.test(marker));
  const hasPlan = [order, ...(itemsOf(order) ?? [])].some(
    (record) =>
      pick(record, 'sellingPlan', 'selling_plan', 'sellingPlanId', 'selling_plan_id', 'subscriptionId') !== undefined,
  );
  if (flag === true || hasTag || hasPlan) return 'yes';
  return flag === false ? 'no' : 'unknown';
}
