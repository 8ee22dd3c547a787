/** What an order says about being a pre-order: explicit evidence only (replies §3.6). */
import { addBusinessDays, businessDaysBetween, isLocalDate, type LocalDate, localDate } from './calendar.ts';
import type { DayCount } from './estimate.ts';
import { type OrderFacts, PREORDER_ETA_MAX_BD, type Preorder } from './facts.ts';
import { booleanOf, integerOf, isRecord, listOf, pick, type RawRecord, recordsOf, textOf } from './raw-order.ts';
import type { Window } from './transit.ts';

/** A shop's promise for a product, by SKU or product id, from its configuration. */
export type PreorderProduct = {
  readonly product: string;
  readonly etaBusinessDays?: number;
  readonly shipByDate?: string;
};

type Eta = { readonly etaBusinessDays?: number; readonly shipByDate?: LocalDate };
type Source = { readonly evidence: Preorder['evidence'][number]; readonly promises: readonly Eta[] };

const ETA_TAG = /^preorder-eta:(\d{1,3})bd$/;
const SHIP_BY_TAG = /^preorder-ship-by:(\d{4}-\d{2}-\d{2})$/;
const PLAIN_TAG = /^pre-?order$/;
/** Replies §3.6: a parcel is expected this many business days after it leaves. */
const AFTER_SHIPPING_BD: Window = [3, 5];
/** Largest number of business days that an event carries (events/fields.ts). */
const LONGEST_WINDOW_BD = 400;

/** Reads all evidence of an order and its lines: `no` without any, `unknown` when pieces of it exclude each other. */
export function preorderOf(
  order: RawRecord,
  products: readonly PreorderProduct[],
): Pick<OrderFacts, 'isPreorder' | 'preorder'> {
  const items = recordsOf(pick(order, 'items', 'lineItems', 'line_items'));
  const sources = [fieldSource(order, items), tagSource(order), productSource(items, products)].filter(isSource);
  const flag = booleanOf(pick(order, 'isPreorder', 'is_preorder', 'preorder', 'preOrder'));
  const lines = items.map((item) => isPreorderLine(item, products));
  const isMixed = lines.includes(true) && !lines.every(Boolean);
  const isProven = flag === true || sources.length > 0 || lines.includes(true);
  if (!isProven) return { isPreorder: 'no' };
  // "Not a pre-order" beside a promise, or a cart of which only a part is one: nobody knows which holds.
  if (flag === false || isMixed) return { isPreorder: 'unknown' };
  return { isPreorder: 'yes', preorder: combine(sources) };
}

/**
 * The window of a proven pre-order, or `null`: no promise, two that disagree, or a ship-by date before the order.
 * The explicit number comes first; a ship-by date beside it must agree, that is, its window must hold the number.
 */
export function preorderWindow(facts: OrderFacts, { zone, calendar }: DayCount): Window | null {
  const { preorder } = facts;
  if (facts.isPreorder !== 'yes' || preorder === undefined || preorder.isContradictory) return null;
  const byDate = preorder.shipByDate === undefined ? undefined : shipByWindow(facts.createdAt, preorder.shipByDate);
  if (byDate === null) return null;
  const eta = preorder.etaBusinessDays;
  if (eta === undefined) return byDate ?? null;
  return byDate === undefined || (eta >= byDate[0] && eta <= byDate[1]) ? [eta, eta] : null;

  function shipByWindow(createdAt: string, shipBy: LocalDate): Window | null {
    const ordered = localDate(createdAt, zone);
    // Far beyond any window that travels, so that a date in the year 9999 costs nothing.
    if (shipBy < ordered || shipBy > addBusinessDays(ordered, LONGEST_WINDOW_BD, 'none')) return null;
    const days = businessDaysBetween(ordered, shipBy, calendar);
    const [least, most] = AFTER_SHIPPING_BD;
    return days + most > LONGEST_WINDOW_BD ? null : [days + least, days + most];
  }
}

function combine(sources: readonly Source[]): Preorder {
  const promises = sources.flatMap((source) => source.promises);
  const etas = new Set(promises.flatMap((promise) => promise.etaBusinessDays ?? []));
  const dates = new Set(promises.flatMap((promise) => promise.shipByDate ?? []));
  const [etaBusinessDays] = etas;
  const [shipByDate] = dates;
  return {
    ...(etaBusinessDays !== undefined && { etaBusinessDays }),
    ...(shipByDate !== undefined && { shipByDate }),
    evidence: sources.map((source) => source.evidence),
    isContradictory: etas.size > 1 || dates.size > 1,
  };
}

function fieldSource(order: RawRecord, items: readonly RawRecord[]): Source | null {
  const promises = [order, ...items].flatMap((record) => {
    const eta = pick(record, 'preorder_eta_business_days', 'preorderEtaBusinessDays');
    const shipBy = pick(record, 'preorder_ship_by_date', 'preorderShipByDate');
    return eta === undefined && shipBy === undefined ? [] : [promiseOf(integerOf(eta), textOf(shipBy))];
  });
  return promises.length === 0 ? null : { evidence: 'field', promises };
}

/** Tags and metafields (a metafield's key and value read as one tag). */
function tagSource(order: RawRecord): Source | null {
  const promises = markersOf(order).flatMap((marker) => {
    const eta = ETA_TAG.exec(marker)?.[1];
    const shipBy = SHIP_BY_TAG.exec(marker)?.[1];
    if (eta !== undefined || shipBy !== undefined)
      return [promiseOf(eta === undefined ? undefined : Number(eta), shipBy)];
    return PLAIN_TAG.test(marker) ? [{}] : [];
  });
  return promises.length === 0 ? null : { evidence: 'tag', promises };
}

function productSource(items: readonly RawRecord[], products: readonly PreorderProduct[]): Source | null {
  const promises = items.flatMap((item) => {
    const product = productOf(item, products);
    return product === undefined ? [] : [promiseOf(product.etaBusinessDays, product.shipByDate)];
  });
  return promises.length === 0 ? null : { evidence: 'product', promises };
}

/** A promise out of range still proves the pre-order; it only promises nothing. */
function promiseOf(eta: number | undefined, shipBy: string | undefined): Eta {
  const date = shipBy?.slice(0, 10);
  return {
    ...(eta !== undefined && eta >= 1 && eta <= PREORDER_ETA_MAX_BD && { etaBusinessDays: eta }),
    ...(date !== undefined && isLocalDate(date) && { shipByDate: date }),
  };
}

function isPreorderLine(item: RawRecord, products: readonly PreorderProduct[]): boolean {
  return (
    booleanOf(pick(item, 'isPreorder', 'is_preorder', 'preorder', 'preOrder')) === true ||
    pick(item, 'preorder_eta_business_days', 'preorderEtaBusinessDays') !== undefined ||
    pick(item, 'preorder_ship_by_date', 'preorderShipByDate') !== undefined ||
    productOf(item, products) !== undefined
  );
}

function productOf(item: RawRecord, products: readonly PreorderProduct[]): PreorderProduct | undefined {
  const ids = [pick(item, 'sku'), pick(item, 'id', 'productId', 'product_id'), pick(item, 'optionId')].map(textOf);
  return products.find(({ product }) => ids.includes(product));
}

/** Tags (array or comma-separated text) and `key:value` of metafields, lower case. */
export function markersOf(record: RawRecord): readonly string[] {
  const tags = listOf(pick(record, 'tags', 'tag')).flatMap((tag) => (textOf(tag) ?? '').split(','));
  const metafields = recordsOf(pick(record, 'metafields', 'metafield')).map(
    (field) => `${textOf(pick(field, 'key', 'name')) ?? ''}:${textOf(field.value) ?? ''}`,
  );
  const nested = pick(record, 'metafields');
  const pairs = isRecord(nested) ? Object.entries(nested).map(([key, value]) => `${key}:${textOf(value) ?? ''}`) : [];
  return [...tags, ...metafields, ...pairs]
    .map((marker) => marker.trim().toLowerCase())
    .filter((marker) => marker !== '');
}

function isSource(source: Source | null): source is Source {
  return source !== null;
}
