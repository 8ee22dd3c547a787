/** The part of a decision that an outcome row of interfaces §2 can show. */
import type { Decision } from '../../../../events/decision.ts';

export function visible(decision: Decision): unknown {
  const { primaryIntent, secondaryIntents, team, tier, templateCandidate, templateId, autoClose } = decision;
  const { routeWhen, routingConfidence, margin, escalates, reasonCodes } = decision;
  return [
    ...[primaryIntent, secondaryIntents, team, tagsOnTicket(decision), tier, templateCandidate, templateId, autoClose],
    ...[routeWhen, routingConfidence, margin, escalates, reasonCodes],
  ];
}

/** The route's own tag is written with the route, whether the list repeats it or not. */
function tagsOnTicket({ tags, routeTag }: Decision): readonly string[] {
  return [...new Set([...tags, ...(routeTag === null ? [] : [routeTag])])].sort();
}
