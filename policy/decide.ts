/** The decision: one input, all gates, one row (decisions §6). */
import type { Decision, DecisionInput } from '../events/decision.ts';
import type { ReasonCode } from '../events/words.ts';
import { RANKS } from '../events/words.ts';
import { automationConfidence } from './confidence.ts';
import { judge, objectionsThatCount } from './gates/all.ts';
import { isShadow } from './gates/switches.ts';
import { verifierPasses } from './gates/verifier.ts';
import { type Outcome, weigh } from './outcome.ts';
import { POLICY, type Policy } from './policy.ts';
import { readingOf } from './reading.ts';
import { routeFor } from './route.ts';
import { tagsFor } from './tags.ts';
import { mayAutoClose } from './template-choice.ts';

/**
 * Decides what happens to a turn: who handles it, and whether a reply may be sent. Pure and total; the same input gives
 * the same bytes at every stage, today or under a replay.
 *
 * At the stage `classification` an order question is not decided yet: `tierCandidate` is 2, `action` stays `ROUTE_ONLY`,
 * and `tier` and `row` are those the candidate is heading for.
 *
 * @param policy  another than the release's own only where nothing comes of it (`whatif`).
 */
export function decide(input: DecisionInput, policy: Policy = POLICY): Decision {
  const outcome = weigh(judge(readingOf(input, policy)));
  const { situation, report } = outcome.judgement;
  const { plan, certainty, primary, secondaries } = situation;
  const tier = tierOf(outcome);
  const route = routeFor(outcome);
  const templateId = plan !== null && !outcome.isTier0 ? plan.templateId : null;
  const isSent = outcome.isApproved && !outcome.awaitsOrder;
  return {
    row: outcome.row,
    primaryIntent: primary,
    secondaryIntents: [...secondaries],
    team: route.team,
    routeTag: route.routeTag,
    rank: rankOf(outcome),
    routeWhen: outcome.isApproved && plan?.tier === 2 && input.flags.auto_close_enabled ? 'afterReply' : 'now',
    tags: tagsFor(outcome, route, tier),
    tier,
    tierCandidate: tierCandidateOf(outcome),
    templateCandidate: templateId,
    action: isSent ? 'SEND_TEMPLATE' : 'ROUTE_ONLY',
    templateId: isSent ? templateId : null,
    autoClose: isSent && mayAutoClose(templateId, policy),
    wouldReply: wouldReply(outcome),
    routingConfidence: certainty.routing,
    margin: certainty.margin,
    automationConfidence: automationConfidence(input, certainty.routing),
    riskFlags: [...outcome.riskFlags],
    escalates: outcome.row === 'D1' && input.stage !== 'classification',
    reasonCodes: reasonCodesOf(outcome),
    gateReport: [...report],
  };
}

/** May the reply of this decision be sent? */
export function approvedReply(decision: Decision): boolean {
  return decision.action === 'SEND_TEMPLATE' && decision.templateId !== null;
}

/** Is a Tier 2 reply on the way to which nothing but the missing verdict objects, so that the verifier is to be asked? */
export function verifierNeeded(input: DecisionInput, policy: Policy = POLICY): boolean {
  if (input.stage === 'classification' || input.verifier !== null) return false;
  const { situation, judged } = judge(readingOf(input, policy));
  const objections = objectionsThatCount(judged, isShadow(input));
  return situation.plan?.tier === 2 && objections.length === 1 && objections[0]?.id === 'G25';
}

function tierOf({ isTier0, isPrivacy, isApproved, judgement }: Outcome): Decision['tier'] {
  if (isTier0 || isPrivacy) return 0;
  return isApproved ? (judgement.situation.plan?.tier ?? null) : null;
}

/** An order question stays a Tier 2 candidate until the look-up has answered: even its number question needs the answer. */
function tierCandidateOf({ isPossible, awaitsOrder, judgement }: Outcome): Decision['tierCandidate'] {
  if (!isPossible) return null;
  return awaitsOrder ? 2 : (judgement.situation.plan?.tier ?? null);
}

function rankOf({ isTier0, isPrivacy, judgement }: Outcome): Decision['rank'] {
  if (isTier0 || isPrivacy) return RANKS.tier0;
  const { failure, rung } = judgement.situation.input.classifier;
  return failure === null && rung === 'primary' ? RANKS.decision : RANKS.fallback;
}

/** Would the reply be sent if G27, G28, G31 and the flags behind G29 and G30 had passed (ruling 15)? */
function wouldReply({ isTier0, awaitsOrder, judgement }: Outcome): boolean {
  const { situation, judged } = judgement;
  const hasTemplate = situation.plan !== null && situation.plan.templateId !== null;
  const isVerified = situation.plan?.tier !== 2 || verifierPasses(situation);
  const isClear = objectionsThatCount(judged, true).length === 0;
  return hasTemplate && isVerified && isClear && !isTier0 && !awaitsOrder;
}

/** Objections in gate order; an approval says by which tier it may be sent, then what was changed on the way. */
function reasonCodesOf({ isApproved, awaitsOrder, judgement }: Outcome): ReasonCode[] {
  const { situation, judged } = judgement;
  const codes = (wanted: 'block' | 'downgrade'): ReasonCode[] =>
    judged.flatMap(({ verdict }) => (verdict.result === wanted ? [...verdict.reasons] : []));
  if (!isApproved) return [...new Set(codes('block'))];
  const approval: ReasonCode[] = awaitsOrder
    ? []
    : [situation.plan?.tier === 2 ? 'tier2_verified' : 'tier1_safe_assist'];
  return [...new Set([...approval, ...codes('downgrade')])];
}
