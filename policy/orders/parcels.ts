/** Fulfilments and their tracking, in any shape a shop delivers them, as a flat list of parcels. */
import { PARCELS_MAX, type Parcel, RAW_STATUS_MAX } from './facts.ts';
import {
  instantOf,
  isBlank,
  isRecord,
  listOf,
  pick,
  type RawRecord,
  recordsOf,
  shortTextOf,
  textOf,
} from './raw-order.ts';
import { orderState, readStatus } from './states.ts';
import { cleanTrackingNumber, cleanTrackingUrl, type LinkPolicy, namesOther } from './tracking-links.ts';

const FULFILMENT_NAMES = ['fulfillment', 'fulfillments', 'fulfilment', 'fulfilments'] as const;

/** How to read them: which links may stay, and from the order to the reading, the time in which a parcel can move; RFC 3339. */
type How = { readonly links: LinkPolicy; readonly createdAt: string; readonly fetchedAt: string };

/** Parcels of an order sorted by shipping time, then id; each tracking entry is a parcel of its own. */
export function parcelsOf(order: RawRecord, how: How): Parcel[] {
  const parcels = fulfilmentsOf(order).flatMap((fulfilment, index) => parcelsOfFulfilment(fulfilment, index, how));
  return [...parcels, ...unread(order), ...(parcels.some(isTraced) ? [] : strays(order))]
    .toSorted(byShippingTime)
    .slice(0, PARCELS_MAX);
}

/** The fulfilments themselves; `fulfillment` may be an array, one object, or missing. */
export function fulfilmentsOf(order: RawRecord): readonly RawRecord[] {
  return recordsOf(pick(order, ...FULFILMENT_NAMES));
}

/** Stands for what was told of shipments or tracking where nobody can read it. */
export const UNREAD: Parcel = { id: 'unread', state: 'unknown', trackingDropped: true };
const STRAY_NAMES = [
  'tracking',
  'trackings',
  'trackingNumber',
  'tracking_number',
  'trackingNumbers',
  'tracking_numbers',
  'trackingUrl',
  'tracking_url',
  'trackingUrls',
  'tracking_urls',
  'shipments',
] as const;

function isTraced({ trackingNumber, trackingUrl, trackingDropped }: Parcel): boolean {
  return trackingNumber !== undefined || trackingUrl !== undefined || trackingDropped === true;
}

/** Tracking beside the fulfilments, where none is documented (reference §4.4): it may not be denied that there is some. */
function strays(order: RawRecord): Parcel[] {
  const told = STRAY_NAMES.flatMap((name) => listOf(order[name]));
  return told.some((each) => !isBlank(each) && !(isRecord(each) && Object.keys(each).length === 0)) ? [UNREAD] : [];
}

/** Something is said of a shipment, and nobody can read what: then the order is in no state that anybody knows. */
function unread(order: RawRecord): Parcel[] {
  const told = listOf(pick(order, ...FULFILMENT_NAMES));
  const isReadable = (each: unknown) => isRecord(each) || each === null || each === '' || each === undefined;
  return told.every(isReadable) ? [] : [UNREAD];
}

function parcelsOfFulfilment(fulfilment: RawRecord, index: number, how: How): Parcel[] {
  const entries = trackingEntriesOf(fulfilment);
  const id = shortTextOf(pick(fulfilment, 'id', 'fulfillmentId', 'fulfillment_id'), 70) ?? `fulfilment-${index + 1}`;
  if (entries.length === 0) return [parcelOf(fulfilment, {}, id, how)];
  return entries.map((entry, n) => parcelOf(fulfilment, entry, n === 0 ? id : `${id}~${n + 1}`, how));
}

/** `tracking` as array, object, text or number, and tracking fields that lie on the fulfilment itself. */
function trackingEntriesOf(fulfilment: RawRecord): readonly RawRecord[] {
  const delivered = listOf(pick(fulfilment, 'tracking', 'trackings', 'trackingInfo', 'tracking_info'));
  const entries = delivered.flatMap((entry) => {
    if (isRecord(entry)) return Object.keys(entry).length > 0 ? [entry] : [];
    if (typeof entry === 'string') return entry.trim() === '' ? [] : [fromText(entry.trim())];
    return typeof entry === 'number' ? [{ trackingNumber: entry }] : [];
  });
  if (entries.length > 0) return entries;
  const trackingNumber = pick(fulfilment, 'trackingNumber', 'tracking_number');
  const trackingUrl = pick(fulfilment, 'trackingUrl', 'tracking_url');
  return trackingNumber === undefined && trackingUrl === undefined ? [] : [{ trackingNumber, trackingUrl }];
}

function fromText(text: string): RawRecord {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? { trackingUrl: text } : { trackingNumber: text };
}

function rawNumberOf(entry: RawRecord): unknown {
  return pick(entry, 'trackingNumber', 'tracking_number', 'number');
}

function rawUrlOf(entry: RawRecord): unknown {
  return pick(entry, 'trackingUrl', 'tracking_url', 'trackingURL', 'url');
}

function parcelOf(fulfilment: RawRecord, entry: RawRecord, id: string, { links, createdAt, fetchedAt }: How): Parcel {
  const either = (...names: string[]) => pick(entry, ...names) ?? pick(fulfilment, ...names);
  const rawNumber = rawNumberOf(entry);
  const rawUrl = rawUrlOf(entry);
  const trackingNumber = cleanTrackingNumber(textOf(rawNumber) ?? '') ?? undefined;
  const link = cleanTrackingUrl(textOf(rawUrl) ?? '', links) ?? undefined;
  // Of two that disagree the number stays: a link is followed by whoever reads it, and shows another's parcel.
  const isOther = link !== undefined && trackingNumber !== undefined && namesOther(link, trackingNumber);
  const trackingUrl = isOther ? undefined : link;
  const carrierRaw = shortTextOf(either('trackingCompany', 'tracking_company', 'carrier', 'company'), RAW_STATUS_MAX);
  const shippedAt = instantOf(
    either('shippingDate', 'shipping_date', 'shippedAt', 'shipped_at') ?? pick(fulfilment, 'createdAt', 'created_at'),
  );
  const toldDelivered = instantOf(either('deliveredAt', 'delivered_at'));
  // A day to come is a plan, one before the order is a mistake.
  const isPossible = toldDelivered !== undefined && toldDelivered >= createdAt && toldDelivered <= fetchedAt;
  const deliveredAt = isPossible ? toldDelivered : undefined;
  const isDropped =
    (holdsValue(rawNumber) || holdsValue(rawUrl)) && trackingNumber === undefined && trackingUrl === undefined;
  return {
    id,
    state: parcelState(fulfilment, {
      isDelivered: deliveredAt !== undefined,
      isPlanned: shippedAt !== undefined && shippedAt > fetchedAt,
    }),
    ...(trackingNumber !== undefined && { trackingNumber }),
    ...(trackingUrl !== undefined && { trackingUrl }),
    ...(carrierRaw !== undefined && { carrierRaw }),
    ...(shippedAt !== undefined && { shippedAt }),
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...(isDropped && { trackingDropped: true as const }),
  };
}

/** An empty text is no tracking; a number that lost its digits, an object or a word was meant to be one. */
function holdsValue(raw: unknown): boolean {
  return typeof raw === 'string' ? raw.trim() !== '' : raw !== undefined;
}

function parcelState(
  fulfilment: RawRecord,
  { isDelivered, isPlanned }: { isDelivered: boolean; isPlanned: boolean },
): Parcel['state'] {
  const status = shortTextOf(pick(fulfilment, 'status', 'state'), RAW_STATUS_MAX);
  const scan = shortTextOf(pick(fulfilment, 'shipmentStatus', 'shipment_status', 'deliveryStatus'), RAW_STATUS_MAX);
  const reading = [readStatus(status), readStatus(scan), ...(isDelivered ? (['delivered'] as const) : [])];
  // A fulfilment that names no status is a shipment all the same: shops create it when the parcel leaves.
  if (reading.every((each) => each === 'neutral')) return isPlanned ? 'received' : 'shipped';
  const texts = { status, fulfilment: scan, financial: undefined, isCancelled: false, isPartial: false };
  return orderState(texts, isDelivered ? ['delivered'] : []);
}

/** A parcel without shipping time comes last. */
function byShippingTime(a: Parcel, b: Parcel): number {
  const left = a.shippedAt ?? '~';
  const right = b.shippedAt ?? '~';
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
