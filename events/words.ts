/**
 * The shared words: every closed list that events, rules, code and documents speak.
 * Intents, teams and tiers: decisions §1–2. Tags and functions: platform §1.3 and Appendix C.
 */

/** The 25 intents of taxonomy 1.0.0, in table order (decisions §1.2); the order breaks ties. */
export const INTENTS = [
  'order_status_tracking',
  'shipping_delay_not_shipped',
  'delivered_not_received',
  'missing_items_in_shipment',
  'wrong_item_received',
  'damaged_item',
  'cancel_order',
  'address_change_order_edit',
  'cancel_subscription',
  'billing_issue',
  'promo_discount_issue',
  'pre_purchase_question',
  'influencer_marketing_inquiry',
  'return_request',
  'exchange_request',
  'refund_request',
  'technical_support',
  'phone_support_request',
  'tiktok_support_request',
  'social_media_support_request',
  'chargeback_dispute',
  'legal_threat',
  'harassment_threats',
  'fraud_suspected',
  'unknown_other',
] as const;
export type Intent = (typeof INTENTS)[number];

/** Exact helpdesk team names (decisions §1.1). */
export const TEAMS = [
  'Sales Team',
  'Backend Team',
  'Technical Support Team',
  'Phone Support Team',
  'TikTok Support',
  'Returns Admin',
  'LiveChat Support',
  'Leadership Team',
  'Social Media Team',
  'Email Support Team',
  'Chargebacks / Disputes Team',
] as const;
export type Team = (typeof TEAMS)[number];

/** One helpdesk assignment rule stands behind each route tag (decisions §1.1). */
export const ROUTE_TAG_OF_TEAM = {
  'Sales Team': 'route-sales-team',
  'Backend Team': 'route-backend-team',
  'Technical Support Team': 'route-technical-support-team',
  'Phone Support Team': 'route-phone-support-team',
  'TikTok Support': 'route-tiktok-support',
  'Returns Admin': 'route-returns-admin',
  'LiveChat Support': 'route-livechat-support',
  'Leadership Team': 'route-leadership-team',
  'Social Media Team': 'route-socialmedia-team',
  'Email Support Team': 'route-email-support-team',
  'Chargebacks / Disputes Team': 'route-chargebacks-disputes',
} as const satisfies Record<Team, string>;
export type RouteTag = (typeof ROUTE_TAG_OF_TEAM)[Team];
export const ROUTE_TAGS: readonly RouteTag[] = TEAMS.map((team) => ROUTE_TAG_OF_TEAM[team]);

/** Normalised channels. `unknown` is a value of its own and never gets a reply (decisions §1.4). */
export const CHANNELS = ['email', 'livechat', 'social', 'tiktok', 'phone', 'unknown'] as const;
export type Channel = (typeof CHANNELS)[number];

export const RISK_FLAGS = [
  'CHARGEBACK_DISPUTE',
  'LEGAL_THREAT',
  'HARASSMENT_THREATS',
  'FRAUD_SUSPECTED',
  'OTHER_HIGH_RISK',
] as const;
export type RiskFlag = (typeof RISK_FLAGS)[number];

/** The 24 catalogued templates (replies §1.4). */
export const TEMPLATE_IDS = [
  't_order_status_verified',
  't_shipping_delay_verified',
  't_order_eta_no_tracking_verified',
  't_order_status_ask_order_number',
  't_delivered_not_received_intake',
  't_missing_items_intake',
  't_wrong_item_intake',
  't_damaged_item_intake',
  't_cancel_order_ack_intake',
  't_address_change_ack_intake',
  't_cancel_subscription_ack_intake',
  't_billing_issue_intake',
  't_return_request_intake',
  't_exchange_request_intake',
  't_refund_request_intake',
  't_technical_support_intake',
  't_promo_discount_info',
  't_pre_purchase_info',
  't_influencer_inquiry_route',
  't_chargeback_neutral_ack',
  't_legal_threat_ack',
  't_harassment_ack',
  't_fraud_ack',
  't_unknown_ack',
] as const;
export type TemplateId = (typeof TEMPLATE_IDS)[number];

/** Everything that facts name, as who stated them or who failed; `source` on the bus is `frontdesk.<function>`. The last are operator's tools. */
export const FUNCTIONS = [
  'ingest',
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'auditor',
  'sweeper',
  'reconciler',
  'flag-watcher',
  'sealer',
  'analytics',
  'drain-tool',
  'replay-tool',
  'erasure-tool',
] as const;
export type Producer = (typeof FUNCTIONS)[number];

/** Consumers that state nothing add their names where they are listed: the contract of the events does not change with them. */
// biome-ignore lint/suspicious/noEmptyInterface: `functions/shared/consumers.ts` merges with it
export interface Watchers {}
export type FunctionName = Producer | keyof Watchers;

export const REPLAY_PURPOSES = ['recovery', 'rebuild', 'backfill'] as const;
export type ReplayPurpose = (typeof REPLAY_PURPOSES)[number];

export const OUTCOMES = ['routed', 'replied', 'suppressed', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Branches of a message that must close before it is settled (protocols §7). */
export const BRANCHES = ['route', 'reply', 'escalate'] as const;
export type Branch = (typeof BRANCHES)[number];

export const VENDORS = ['richpanel', 'openai', 'aws'] as const;

/** Rank in the routing register (protocols §8). */
export const RANKS = { fallback: 0, decision: 1, tier0: 2 } as const;
export type Rank = (typeof RANKS)[keyof typeof RANKS];

/**
 * Why something was or was not done; one closed list (platform §6.2, decisions §6.1, replies §1.3, rulings 16, 26, 29).
 * Aliases are read, never written: `aliasOfReason` in `events/aliases.ts`.
 */
export const REASON_CODES = [
  'tier0_always_handoff',
  'tier1_safe_assist',
  'tier2_verified',
  'tier2_missing_deterministic_match',
  'tier2_verifier_failed',
  'low_confidence',
  'ambiguous_margin',
  'multi_intent_action_request',
  'safe_mode_route_only',
  'automation_disabled',
  'outbound_disabled',
  'channel_not_enabled',
  'template_disabled',
  'allowlist_miss',
  'bot_identity_missing',
  'cooldown_10m',
  'cap_24h_conversation',
  'cap_24h_customer',
  'superseded_by_newer_message',
  'stale_sequence',
  'replay_suppressed',
  'too_old_to_reply',
  'context_expired',
  'missing_order_context',
  'out_of_sla_window',
  'ticket_closed',
  'last_message_from_agent',
  'attachment_only',
  'schema_invalid_fail_closed',
  'vendor_error_fail_closed',
  'circuit_open',
  'tier3_disabled',
  'template_not_allowed',
  'model_refusal',
  'language_unsupported',
  'sticky_escalation',
  'security_sensitive',
  'privacy_request',
  'intent_route_only',
  'embedded_route_only',
  'auto_close_disabled',
  'order_facts_stale',
  'tracking_absent',
  'tracking_present',
  'shipping_bucket_unknown',
  'preorder_eta_missing',
  'inside_sla_window',
  'exception_intent_present',
  'template_repeat',
  'template_hash_mismatch',
  'template_changed',
  'disallowed_value',
  'render_error',
  'final_scan_failed',
  'no_variant',
  'source_conflict',
  'created_at_implausible',
  'clock_skew',
  'shadow_mode',
  'writes_not_acknowledged',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];
