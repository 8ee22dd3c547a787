/** What a model that works would answer. */
import type { Intent, TEAMS, TemplateId } from '../../events/words.ts';

export type Good = {
  readonly intent: Intent;
  readonly team: (typeof TEAMS)[number];
  readonly template: TemplateId | null;
  readonly tier: 'TIER_0_ESCALATION' | 'TIER_1_SAFE_ASSIST' | 'TIER_2_VERIFIED';
  readonly flags?: readonly string[];
};

/** A whole `mw_decision_v1`. */
export function decisionOf({ intent, team, template, tier, flags = [] }: Good, score = 0.9) {
  return {
    schema_version: 'mw_decision_v1',
    language: 'en',
    primary_intent: intent,
    secondary_intents: [],
    intent_scores: [{ intent, score }],
    routing: { destination_team: team, confidence: score, needs_manual_triage: false, tags: [] },
    automation: {
      tier,
      action: template === null ? 'ROUTE_ONLY' : 'SEND_TEMPLATE',
      template_id: template,
      confidence: score,
      requires_deterministic_match: tier === 'TIER_2_VERIFIED',
    },
    risk: { flags, force_human: false },
    clarifying_questions: [],
    notes_for_agent: '',
  };
}

/** A whole `mw_tier2_verifier_v1`. */
export function verdictOf(allow: boolean, confidence = 0.9) {
  return {
    schema_version: 'mw_tier2_verifier_v1',
    allow_tier2: allow,
    confidence,
    downgrade_to_tier: 'ROUTE_ONLY',
    reason_code: allow ? 'OK' : 'CONFLICTING_INTENT',
    notes: '',
  };
}
