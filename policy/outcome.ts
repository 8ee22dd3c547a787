/** What the verdicts of the gates amount to: the row of the final table and who objected (decisions §6.6). */
import type { Decision, GateId } from '../events/decision.ts';
import { GATE_IDS } from '../events/decision.ts';
import type { RiskFlag } from '../events/words.ts';
import { type Judgement, objectionsThatCount } from './gates/all.ts';
import { isShadow } from './gates/switches.ts';
import { verifierEscalates } from './gates/verifier.ts';
import { flagUnion, isWeakRisk } from './risk.ts';
import { isOrderIntent, mayAutoClose } from './template-choice.ts';

export type Outcome = {
  readonly judgement: Judgement;
  readonly row: Decision['row'];
  /** The gates that object, in gate order. */
  readonly objectors: readonly GateId[];
  readonly isTier0: boolean;
  readonly isPrivacy: boolean;
  readonly riskFlags: readonly RiskFlag[];
  /** Nothing objects, and the facts that the reply needs are known. */
  readonly isApproved: boolean;
  /** Nothing but, in shadow mode, a switch objects, so a reply may still come of it. */
  readonly isPossible: boolean;
  /** The reply waits for the answer of the order look-up. */
  readonly awaitsOrder: boolean;
};

const REPLY_GATES: readonly GateId[] = GATE_IDS.slice(GATE_IDS.indexOf('G15'));

/** Weighs what the gates said. */
export function weigh(judgement: Judgement): Outcome {
  const { situation, judged } = judgement;
  const { input, policy } = situation;
  const objectors = objectionsThatCount(judged, false).map(({ id }) => id);
  const hasEscalatingVerdict = verifierEscalates(input);
  const isTier0 = situation.isTier0 || hasEscalatingVerdict;
  // A suspicion beside a named family adds nothing to it.
  const isUnnamed = hasEscalatingVerdict || (isWeakRisk(input, policy) && !situation.isTier0);
  const awaitsOrder =
    input.stage === 'classification' && input.order === null && isOrderIntent(situation.primary, policy);
  const hasPlan = situation.plan !== null && !isTier0;
  const isApproved = hasPlan && objectors.length === 0 && (awaitsOrder || situation.plan.templateId !== null);
  return {
    judgement,
    row: isTier0 ? 'D1' : rowOf(objectors, judgement, isApproved),
    objectors,
    isTier0,
    isPrivacy: !isTier0 && input.message.topics.privacyRequest && !objectors.includes('G01'),
    riskFlags: flagUnion(situation.turnFlags, input.state.stickyFlags, isUnnamed ? ['OTHER_HIGH_RISK'] : []),
    isApproved,
    isPossible: hasPlan && objectionsThatCount(judged, isShadow(input)).length === 0,
    awaitsOrder,
  };
}

/** First matching row. Before the order is known the row is the one that the candidate is heading for. */
function rowOf(objectors: readonly GateId[], { situation }: Judgement, isApproved: boolean): Decision['row'] {
  const objects = (...gates: readonly GateId[]): boolean => gates.some((gate) => objectors.includes(gate));
  if (objects('G01')) return 'D2';
  if (objects('G09', 'G10')) return 'D3';
  if (objects('G07')) return 'D4';
  if (objects('G05', 'G14')) return 'D5';
  if (objects(...REPLY_GATES)) return 'D6';
  if (!isApproved || situation.plan === null) return 'D10';
  if (situation.plan.tier === 1) return 'D9';
  return mayAutoClose(situation.plan.templateId, situation.policy) ? 'D7' : 'D8';
}
