/**
 * Tier 0 and weak risk as the single detectors report it. Any detector can add risk, none can take it away
 * (decisions I3), so everything here is a union.
 */
import type { DecisionInput, Scores, ScreenHit } from '../events/decision.ts';
import type { Intent, RiskFlag } from '../events/words.ts';
import { RISK_FLAGS } from '../events/words.ts';
import { INTENT_CATALOGUE, INTENT_OF_RISK_FLAG, PRIORITY_CLASSES } from './intents.ts';
import type { Policy } from './policy.ts';

/** Moderation reports threats and harassment only, strong from this score on (decisions §2.2). */
const STRONG_MODERATION_SCORE = 0.8;

const FLAG_OF_INTENT: ReadonlyMap<Intent, RiskFlag> = new Map(
  Object.entries(INTENT_OF_RISK_FLAG).map(([flag, intent]) => [intent, flag as RiskFlag]),
);

/** The risk flag that stands for a Tier 0 intent, `null` for every other intent. */
function riskFlagOf(intent: Intent): RiskFlag | null {
  return FLAG_OF_INTENT.get(intent) ?? null;
}

/** The intent a flag names; `OTHER_HIGH_RISK` names none. */
export function intentOfFlag(flag: RiskFlag): Intent | null {
  return flag === 'OTHER_HIGH_RISK' ? null : INTENT_OF_RISK_FLAG[flag];
}

/** Distinct flags in the order of the closed list. */
export function flagUnion(...lists: readonly (readonly RiskFlag[])[]): RiskFlag[] {
  const present = new Set(lists.flat());
  return RISK_FLAGS.filter((flag) => present.has(flag));
}

/** As many as an input holds (`events/decision.ts`). */
const MOST_HITS = 40;

/** Each rule's strongest hit: first a strong one of every family, which no limit may cut off, then the other strong ones, then weak ones. */
export function hitUnion(hits: readonly ScreenHit[]): ScreenHit[] {
  const byRule = new Map<string, ScreenHit>();
  for (const hit of hits) {
    const key = `${hit.family} ${hit.ruleId}`;
    if (byRule.get(key)?.strength !== 'strong') byRule.set(key, hit);
  }
  const all = [...byRule.values()];
  const strong = all.filter(({ strength }) => strength === 'strong');
  const leading = [...Map.groupBy(strong, ({ family }) => family).values()].flatMap(([first]) => first ?? []);
  return [...new Set([...leading, ...strong, ...all])].slice(0, MOST_HITS);
}

function orUnnamed(flags: readonly RiskFlag[]): RiskFlag[] {
  return flags.length > 0 ? flagUnion(flags) : ['OTHER_HIGH_RISK'];
}

function strongFamilies(input: DecisionInput): RiskFlag[] {
  return input.turn.screenHits.filter((hit) => hit.strength === 'strong').map((hit) => hit.family);
}

/** First pass: a strong hit in any unanswered comment. A screen that failed reports `strong` without a hit. */
export function screenFlags(input: DecisionInput): RiskFlag[] {
  return input.turn.screenStrength === 'strong' ? orUnnamed(strongFamilies(input)) : [];
}

/** What the model or moderation holds for Tier 0: a flag, a Tier 0 intent named or scored, a Tier 0 request. */
export function modelFlags(input: DecisionInput, { thresholds }: Policy): RiskFlag[] {
  const { requested, calibrated } = input.classifier;
  const named = requested === null ? [] : [requested.primary, ...requested.secondaries];
  const scored = PRIORITY_CLASSES[0].filter((intent) => (calibrated[intent] ?? 0) >= thresholds.tier0);
  const flags = [...named, ...scored].flatMap((intent) => riskFlagOf(intent) ?? []);
  const declared = (requested?.riskFlags ?? []).filter((flag) => flag !== 'OTHER_HIGH_RISK');
  const moderated: RiskFlag[] = input.turn.moderation === 'strong' ? ['HARASSMENT_THREATS'] : [];
  const found = flagUnion(flags, declared, moderated);
  return found.length === 0 && requested?.tier === 'TIER_0_ESCALATION' ? ['OTHER_HIGH_RISK'] : found;
}

/** A changed contact together with a wish to be sent the tracking is fraud by rule (decisions §6.4). */
export function topicFlags(input: DecisionInput): RiskFlag[] {
  return input.message.topics.contactChange ? ['FRAUD_SUSPECTED'] : [];
}

/** Second pass: what the labels hold although their summary does not say so, and the rules' word on older comments. */
export function secondPassFlags(input: DecisionInput): RiskFlag[] {
  const older = input.turn.olderKeywordHits.flatMap((hit) => riskFlagOf(hit.intent) ?? []);
  return flagUnion(strongFamilies(input), older);
}

/** Every Tier 0 flag of this turn. */
export function tier0Flags(input: DecisionInput, policy: Policy): RiskFlag[] {
  return flagUnion(screenFlags(input), modelFlags(input, policy), topicFlags(input), secondPassFlags(input));
}

/** Is there a suspicion of Tier 0 that is not enough to escalate (G09, its risk half)? */
export function isWeakRisk(input: DecisionInput, { thresholds }: Policy): boolean {
  const { calibrated, requested } = input.classifier;
  const hit = input.turn.screenStrength === 'weak' || input.turn.screenHits.some((found) => found.strength === 'weak');
  const suspected = PRIORITY_CLASSES[0].some((intent) => {
    const score = calibrated[intent] ?? 0;
    return score >= thresholds.tier0Weak && score < thresholds.tier0;
  });
  return (
    hit || suspected || input.turn.moderation === 'weak' || (requested?.riskFlags.includes('OTHER_HIGH_RISK') ?? false)
  );
}

/** Does the classifier ask for a person (G09, its other half; ruling 26)? */
export function asksForPerson(input: DecisionInput): boolean {
  const { requested } = input.classifier;
  return requested !== null && (requested.forceHuman || requested.needsManualTriage);
}

/** M1's scores of the Tier 0 intents present: a rule counts as 1.00, whatever a model thinks. */
export function tier0Scores(input: DecisionInput, policy: Policy): Scores {
  const certain = new Set(flagUnion(screenFlags(input), topicFlags(input), secondPassFlags(input)));
  const result: Scores = {};
  for (const flag of tier0Flags(input, policy)) {
    const intent = intentOfFlag(flag);
    if (intent === null || INTENT_CATALOGUE[intent].priority !== 0) continue;
    const moderated = flag === 'HARASSMENT_THREATS' && input.turn.moderation === 'strong' ? STRONG_MODERATION_SCORE : 0;
    result[intent] = certain.has(flag) ? 1 : Math.max(moderated, input.classifier.calibrated[intent] ?? 0);
  }
  return result;
}
