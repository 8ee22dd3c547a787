/** Whether exactly one order may be spoken of: the decision list of replies §2.2, rows 2 to 8. */
import type { OrderLabels, SHIPPING_BUCKETS } from '../../events/decision.ts';
import type { ReasonCode } from '../../events/words.ts';
import { localDate } from './calendar.ts';
import { type DayCount, type Estimate, estimate, type NoEstimate } from './estimate.ts';
import type { OrderFacts, Parcel } from './facts.ts';
import type { NormalisedOrder, OrderGap } from './normalise.ts';
import { preorderWindow } from './preorder.ts';
import { type OrderState, STATUS_LABEL_OF_STATE } from './states.ts';
import { matchTransit, type TransitMap, type Window } from './transit.ts';

/** Replies §2.2 row 6: an older order is not the one that is asked about. */
const MAX_ORDER_AGE_MS = 365 * 86_400_000;
export const PREORDER_BUCKET = 'Pre-Order';
/** Parcels have left: without usable tracking there is nothing to say (replies S6, S12). */
const MOVING: readonly OrderState[] = ['partially_shipped', 'shipped', 'out_for_delivery'];
/** Routed only, so no reply needs their window (replies S9). */
const SILENT: readonly OrderState[] = ['on_hold', 'exception', 'cancelled', 'refunded'];

export type MatchInput = {
  readonly linkage:
    | { readonly kind: 'unlinked' }
    | { readonly kind: 'several' }
    | { readonly kind: 'linked'; readonly order: NormalisedOrder; readonly hasConflict: boolean };
  /** The customer named an order number that is none of this order's (compared as digests by the caller). */
  readonly namesAnotherOrder: boolean;
  /** Both e-mail addresses are known and differ (compared as digests by the caller). */
  readonly contactDiffers: boolean;
  /** `null` for an order that was proven: it may have come up in any conversation. */
  readonly ticket: { readonly conversationId: string; readonly customerId: string | null } | null;
  /** Creation time of the comment to be answered, RFC 3339 (replies §3.1). */
  readonly asOf: string;
  readonly transit: TransitMap;
  readonly days: DayCount;
};

export type NotMatched = {
  readonly kind: 'not_matched';
  readonly reason: 'unlinked' | 'multiple' | 'missing_context';
  readonly missingFields: readonly OrderGap[];
  readonly reasonCodes: readonly ReasonCode[];
};
export type Matched = {
  readonly kind: 'matched';
  readonly facts: OrderFacts;
  readonly labels: OrderLabels;
  /** Set when the order has a window, no tracking, and its days could be counted. */
  readonly estimate: Estimate | null;
};

/** Rows 2 to 8 of the decision list, first hit wins; row 1 (the look-up failed) is the caller's. */
export function matchOrder(input: MatchInput): Matched | NotMatched {
  const { linkage } = input;
  if (linkage.kind === 'unlinked') return notMatched('unlinked', [], ['tier2_missing_deterministic_match']);
  if (linkage.kind === 'several') return notMatched('multiple', [], ['tier2_missing_deterministic_match']);
  if (input.namesAnotherOrder) return notMatched('multiple', [], ['tier2_missing_deterministic_match']);
  const { order } = linkage;
  if (!order.ok) return notMatched('missing_context', order.missing, ['missing_order_context']);

  const { facts } = order;
  const estimated = estimateOrder(facts, input);
  return (
    contextGap(facts, estimated) ??
    implausibleCreation(facts, input) ??
    (linkage.hasConflict || input.contactDiffers || isForeign(order, input.ticket)
      ? notMatched('missing_context', ['contact'], ['missing_order_context', 'source_conflict'])
      : { kind: 'matched', facts, labels: labelsOf(facts, estimated), estimate: windowOf(estimated) })
  );
}

/** `null`: tracking makes an estimate pointless; `unknown`: no window is recognised. */
type Estimated = Estimate | NoEstimate | { readonly kind: 'unknown' } | null;

/** Counts the window of an order without tracking; also used to count again just before a reply is sent. */
export function estimateOrder(
  facts: OrderFacts,
  { asOf, transit, days }: Pick<MatchInput, 'asOf' | 'transit' | 'days'>,
): Estimated {
  if (facts.fulfilments.some(isTracked)) return null;
  const order = promiseOf(facts, transit, days);
  return order === null ? { kind: 'unknown' } : estimate({ createdAt: facts.createdAt, ...order }, asOf, days);
}

/** The labels of facts that stand, with the days counted up to `asOf`. */
export function labelsAt(facts: OrderFacts, at: Pick<MatchInput, 'asOf' | 'transit' | 'days'>): OrderLabels {
  return labelsOf(facts, estimateOrder(facts, at));
}

/** A pre-order never borrows the window of its shipping method, nor does one that may be a pre-order (S14). */
function promiseOf(facts: OrderFacts, transit: TransitMap, days: DayCount): { bucket: string; window: Window } | null {
  if (facts.isPreorder === 'no') {
    const rule = matchTransit(facts.shippingMethodRaw, transit);
    return rule === null ? null : { bucket: rule.label, window: rule.window };
  }
  const window = preorderWindow(facts, days);
  return window === null ? null : { bucket: PREORDER_BUCKET, window };
}

/** Row 5: order id, created-at, and a tracking signal, a recognised window or a proven pre-order (replies §1.3). */
function contextGap(facts: OrderFacts, estimated: Estimated): NotMatched | null {
  if (facts.kind !== 'ordinary') return null;
  if (facts.state === 'unknown') return notMatched('missing_context', ['order_state'], ['missing_order_context']);
  if (SILENT.includes(facts.state) || estimated === null) return null;
  if (MOVING.includes(facts.state) || facts.fulfilments.some((parcel) => parcel.trackingDropped === true)) {
    return notMatched('missing_context', ['tracking'], ['missing_order_context', 'tracking_absent']);
  }
  const isUncounted = estimated.kind === 'none' && estimated.why === 'calendar_not_covered';
  const hasNoWindow = estimated.kind === 'unknown' && facts.isPreorder !== 'yes';
  return hasNoWindow || isUncounted
    ? notMatched(
        'missing_context',
        ['tracking', 'shipping_window'],
        ['missing_order_context', 'shipping_bucket_unknown'],
      )
    : null;
}

/** Row 6. */
function implausibleCreation(facts: OrderFacts, { asOf, days }: MatchInput): NotMatched | null {
  const ageMs = Date.parse(asOf) - Date.parse(facts.createdAt);
  if (ageMs >= 0 && ageMs <= MAX_ORDER_AGE_MS) return null;
  const isSkewed = localDate(asOf, days.zone) < localDate(facts.createdAt, days.zone);
  const codes: ReasonCode[] = ['missing_order_context', 'created_at_implausible'];
  return notMatched('missing_context', ['created_at'], isSkewed ? [...codes, 'clock_skew'] : codes);
}

/** M1: a conversation or customer that the order names must be ours. */
function isForeign(order: NormalisedOrder, ticket: MatchInput['ticket']): boolean {
  if (ticket === null) return false;
  const { conversationId, customerId } = order.identity;
  if (conversationId !== undefined && conversationId !== ticket.conversationId) return true;
  return customerId !== undefined && ticket.customerId !== null && customerId !== ticket.customerId;
}

/** What `OrderMatched` says of the order: labels and numbers, no fact. */
function labelsOf(facts: OrderFacts, estimated: Estimated): OrderLabels {
  const window = windowOf(estimated);
  const parcels = distinctParcels(facts.fulfilments).length;
  const preorderEtaKnown = facts.isPreorder === 'yes' && window !== null;
  return {
    statusLabel: statusLabelOf(facts),
    fulfilmentState: facts.state,
    hasTracking: parcels > 0,
    trackedParcels: parcels === 0 ? '0' : parcels === 1 ? '1' : 'many',
    hasOrderPage: facts.statusUrl !== undefined,
    isOrdinary: facts.kind === 'ordinary',
    isSubscription: facts.isSubscription,
    shippingBucket: window === null ? null : bucketLabel(window.bucket),
    slaMinBd: window?.slaMinBd ?? null,
    slaMaxBd: window?.slaMaxBd ?? null,
    elapsedBd: window?.elapsedBd ?? null,
    remainingMinBd: window?.remainingMinBd ?? null,
    remainingMaxBd: window?.remainingMaxBd ?? null,
    isPreorder: facts.isPreorder,
    preorderEtaKnown,
    isLate: window?.isLate ?? false,
    estimateObjection: objectionOf(facts, estimated),
    hasOrderName: true,
  };
}

function objectionOf(facts: OrderFacts, estimated: Estimated): OrderLabels['estimateObjection'] {
  if (estimated === null || estimated.kind === 'window') return null;
  // A skewed clock never gets here: row 6 has refused the order.
  return facts.isPreorder === 'yes' ? 'preorder_eta_missing' : 'shipping_bucket_unknown';
}

function statusLabelOf(facts: OrderFacts): OrderLabels['statusLabel'] {
  const isInTransit = /^in[\s_-]transit$/i.test(facts.fulfilmentRaw ?? facts.statusRaw ?? '');
  return facts.state === 'shipped' && isInTransit ? 'in_transit' : STATUS_LABEL_OF_STATE[facts.state];
}

const KNOWN_BUCKETS: ReadonlySet<string> = new Set([
  'Standard',
  'Ground',
  'Expedited',
  'Express',
  'Two-day',
  'Priority',
  'Rushed',
  'Economy',
  PREORDER_BUCKET,
] satisfies (typeof SHIPPING_BUCKETS)[number][]);

/** A shop's own label stays in the vault; on the bus it is `Other`. */
export function bucketLabel(bucket: string): (typeof SHIPPING_BUCKETS)[number] {
  return isKnownBucket(bucket) ? bucket : 'Other';
}

function isKnownBucket(bucket: string): bucket is (typeof SHIPPING_BUCKETS)[number] {
  return KNOWN_BUCKETS.has(bucket);
}

/** Tracked parcels with different numbers (or, where a number is missing, different links). */
export function distinctParcels(parcels: readonly Parcel[]): readonly Parcel[] {
  const byMark = new Map<string, Parcel>();
  for (const parcel of parcels) {
    const mark = parcel.trackingNumber ?? parcel.trackingUrl;
    // Of two entries for one number the one with a link says more.
    if (mark !== undefined && byMark.get(mark)?.trackingUrl === undefined) byMark.set(mark, parcel);
  }
  return [...byMark.values()];
}

function isTracked(parcel: Parcel): boolean {
  return parcel.trackingNumber !== undefined || parcel.trackingUrl !== undefined;
}

function windowOf(estimated: Estimated): Estimate | null {
  return estimated?.kind === 'window' ? estimated : null;
}

function notMatched(
  reason: NotMatched['reason'],
  missingFields: readonly OrderGap[],
  reasonCodes: readonly ReasonCode[],
): NotMatched {
  return { kind: 'not_matched', reason, missingFields, reasonCodes };
}
