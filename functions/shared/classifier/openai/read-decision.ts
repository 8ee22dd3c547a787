/** From the model's text to what the policy may look at: scores, and requests that are advice (decisions §3.5). Pure. */
import type { DecisionInput, Scores } from '../../../../events/decision.ts';
import { toHundredths } from '../../../../policy/rounding.ts';
import { readStrict } from '../../openai/json.ts';
import { ModelDecision } from './decision-schema.ts';

export type Requested = NonNullable<DecisionInput['classifier']['requested']>;
export type ReadDecision = {
  readonly raw: Scores;
  readonly requested: Requested;
  readonly language: ModelDecision['language'];
  /** The note is longer than asked for; it is thrown away in any case. */
  readonly hasLongNote: boolean;
};

const MOST_NOTE = 500;

/** `null` for anything that is not exactly `mw_decision_v1`: that is an invalid output, never a guess. */
export function readDecision(text: string): ReadDecision | null {
  const decision = readStrict(ModelDecision, text);
  if (decision === null) return null;
  const { primary_intent: primary, intent_scores: listed, routing, automation, risk } = decision;
  const raw: Scores = {};
  for (const { intent, score } of listed) raw[intent] = Math.max(raw[intent] ?? 0, toHundredths(score));
  const isListedOnce = Object.keys(raw).length === listed.length;
  return {
    raw,
    language: decision.language,
    hasLongNote: decision.notes_for_agent.length > MOST_NOTE,
    requested: {
      primary,
      secondaries: [...new Set(decision.secondary_intents)].filter((intent) => intent !== primary),
      confidence: toHundredths(routing.confidence),
      tier: automation.tier,
      action: automation.action,
      templateId: automation.template_id,
      requiresMatch: automation.requires_deterministic_match,
      riskFlags: [...new Set(risk.flags)],
      forceHuman: risk.force_human,
      needsManualTriage: routing.needs_manual_triage,
      consistent: isListedOnce && raw[primary] !== undefined,
    },
  };
}
