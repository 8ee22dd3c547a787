/**
 * Decision inputs that a file of messages can bring about in auto mode. Held constant, since no row can change them:
 * flags and the stage (somebody's switches), the teams and templates of the shop, the model's request and moderation (no
 * model in this release), agents and rules of the helpdesk that write, hold or assign a ticket, lateness and replays, failures of the classifier.
 */
import {
  type DecisionInput,
  ORDER_STATES,
  type OrderInput,
  SCREEN_FAMILIES,
  SHIPPING_BUCKETS,
} from '../../../../events/decision.ts';
import { CHANNELS, INTENTS, type Intent, RISK_FLAGS, TEAMS, type TemplateId } from '../../../../events/words.ts';
import {
  decisionInput,
  minutesAgo,
  orderInput,
  orderNotMatched,
  orderUnknown,
  type PartOf,
  verifierInput,
} from '../../../../policy/testing.ts';
import type { Random } from '../sample.ts';
import { one } from './texts.ts';

/** Templates of this release (issue 3, item 6). */
export const SHIPPED_TEMPLATES: readonly TemplateId[] = [
  't_order_status_ask_order_number',
  't_order_status_verified',
  't_order_eta_no_tracking_verified',
  't_shipping_delay_verified',
  't_delivered_not_received_intake',
  't_damaged_item_intake',
  't_cancel_order_ack_intake',
];
const ESCALATION: readonly Intent[] = ['chargeback_dispute', 'legal_threat', 'harassment_threats', 'fraud_suspected'];
const ASKED = INTENTS.filter((intent) => intent !== 'unknown_other' && !ESCALATION.includes(intent));
const ORDER_QUESTIONS: readonly Intent[] = ['order_status_tracking', 'shipping_delay_not_shipped'];
/** By the tag of an earlier route; only a helpdesk's own rules assign the others. */
const ASSIGNED = TEAMS.filter((team) => team !== 'LiveChat Support' && team !== 'Backend Team');
const ESCALATION_TEAMS = ['Leadership Team', 'Chargebacks / Disputes Team'] as const;
const STATUS_OF = {
  received: 'processing',
  on_hold: 'processing',
  partially_shipped: 'shipped',
  shipped: 'in_transit',
  out_for_delivery: 'out_for_delivery',
  delivered: 'delivered',
  exception: 'unknown',
  cancelled: 'unknown',
  refunded: 'unknown',
  unknown: 'unknown',
} as const;

/** Inputs of the same message at the stage of classification, and with an order at that of approval. */
export function inputs(count: number, random: Random): DecisionInput[] {
  return Array.from({ length: count }, () => input(random));
}

function input(random: Random): DecisionInput {
  const seldom = (share: number): boolean => random() < share;
  const stage = one(['classification', 'approval', 'approval', 'sending'] as const, random);
  const strength = seldom(0.08) ? 'strong' : seldom(0.06) ? 'weak' : 'none';
  // The rules of the screen are the keyword rules of Tier 0, so an older hit of theirs is a strong one.
  const olderIntents = strength === 'strong' ? [...ASKED, ...ESCALATION] : ASKED;
  const empty = seldom(0.03);
  const isUnread = empty || strength === 'strong';
  const unsubscribeOnly = !isUnread && seldom(0.02);
  const scores = isUnread ? {} : unsubscribeOnly ? { cancel_subscription: 0.55 } : keywordScores(random);
  const attached = seldom(0.1);
  const hits =
    strength === 'none'
      ? []
      : [hit(strength, random), ...(seldom(0.3) ? [hit(one(['weak', strength] as const, random), random)] : [])];
  const replies = seldom(0.15) ? [reply(random), ...(seldom(0.5) ? [reply(random), reply(random)] : [])] : [];
  const isSticky = seldom(0.05);
  return decisionInput({
    stage,
    message: {
      channel: seldom(0.5) ? 'email' : one(CHANNELS, random),
      language: { detector: seldom(0.92) ? 'en' : one(['es', 'other', 'unknown'] as const, random) },
      words: empty ? 0 : one([1, 2, 3, 4, 5, 6, 8, 9, 12, 20], random),
      empty: empty && !attached,
      attachmentOnly: empty && attached,
      features: { hasAttachments: attached },
      topics: {
        privacyRequest: seldom(0.03),
        securityProbe: seldom(0.03),
        hasLink: seldom(0.03),
        machineMail: seldom(0.02),
        preorderTerm: seldom(0.05),
        unsubscribeOnly,
        deniesReceipt: seldom(0.1),
      },
      orderNumbersNamed: one([0, 0, 1], random),
    },
    turn: {
      comments: one([1, 1, 2], random),
      screenStrength: strength,
      screenHits: hits,
      olderKeywordHits: seldom(0.12)
        ? [
            {
              intent: one(olderIntents, random),
              ruleId: 'kw.rule',
              precision: one(['high', 'weak'] as const, random),
            },
          ]
        : [],
      answeredKeywordHits: seldom(0.06)
        ? [{ intent: one(olderIntents, random), ruleId: 'kw.rule', precision: one(['high', 'weak'] as const, random) }]
        : [],
      hasAttachments: attached || seldom(0.03),
    },
    classifier: { kind: isUnread ? null : 'keyword', raw: scores, calibrated: scores },
    order: stage === 'classification' ? null : order(random),
    verifier: stage === 'classification' || seldom(0.1) ? null : verdict(random),
    state: {
      assignedTeam: seldom(0.25) ? one(ASSIGNED, random) : null,
      stickyFlags: isSticky ? [one(RISK_FLAGS, random)] : [],
      // Flags and team are written together.
      stickyTeam: isSticky ? one(ESCALATION_TEAMS, random) : null,
      autoResolvedBefore: seldom(0.05),
      sequence: seldom(0.95) ? 'newest' : one(['superseded', 'stale', 'decided', 'overtaken'] as const, random),
    },
    history: { conversation: replies, customer: replies.map(({ at }) => at) },
    setup: { templatesAvailable: SHIPPED_TEMPLATES },
    age: { expiresAt: stage === 'sending' ? minutesAgo(-10) : null },
  });
}

/** Fixed scores, as the keyword rules give them: one intent 0.90 or 0.70, several classes 0.80 each, nothing 0.40. */
function keywordScores(random: Random): Partial<Record<Intent, number>> {
  const kind = random();
  if (kind < 0.1) return { unknown_other: 0.4 };
  const first = random() < 0.45 ? one(ORDER_QUESTIONS, random) : one(ASKED, random);
  const named = kind < 0.55 ? [first] : [first, one(ASKED, random), ...(random() < 0.3 ? [one(ASKED, random)] : [])];
  const precision = one([0.9, 0.9, 0.7], random);
  const score = new Set(named).size > 1 ? one([0.8, precision], random) : precision;
  const mixed = random() < 0.2 && score !== 0.8;
  return Object.fromEntries(named.map((intent, at) => [intent, mixed && at > 0 ? 0.7 : score]));
}

function hit(strength: 'weak' | 'strong', random: Random): DecisionInput['turn']['screenHits'][number] {
  return { family: one(SCREEN_FAMILIES, random), ruleId: 'a.rule', strength };
}

function reply(random: Random): { at: string; templateId: TemplateId } {
  return { at: minutesAgo(one([1, 5, 9, 12, 60, 600], random)), templateId: one(SHIPPED_TEMPLATES, random) };
}

function verdict(random: Random): PartOf<NonNullable<DecisionInput['verifier']>> {
  if (random() < 0.8) return verifierInput();
  const reasonCode = one(
    ['NOT_ORDER_STATUS', 'CONFLICTING_INTENT', 'TOO_AMBIGUOUS', 'ESCALATION_PRESENT'] as const,
    random,
  );
  const downgradeTo =
    reasonCode === 'ESCALATION_PRESENT'
      ? 'TIER_0_ESCALATION'
      : one(['TIER_1_SAFE_ASSIST', 'ROUTE_ONLY'] as const, random);
  return verifierInput({ allow: false, reasonCode, downgradeTo });
}

function order(random: Random): OrderInput {
  const kind = random();
  if (kind < 0.05) return orderUnknown();
  if (kind < 0.2) return orderNotMatched(one(['unlinked', 'multiple'] as const, random));
  if (kind < 0.28) {
    const field = one(
      ['order_name', 'created_at', 'shipping_window', 'tracking', 'contact', 'order_state'] as const,
      random,
    );
    const code = one(
      ['missing_order_context', 'created_at_implausible', 'source_conflict', 'shipping_bucket_unknown'] as const,
      random,
    );
    return orderInput({
      ...orderNotMatched('unlinked'),
      deterministicMatch: 'true',
      matchCount: 1,
      notMatchedReason: 'missing_context',
      missingFields: [field],
      contextReasonCodes: code === 'missing_order_context' ? [code] : ['missing_order_context', code],
    });
  }
  const state = one(['received', 'received', 'shipped', ...ORDER_STATES] as const, random);
  const hasTracking = !['received', 'on_hold'].includes(state) && random() < 0.8;
  const elapsedBd = one([0, 1, 2, 3, 4, 5, 6, 9], random);
  const [slaMinBd, slaMaxBd] = one(
    [
      [3, 5],
      [1, 1],
      [2, 4],
      [1, 3],
    ] as const,
    random,
  );
  const hasWindow = !hasTracking && random() < 0.9;
  const isPreorder = one(['no', 'no', 'no', 'yes', 'unknown'] as const, random);
  return orderInput({
    labels: {
      statusLabel: STATUS_OF[state],
      fulfilmentState: state,
      hasTracking,
      trackedParcels: hasTracking ? one(['1', '1', 'many'] as const, random) : '0',
      hasOrderPage: random() < 0.2,
      isOrdinary: random() < 0.95,
      isSubscription: one(['no', 'no', 'no', 'yes', 'unknown'] as const, random),
      shippingBucket: hasWindow ? one(SHIPPING_BUCKETS, random) : null,
      slaMinBd: hasWindow ? slaMinBd : null,
      slaMaxBd: hasWindow ? slaMaxBd : null,
      elapsedBd: hasWindow ? elapsedBd : null,
      remainingMinBd: hasWindow ? Math.max(0, slaMinBd - elapsedBd) : null,
      remainingMaxBd: hasWindow ? Math.max(0, slaMaxBd - elapsedBd) : null,
      isLate: hasWindow && elapsedBd >= slaMaxBd,
      isPreorder,
      preorderEtaKnown: isPreorder === 'yes' && random() < 0.6,
      estimateObjection:
        hasTracking || random() < 0.9
          ? null
          : one(['clock_skew', 'shipping_bucket_unknown', 'preorder_eta_missing'] as const, random),
    },
  });
}
