/** Every tag a decision may write beside route, intent and missing-field tags: one closed list (decisions §1.5, platform Appendix C). */

/** Counted against the ceiling of a decision. */
export const DECISION_TAGS = [
  'mw-processed',
  'mw-routing-applied',
  'mw-tier-0',
  'mw-tier-1',
  'mw-tier-2',
  'mw-tier-route-only',
  'mw-escalated-human',
  'mw-fraud-suspected',
  'mw-privacy-request',
  'mw-security-sensitive',
  'mw-model-failure',
  'mw-attachment-only',
  'mw-needs-sales',
  'mw-needs-tech-support',
  'mw-needs-chargebacks-queue',
  'mw-needs-manual-triage',
  'mw-uncertain',
  'mw-topic-preorder',
] as const;
export type DecisionTag = (typeof DECISION_TAGS)[number];

/** About the order and the reply, not counted; fields that are missing are named by `mw-order-lookup-missing:<field>`. */
export const ORDER_AND_REPLY_TAGS = [
  'mw-order-lookup-needed',
  'mw-order-lookup-failed',
  'mw-order-status-suppressed',
  'mw-auto-rate-limited',
  'mw-auto-skipped-resolved',
  'mw-auto-skipped-followup',
] as const;
