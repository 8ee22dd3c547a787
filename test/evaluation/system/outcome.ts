/** What the figures need of a judged row: labels and numbers, no text. */
import type { Intent, Team, TemplateId } from '../../../events/words.ts';
import { INTENTS } from '../../../events/words.ts';
import { INTENT_CATALOGUE } from '../../../policy/intents.ts';
import { isBareUnsubscribe } from '../../../policy/matrix.ts';
import { POLICY } from '../../../policy/policy.ts';
import { THRESHOLDS } from '../../../policy/thresholds.ts';
import type { Failure, Judged } from './system.ts';

export type Outcome = {
  readonly predicted: Intent;
  readonly secondaries: readonly Intent[];
  readonly tier: 0 | 1 | 2 | null;
  readonly team: Team | null;
  /** The reply that was approved. */
  readonly template: TemplateId | null;
  readonly confidence: number | null;
  /** The confidence is the constant of a rule (a bare "unsubscribe", decisions §6.4) and no calibrated score. */
  readonly isFixed: boolean;
  readonly margin: number | null;
  /** Routing confidence below 0.60, or `unknown_other` (interfaces §4). */
  readonly abstained: boolean;
  readonly screenRules: readonly string[];
  readonly screen: 'none' | 'weak' | 'strong';
  /** The order question was answered out of exactly one matched order. */
  readonly isMatched: boolean;
  /** A model asked for Tier 3 and Tier 2 came of it, or the template is none of its intent's and tier's. */
  readonly isForbidden: boolean;
  readonly attachmentOnly: boolean;
  readonly failure: Failure | null;
  /** The classifier answered what is no valid output; a text that could not be redacted is none. */
  readonly isInvalidOutput: boolean;
  /** The classifier's own favourite, before matrix and gates; `null` where it was not asked. */
  readonly modelIntent: Intent | null;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly nanoUsd: number;
  readonly latencyMs: number;
};

export function outcomeOf({ input, last, lastInput, failure, ...spent }: Judged): Outcome {
  const { order } = lastInput;
  const { calibrated, kind, rung, requested } = input.classifier;
  const template = last.action === 'SEND_TEMPLATE' ? last.templateId : null;
  const isUnsure = last.routingConfidence !== null && last.routingConfidence < THRESHOLDS.route;
  return {
    predicted: last.primaryIntent,
    secondaries: last.secondaryIntents,
    tier: last.tier,
    team: last.team,
    template,
    confidence: last.routingConfidence,
    isFixed: isBareUnsubscribe(input, POLICY) && last.primaryIntent === 'cancel_subscription',
    margin: last.margin,
    abstained: isUnsure || last.primaryIntent === 'unknown_other',
    screenRules: input.turn.screenHits.map(({ ruleId }) => ruleId),
    screen: input.turn.screenStrength,
    isMatched: order?.deterministicMatch === 'true' && order.matchCount === 1,
    isForbidden:
      template !== null &&
      (!isAllowed(last.primaryIntent, last.tier, template) ||
        (requested?.tier === 'TIER_3_AUTO_ACTION' && last.tier === 2)),
    attachmentOnly: input.message.attachmentOnly,
    failure,
    isInvalidOutput: failure === 'invalid' && kind !== null,
    modelIntent: kind === null || rung !== 'primary' || failure !== null ? null : favourite(calibrated),
    tokensIn: spent.tokensIn,
    tokensOut: spent.tokensOut,
    nanoUsd: spent.nanoUsd,
    latencyMs: spent.latencyMs,
  };
}

function isAllowed(intent: Intent, tier: Outcome['tier'], template: TemplateId): boolean {
  const { tier1, tier2 } = INTENT_CATALOGUE[intent].templates;
  if (tier === 1) return tier1.includes(template);
  return tier === 2 && tier2.includes(template);
}

function favourite(scores: Judged['input']['classifier']['calibrated']): Intent {
  return INTENTS.reduce<Intent>(
    (best, intent) => ((scores[intent] ?? 0) > (scores[best] ?? 0) ? intent : best),
    'unknown_other',
  );
}
