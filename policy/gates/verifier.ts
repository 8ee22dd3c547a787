/** G25 and G26: the second opinion on a Tier 2 reply (decisions §4). Judged last: it is asked only when nothing else objects. */
import type { DecisionInput } from '../../events/decision.ts';
import { automationConfidence } from '../confidence.ts';
import { isMatched } from '../template-choice.ts';
import type { Situation, Verdict } from './gate.ts';
import { NOT_APPLICABLE, objectIf, objection, PASS } from './gate.ts';

/** The verifier saw an escalation; a verdict that contradicts itself escalates too (I3). */
export function verifierEscalates({ verifier }: DecisionInput): boolean {
  if (verifier === null) return false;
  return (
    verifier.reasonCode === 'ESCALATION_PRESENT' || (!verifier.allow && verifier.downgradeTo === 'TIER_0_ESCALATION')
  );
}

/** Pass: allowed, sure enough, for the right reason, and the order is still ours. */
export function verifierPasses({ input: { verifier, order }, policy }: Pick<Situation, 'input' | 'policy'>): boolean {
  return (
    verifier !== null &&
    verifier.failure === null &&
    verifier.allow &&
    verifier.reasonCode === 'OK' &&
    (verifier.confidence ?? 0) >= policy.thresholds.verifier &&
    isMatched(order)
  );
}

/** Does the plan need a verdict at this point? Before the order is known there is nothing to verify. */
function isDue({ plan, input }: Situation): boolean {
  return plan?.tier === 2 && !(input.stage === 'classification' && input.order === null);
}

/** G25. `othersObject`: another gate has decided, so no verdict is asked for; one that escalates counts all the same. */
export function judgeVerifier(situation: Situation, othersObject: boolean): Verdict {
  if (verifierEscalates(situation.input)) return objection(['tier2_verifier_failed', 'tier0_always_handoff']);
  if (!isDue(situation) || othersObject) return NOT_APPLICABLE;
  return verifierPasses(situation) ? PASS : objection(['tier2_verifier_failed']);
}

/** G26. */
export function judgeAutomation(situation: Situation): Verdict {
  const automation = automationConfidence(situation.input, situation.certainty.routing);
  if (!isDue(situation) || situation.input.verifier === null || automation === null) return NOT_APPLICABLE;
  return objectIf(automation < situation.policy.thresholds.automation, 'low_confidence');
}
