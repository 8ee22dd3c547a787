/** Normalised order facts: all that is kept of an order, in the vault only (replies §2.3). */
import * as v from 'valibot';
import { ORDER_STATES } from '../../events/decision.ts';
import { Digest, Instant } from '../../events/fields.ts';
import { isLocalDate } from './calendar.ts';

export const RAW_STATUS_MAX = 60;
export const METHOD_NAME_MAX = 120;
export const PARCELS_MAX = 20;
/** Replies §3.6: an explicit pre-order promise in business days. */
export const PREORDER_ETA_MAX_BD = 180;

const State = v.picklist(ORDER_STATES);
const TriState = v.picklist(['yes', 'no', 'unknown']);
const RawStatus = v.pipe(v.string(), v.maxLength(RAW_STATUS_MAX));
const Pieces = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const LocalDateText = v.pipe(v.string(), v.check(isLocalDate, 'no real date'));
const Link = v.pipe(v.string(), v.startsWith('https://'), v.maxLength(300));

/** One parcel: a fulfilment with one of its tracking entries. */
export const Parcel = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(80)),
  state: State,
  trackingNumber: v.optional(v.pipe(v.string(), v.regex(/^[A-Z0-9]{8,34}$/))),
  trackingUrl: v.optional(Link),
  carrierRaw: v.optional(v.pipe(v.string(), v.maxLength(RAW_STATUS_MAX))),
  shippedAt: v.optional(Instant),
  deliveredAt: v.optional(Instant),
  /** Tracking was delivered, and none of it may be shown (replies S17). */
  trackingDropped: v.optional(v.literal(true)),
});
export type Parcel = v.InferOutput<typeof Parcel>;

export const PREORDER_EVIDENCE = ['field', 'tag', 'product'] as const;

export const Preorder = v.strictObject({
  etaBusinessDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PREORDER_ETA_MAX_BD))),
  shipByDate: v.optional(LocalDateText),
  /** Which sources spoke, in the order of replies §3.6. */
  evidence: v.pipe(v.array(v.picklist(PREORDER_EVIDENCE)), v.maxLength(PREORDER_EVIDENCE.length)),
  /** Two sources promise different things, so neither is believed. */
  isContradictory: v.boolean(),
});
export type Preorder = v.InferOutput<typeof Preorder>;

/** Why an order is routed only, whatever its state (replies S16). */
export const ORDER_KINDS = ['ordinary', 'test', 'draft', 'empty', 'digital'] as const;

export const OrderFacts = v.strictObject({
  schemaVersion: v.literal('1.0'),
  /** Internal id, never rendered. */
  orderRef: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  /** Rendered as `order_id`. */
  orderName: v.pipe(v.string(), v.regex(/^#?[A-Za-z0-9-]{3,20}$/)),
  createdAt: Instant,
  source: v.literal('richpanel'),
  fetchedAt: Instant,
  statusRaw: v.optional(RawStatus),
  fulfilmentRaw: v.optional(RawStatus),
  financialRaw: v.optional(RawStatus),
  state: State,
  cancelledAt: v.optional(Instant),
  refundState: v.picklist(['none', 'partial', 'full', 'unknown']),
  shippingMethodRaw: v.optional(v.pipe(v.string(), v.maxLength(METHOD_NAME_MAX))),
  fulfilments: v.pipe(v.array(Parcel), v.maxLength(PARCELS_MAX)),
  /** Pieces, for partial shipments; absent when the order names no lines. */
  lineTotals: v.optional(v.strictObject({ ordered: Pieces, fulfilled: Pieces })),
  kind: v.picklist(ORDER_KINDS),
  isPreorder: TriState,
  preorder: v.optional(Preorder),
  isSubscription: TriState,
  statusUrl: v.optional(Link),
  /** Keyed digests, added by the caller, who holds the key. */
  contactHash: v.optional(v.strictObject({ email: v.optional(Digest), phone: v.optional(Digest) })),
});
export type OrderFacts = v.InferOutput<typeof OrderFacts>;
