/** A Tier 0 signal found at the last look. */
import { ROUTE_TAG_OF_TEAM } from '../../../events/words.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import type { Judged } from './ends.ts';
import type { Approved, ReplyContext } from './handler.ts';

/** None where the decision names no team. */
export function escalationFacts(
  context: ReplyContext,
  event: Approved,
  { decision, input }: NonNullable<Judged>,
): Envelope[] {
  if (!decision.team) return [];
  return [
    context.state('EscalationRaised', {
      decisionId: event.data.decisionId,
      stage: 'sending',
      department: decision.team,
      routeTag: ROUTE_TAG_OF_TEAM[decision.team],
      tags: decision.tags,
      riskFlags: decision.riskFlags.length > 0 ? decision.riskFlags : ['OTHER_HIGH_RISK'],
      screenRuleIds: input.turn.screenHits.map(({ ruleId }) => ruleId),
      rank: 2,
      reasonCodes: decision.reasonCodes,
    }),
  ];
}
