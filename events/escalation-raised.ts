import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { DecisionId, Rank, ReasonCodes, RiskFlag, RouteTag, RuleId, TagName, Team } from './fields.ts';

/** A Tier 0 signal was found after classification: no reply, and the ticket goes to the escalation team. */
export const EscalationRaised = defineEvent({
  name: 'EscalationRaised',
  version: '1.0',
  producers: ['verify', 'responder-reply'],
  pii: 'L2',
  says: 'A Tier 0 signal was found after classification: no reply, and the ticket goes to the escalation team.',
  data: {
    decisionId: DecisionId,
    stage: v.picklist(['approval', 'sending']),
    department: Team,
    routeTag: RouteTag,
    tags: v.pipe(v.array(TagName), v.maxLength(24)),
    riskFlags: v.pipe(v.array(RiskFlag), v.minLength(1), v.maxLength(5)),
    screenRuleIds: v.pipe(v.array(RuleId), v.maxLength(40)),
    rank: Rank,
    reasonCodes: ReasonCodes,
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    stage: 'sending',
    department: 'Leadership Team',
    routeTag: 'route-leadership-team',
    tags: ['mw-escalated-human'],
    riskFlags: ['LEGAL_THREAT'],
    screenRuleIds: ['legal.lawyer'],
    rank: 2,
    reasonCodes: ['tier0_always_handoff'],
  },
});
export type EscalationRaised = EventOf<typeof EscalationRaised>;
