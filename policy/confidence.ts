/** How sure the decision may be of its primary intent (decisions §5.1, §5.3). */
import type { DecisionInput } from '../events/decision.ts';
import type { Intent, TemplateId } from '../events/words.ts';
import { INTENTS } from '../events/words.ts';
import { type Canonical, classOf, isBareUnsubscribe, ruledIntent } from './matrix.ts';
import type { Policy } from './policy.ts';
import { screenFlags, secondPassFlags, topicFlags } from './risk.ts';
import { toConfidence, toHundredths } from './rounding.ts';

/** Shares of certainty; `null` where no classifier's score stands behind the decision. */
export type Certainty = { readonly routing: number | null; readonly margin: number | null };

const NONE: Certainty = { routing: null, margin: null };

/** The routing confidence and margin of the canonical primary. */
export function certaintyOf(input: DecisionInput, canonical: Canonical, policy: Policy): Certainty {
  if (!hasScores(input, policy)) return NONE;
  const { thresholds } = policy;
  const { primary } = canonical;
  if (isBareUnsubscribe(input, policy) && primary === 'cancel_subscription') {
    return { routing: thresholds.bareUnsubscribe, margin: null };
  }
  if (input.classifier.rung !== 'primary') return rungCertainty(input, canonical, policy);
  const { top1, margin } = topScores(input, canonical, policy);
  if (input.message.topics.unsubscribeOnly && primary === 'cancel_subscription') {
    // The cap stands for the shortness of the wish already: no penalty comes on top.
    return { routing: toConfidence(Math.min(top1, thresholds.bareUnsubscribe)), margin };
  }
  const penalties = [
    margin < thresholds.margin,
    input.message.words < thresholds.fewWords,
    asksForMore(input, canonical, policy),
  ].filter(Boolean).length;
  return { routing: toConfidence(top1 - penalties * thresholds.penalty), margin };
}

/** A rule that decides alone, or a text that was never scored, has no confidence (decisions §5.1). */
function hasScores(input: DecisionInput, policy: Policy): boolean {
  const { kind, failure, rung } = input.classifier;
  const flags = [screenFlags(input), topicFlags(input), secondPassFlags(input)].flat();
  const isRuled = flags.length > 0 || ruledIntent(input, policy) !== null;
  const isUnscored = kind === null || input.message.attachmentOnly || input.message.empty;
  const hasFailed = failure !== null && rung === 'primary';
  return !isRuled && !isUnscored && !hasFailed;
}

/** Fallback decisions carry their rung's score and no penalties (decisions §3.8). */
function rungCertainty(input: DecisionInput, { primary, scores }: Canonical, { thresholds }: Policy): Certainty {
  const score = scores[primary] ?? 0;
  if (input.classifier.rung === 'F1') return { routing: thresholds.keywordRung, margin: null };
  return input.classifier.rung === 'F2' ? { routing: toConfidence(score), margin: null } : NONE;
}

function topScores(input: DecisionInput, canonical: Canonical, policy: Policy): { top1: number; margin: number } {
  const { primary, scores } = canonical;
  const { requested } = input.classifier;
  if (requested !== null && !requested.consistent) {
    const best = Math.max(0, ...Object.values(scores));
    return { top1: Math.min(requested.confidence, best), margin: 0 };
  }
  const top1 = scores[primary] ?? 0;
  return { top1, margin: toConfidence(top1 - runnerUpScore(canonical, policy)) };
}

/**
 * Best score among the others of the same or a higher class: a message that openly asks for two things has its answer
 * in the higher class. A pair with one team and one template cannot contradict itself, so its partner does not count.
 */
function runnerUpScore({ primary, scores }: Canonical, policy: Policy): number {
  const rivals = INTENTS.filter((intent) => intent !== primary && classOf(intent) <= classOf(primary));
  const scoreOf = (intent: Intent): number => scores[intent] ?? 0;
  const best = rivals.reduce<Intent | null>(
    (top, intent) => (top === null || scoreOf(intent) > scoreOf(top) ? intent : top),
    null,
  );
  if (best === null) return 0;
  const outside = isPair(primary, best, policy) ? rivals.filter((intent) => intent !== best) : rivals;
  return Math.max(0, ...outside.map(scoreOf));
}

/** Same class, same team, and a template in common. */
function isPair(a: Intent, b: Intent, { intents }: Policy): boolean {
  const left = intents[a];
  const right = intents[b];
  const of = (entry: typeof left): readonly TemplateId[] => [...entry.templates.tier2, ...entry.templates.tier1];
  return classOf(a) === classOf(b) && left.team === right.team && of(left).some((id) => of(right).includes(id));
}

function asksForMore(input: DecisionInput, { primary, scores }: Canonical, { thresholds }: Policy): boolean {
  const clear = Object.values(scores).filter((score) => score > thresholds.clear).length;
  const { primary: wanted = primary, secondaries = [] } = input.classifier.requested ?? {};
  // The matrix may have made the model's secondary the primary: two classes were asked for all the same.
  const named = secondaries.length > 0 ? [wanted, ...secondaries] : [];
  return clear >= 2 || named.some((intent) => classOf(intent) !== classOf(primary));
}

/** What a Tier 2 reply rests on; 0 without a match, `null` while the order or the verifier has not spoken. */
export function automationConfidence(input: DecisionInput, routing: number | null): number | null {
  const { order, verifier } = input;
  if (order === null) return null;
  if (order.deterministicMatch !== 'true' || order.matchCount !== 1) return 0;
  if (routing === null || verifier?.confidence === undefined || verifier.confidence === null) return null;
  return toHundredths(Math.min(routing, verifier.confidence));
}
