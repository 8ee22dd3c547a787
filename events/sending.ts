/** What the three outcomes of a reply share. */
import * as v from 'valibot';
import { Decision, DecisionInput, SHIPPING_BUCKETS } from './decision.ts';
import { BusinessDays, Digest, LocalDay, Sha256, Zone } from './fields.ts';

/** Values of the customer's order (replies §1.5). */
export const ORDER_VARIABLES = [
  'order_id',
  'order_status',
  'fulfillment_status',
  'tracking_company',
  'tracking_number',
  'tracking_url',
  'status_url',
  'shipping_bucket',
  'eta_remaining_human',
  'order_created_date_human',
] as const;
export const FACT_VARIABLES = ['first_name', ...ORDER_VARIABLES] as const;
/** Values that come from `config/frontdesk.yaml`. */
export const BRAND_VARIABLES = [
  'support_signature',
  'support_hours_text',
  'brand_name',
  'help_center_url',
  'returns_policy_url',
  'shipping_policy_url',
  'warranty_policy_url',
  'privacy_policy_url',
  'order_status_portal_url',
] as const;
/** Names of template variables; values never travel. */
export const VARIABLES = [...FACT_VARIABLES, ...BRAND_VARIABLES] as const;
export type VariableName = (typeof VARIABLES)[number];
export const VariableName = v.picklist(VARIABLES);

/** The decision at sending; `null` where the door was shut before one was made (stalled, replayed). */
export const SendingFields = {
  input: v.nullable(DecisionInput),
  inputHash: v.nullable(Sha256),
  decision: v.nullable(Decision),
} as const;

/**
 * How a window without tracking was counted for what the customer reads (replies §3.7). The method's name stays in the
 * vault; the words follow from what remains (`etaText`), and no fact carries words.
 */
export const EstimateRecord = v.strictObject({
  orderRefHash: Digest,
  /** `null` where the order names no shipping method. */
  shippingMethodHash: v.nullable(Digest),
  shippingBucket: v.picklist(SHIPPING_BUCKETS),
  slaMinBd: BusinessDays,
  slaMaxBd: BusinessDays,
  createdAtDate: LocalDay,
  asOfDate: LocalDay,
  zone: Zone,
  calendar: v.picklist(['none', 'us_parcel']),
  elapsedBd: BusinessDays,
  remainingMinBd: BusinessDays,
  remainingMaxBd: BusinessDays,
});
export type EstimateRecord = v.InferOutput<typeof EstimateRecord>;
