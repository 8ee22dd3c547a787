/** The part of a decision that an outcome row of interfaces §2 can show. */
import type { Decision } from '../../../../events/decision.ts';

export function visible(decision: Decision): unknown {
  const { primaryIntent, secondaryIntents, team, tags, tier, templateCandidate, templateId, autoClose } = decision;
  const { routeWhen, routingConfidence, margin, escalates, reasonCodes } = decision;
  return [
    ...[primaryIntent, secondaryIntents, team, tags.toSorted(), tier, templateCandidate, templateId, autoClose],
    ...[routeWhen, routingConfidence, margin, escalates, reasonCodes],
  ];
}
