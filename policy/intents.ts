/** What each intent may lead to: the intent catalogue, the queues and their substitutes as data (decisions §1.1–1.2, §6.3). */
import type { Intent, RiskFlag, Team, TemplateId } from '../events/words.ts';
import { INTENTS } from '../events/words.ts';
import type { DecisionTag } from './tag-words.ts';

/** 0 is the most urgent class, 7 "cannot be determined" (decisions §6.3). */
export type PriorityClass = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Highest tier policy allows; `null` is route-only. */
export type HighestTier = 0 | 1 | 2 | null;

export type IntentEntry = {
  readonly priority: PriorityClass;
  readonly highestTier: HighestTier;
  readonly team: Team;
  /** Legacy short tag that helpdesk rules may carry: read, never written. */
  readonly aliasTag: string;
  /** Candidates of each tier, in the order of the table; Tier 0 acknowledgements are not candidates. */
  readonly templates: { readonly tier2: readonly TemplateId[]; readonly tier1: readonly TemplateId[] };
  /** Neutral acknowledgement that exists for the intent and ships switched off. */
  readonly acknowledgement: TemplateId | null;
};

const NO_TEMPLATES = { tier2: [], tier1: [] } as const;

/** A Tier 1 intent with one intake or information template. */
function assisted(priority: PriorityClass, team: Team, aliasTag: string, template: TemplateId): IntentEntry {
  return {
    priority,
    highestTier: 1,
    team,
    aliasTag,
    templates: { tier2: [], tier1: [template] },
    acknowledgement: null,
  };
}

function routeOnly(
  priority: PriorityClass,
  team: Team,
  aliasTag: string,
  acknowledgement: TemplateId | null = null,
): IntentEntry {
  return { priority, highestTier: null, team, aliasTag, templates: NO_TEMPLATES, acknowledgement };
}

function escalated(team: Team, aliasTag: string, acknowledgement: TemplateId): IntentEntry {
  return { priority: 0, highestTier: 0, team, aliasTag, templates: NO_TEMPLATES, acknowledgement };
}

function orderQuestion(aliasTag: string, tier2: readonly TemplateId[]): IntentEntry {
  return {
    priority: 4,
    highestTier: 2,
    team: 'Email Support Team',
    aliasTag,
    templates: { tier2, tier1: ['t_order_status_ask_order_number'] },
    acknowledgement: null,
  };
}

/** One row per intent (decisions §1.2). */
export const INTENT_CATALOGUE: Readonly<Record<Intent, IntentEntry>> = {
  order_status_tracking: orderQuestion('mw-intent-order-status', [
    't_order_status_verified',
    't_order_eta_no_tracking_verified',
    't_shipping_delay_verified',
  ]),
  shipping_delay_not_shipped: orderQuestion('mw-intent-shipping-delay', [
    't_order_eta_no_tracking_verified',
    't_shipping_delay_verified',
    't_order_status_verified',
  ]),
  delivered_not_received: assisted(2, 'Returns Admin', 'mw-intent-dnr', 't_delivered_not_received_intake'),
  missing_items_in_shipment: assisted(2, 'Returns Admin', 'mw-intent-missing-items', 't_missing_items_intake'),
  wrong_item_received: assisted(2, 'Returns Admin', 'mw-intent-wrong-item', 't_wrong_item_intake'),
  damaged_item: assisted(2, 'Returns Admin', 'mw-intent-damaged-item', 't_damaged_item_intake'),
  cancel_order: assisted(1, 'Email Support Team', 'mw-intent-cancel-order', 't_cancel_order_ack_intake'),
  address_change_order_edit: assisted(
    1,
    'Email Support Team',
    'mw-intent-address-change',
    't_address_change_ack_intake',
  ),
  cancel_subscription: assisted(
    1,
    'Email Support Team',
    'mw-intent-cancel-subscription',
    't_cancel_subscription_ack_intake',
  ),
  billing_issue: assisted(1, 'Email Support Team', 'mw-intent-billing', 't_billing_issue_intake'),
  promo_discount_issue: assisted(6, 'Sales Team', 'mw-intent-promo', 't_promo_discount_info'),
  pre_purchase_question: assisted(6, 'Sales Team', 'mw-intent-prepurchase', 't_pre_purchase_info'),
  influencer_marketing_inquiry: assisted(6, 'Social Media Team', 'mw-intent-influencer', 't_influencer_inquiry_route'),
  return_request: assisted(3, 'Returns Admin', 'mw-intent-return', 't_return_request_intake'),
  exchange_request: assisted(3, 'Returns Admin', 'mw-intent-exchange', 't_exchange_request_intake'),
  refund_request: assisted(3, 'Returns Admin', 'mw-intent-refund', 't_refund_request_intake'),
  technical_support: assisted(5, 'Technical Support Team', 'mw-intent-tech-support', 't_technical_support_intake'),
  phone_support_request: routeOnly(5, 'Phone Support Team', 'mw-intent-phone-support'),
  tiktok_support_request: routeOnly(5, 'TikTok Support', 'mw-intent-tiktok'),
  social_media_support_request: routeOnly(5, 'Social Media Team', 'mw-intent-social'),
  chargeback_dispute: escalated('Chargebacks / Disputes Team', 'mw-intent-chargeback', 't_chargeback_neutral_ack'),
  legal_threat: escalated('Leadership Team', 'mw-intent-legal', 't_legal_threat_ack'),
  harassment_threats: escalated('Leadership Team', 'mw-intent-harassment', 't_harassment_ack'),
  fraud_suspected: escalated('Leadership Team', 'mw-intent-fraud', 't_fraud_ack'),
  unknown_other: routeOnly(7, 'Email Support Team', 'mw-intent-unknown', 't_unknown_ack'),
};

/** Acknowledgements exist for people to send; in v1 no release may switch one on (decisions §2, scenario 74). */
export const ACKNOWLEDGEMENTS: readonly TemplateId[] = INTENTS.flatMap(
  (intent) => INTENT_CATALOGUE[intent].acknowledgement ?? [],
);

function membersOf(priority: PriorityClass): readonly Intent[] {
  return INTENTS.filter((intent) => INTENT_CATALOGUE[intent].priority === priority);
}

/** Members of each class; inside a class the table order of decisions §1.2 breaks ties. */
export const PRIORITY_CLASSES: Readonly<Record<PriorityClass, readonly Intent[]>> = {
  0: membersOf(0),
  1: membersOf(1),
  2: membersOf(2),
  3: membersOf(3),
  4: membersOf(4),
  5: membersOf(5),
  6: membersOf(6),
  7: membersOf(7),
};

/** M1: equal scores among Tier 0 intents resolve in this order (decisions §6.3). */
export const TIER0_TIE_ORDER = [
  'chargeback_dispute',
  'fraud_suspected',
  'legal_threat',
  'harassment_threats',
] as const satisfies readonly Intent[];

/** `OTHER_HIGH_RISK` names no intent: the classifier's stays (ruling 26). */
export const INTENT_OF_RISK_FLAG: Readonly<Record<Exclude<RiskFlag, 'OTHER_HIGH_RISK'>, Intent>> = {
  CHARGEBACK_DISPUTE: 'chargeback_dispute',
  LEGAL_THREAT: 'legal_threat',
  HARASSMENT_THREATS: 'harassment_threats',
  FRAUD_SUSPECTED: 'fraud_suspected',
};

/** What stands in for a queue the helpdesk does not have. `release_blocked`: Frontdesk must not go live without it. */
export type TeamFallback = { readonly team: Team; readonly tag: DecisionTag | null } | 'release_blocked';

/** Substitutes of decisions §1.1; the intent never changes. */
export const TEAM_FALLBACK: Readonly<Record<Team, TeamFallback>> = {
  'Sales Team': { team: 'Email Support Team', tag: 'mw-needs-sales' },
  'Backend Team': { team: 'Email Support Team', tag: null },
  'Technical Support Team': { team: 'Email Support Team', tag: 'mw-needs-tech-support' },
  'Phone Support Team': { team: 'Email Support Team', tag: 'mw-needs-manual-triage' },
  'TikTok Support': { team: 'Email Support Team', tag: 'mw-needs-manual-triage' },
  'Returns Admin': { team: 'Email Support Team', tag: 'mw-needs-manual-triage' },
  'LiveChat Support': { team: 'Email Support Team', tag: null },
  'Leadership Team': 'release_blocked',
  'Social Media Team': { team: 'Email Support Team', tag: 'mw-needs-manual-triage' },
  'Email Support Team': 'release_blocked',
  'Chargebacks / Disputes Team': { team: 'Leadership Team', tag: 'mw-needs-chargebacks-queue' },
};

/** The tag Frontdesk writes: the intent id in full (ruling 2). */
export function intentTag(intent: Intent): `mw-intent-${Intent}` {
  return `mw-intent-${intent}`;
}

const INTENT_OF_TAG: ReadonlyMap<string, Intent> = new Map(
  INTENTS.flatMap((intent) => [
    [intentTag(intent), intent] as const,
    [INTENT_CATALOGUE[intent].aliasTag, intent] as const,
  ]),
);

/** The intent a helpdesk tag names, in full or as its short alias; `null` when it names none. */
export function readIntentTag(tag: string): Intent | null {
  return INTENT_OF_TAG.get(tag.trim().toLowerCase()) ?? null;
}
