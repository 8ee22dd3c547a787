/** G11 and G13 to G20: what is asked for, how surely, and what a reply to it may be. */
import type { KeywordHit } from '../../events/decision.ts';
import type { Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE, PRIORITY_CLASSES } from '../intents.ts';
import { isOrderIntent } from '../template-choice.ts';
import { thresholdsFit, tier1Threshold } from '../thresholds.ts';
import type { Gate, Situation } from './gate.ts';
import { downgrade, NOT_APPLICABLE, objectIf, objection, onlyQuestion, PASS } from './gate.ts';

/** The matrix always answers; what it chose is the decision's own primary intent. */
const canonical: Gate = { id: 'G11', judge: () => PASS };

/** Tier 3 does not exist in v1: whoever asks for it gets Tier 1 and a person. */
const tier3: Gate = {
  id: 'G13',
  judge(situation) {
    const { plan, input } = situation;
    if (input.classifier.requested?.tier !== 'TIER_3_AUTO_ACTION') return PASS;
    return plan?.tier === 2 ? onlyQuestion(situation, 'tier3_disabled') : downgrade(situation, plan, 'tier3_disabled');
  },
};

/** Tier 0 goes to its team at any score; without a score another gate has decided. */
const routeThreshold: Gate = {
  id: 'G14',
  judge({ isTier0, policy, certainty: { routing } }) {
    if (isTier0 || routing === null) return NOT_APPLICABLE;
    return objectIf(routing < policy.thresholds.route, 'low_confidence');
  },
};

const ambiguity: Gate = {
  id: 'G15',
  judge({ isTier0, policy, certainty: { margin } }) {
    if (isTier0 || margin === null) return NOT_APPLICABLE;
    return objectIf(margin < policy.thresholds.margin, 'ambiguous_margin');
  },
};

/** M5, M6 and M9, and P_NOT_EXCEPTION for older unanswered comments; within the turn M2 has seen to it already. */
const multiIntent: Gate = {
  id: 'G16',
  judge(situation) {
    const { canonical: set, policy, primary, isTier0 } = situation;
    if (isTier0) return NOT_APPLICABLE;
    const isClear = (intent: Intent): boolean => (set.scores[intent] ?? 0) > policy.thresholds.clear;
    if (set.isUndecidedChange && primary === 'cancel_order') return objection(['multi_intent_action_request']);
    if (!isOrderIntent(set.primary, policy)) return PASS;
    if (isClear('technical_support')) return objection(['multi_intent_action_request']);
    if (hasOtherRequest(situation)) {
      return onlyQuestion(situation, 'multi_intent_action_request', 'exception_intent_present');
    }
    return PRIORITY_CLASSES[6].some(isClear) ? onlyQuestion(situation, 'multi_intent_action_request') : PASS;
  },
};

/**
 * A change, a delivery exception or a return is asked for in what is still unanswered: in an older comment, or in any part of the comment to
 * be answered, which no classifier reads whole. There a device that does not work counts as well (M5).
 */
export function hasOtherRequest({ input: { turn } }: Pick<Situation, 'input'>): boolean {
  const isOther = ({ intent }: KeywordHit): boolean => {
    const { priority } = INTENT_CATALOGUE[intent];
    return priority >= 1 && priority <= 3;
  };
  return (
    turn.olderKeywordHits.some(isOther) ||
    turn.answeredKeywordHits.some((hit) => isOther(hit) || hit.intent === 'technical_support')
  );
}

const intentCeiling: Gate = {
  id: 'G17',
  judge({ isTier0, policy, primary }) {
    if (isTier0) return NOT_APPLICABLE;
    return objectIf(policy.intents[primary].highestTier === null, 'intent_route_only');
  },
};

/** The tier is the plan's own; the model's request is a ceiling (decisions §3.4) and may lower it. */
const tierAssignment: Gate = {
  id: 'G18',
  judge(situation) {
    const { plan, input } = situation;
    if (plan === null) return NOT_APPLICABLE;
    const { requested } = input.classifier;
    if (requested === null) return PASS;
    if (requested.action === 'ROUTE_ONLY') return objection(['intent_route_only']);
    // Tier 2 without a match is a contradiction in terms.
    const isUnmatchedTier2 = requested.tier === 'TIER_2_VERIFIED' && !requested.requiresMatch;
    const isBelow = requested.tier === 'TIER_1_SAFE_ASSIST' || isUnmatchedTier2;
    return isBelow ? onlyQuestion(situation, 'template_not_allowed') : PASS;
  },
};

/** A template named by the model is a hint; one that is not the intent's own is replaced by the table's. */
const templateAllowList: Gate = {
  id: 'G19',
  judge(situation) {
    const { plan, input, policy, primary } = situation;
    if (plan === null) return NOT_APPLICABLE;
    const hint = input.classifier.requested?.templateId ?? null;
    const { tier1, tier2 } = policy.intents[primary].templates;
    if (hint === null || (plan.tier === 2 ? [...tier2, ...tier1] : tier1).includes(hint)) return PASS;
    return { result: 'downgrade', reasons: ['template_not_allowed'], plan, before: hint };
  },
};

/** Thresholds fitted on another classifier prove nothing about this one, so none is met (decisions §5.5). */
const tierThreshold: Gate = {
  id: 'G20',
  judge(situation) {
    const { plan, certainty, policy, primary, input } = situation;
    const { thresholds } = policy;
    if (plan === null) return NOT_APPLICABLE;
    const routing = certainty.routing ?? 0;
    if (!thresholdsFit(input, thresholds) || routing < tier1Threshold(primary, thresholds))
      return objection(['low_confidence']);
    const isUnproven = routing < thresholds.tier2 || input.message.words <= thresholds.bareWords;
    return plan.tier === 2 && isUnproven ? onlyQuestion(situation, 'low_confidence') : PASS;
  },
};

export const INTENT_GATES = [
  canonical,
  tier3,
  routeThreshold,
  ambiguity,
  multiIntent,
  intentCeiling,
  tierAssignment,
  templateAllowList,
  tierThreshold,
] as const;
