import type { EventName } from '../../events/catalogue.ts';
import { PATIENT, type RuleDeclaration } from '../shared/rules.ts';

/** Decisions and their outcomes (platform §11.3), all of them kept by the facts archive: a backfill brings what live facts brought. */
export const HEARD = [
  'MessageClassified',
  'ClassificationFailed',
  'OrderMatched',
  'OrderNotMatched',
  'ReplyApproved',
  'ReplyDenied',
  'EscalationRaised',
  'TicketRouted',
  'RoutingSkipped',
  'ReplySent',
  'ReplySuppressed',
  'ReplyFailed',
  'ReplyOutcomeUnclear',
  'TicketResolved',
  'MessageStalled',
  'MessageSettled',
  'AgentFeedbackReceived',
  'SafeModeChanged',
  'AutomationFlagChanged',
  'TemplateToggled',
  'CircuitOpened',
  'CircuitClosed',
] as const satisfies readonly EventName[];

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'analytics-facts',
    target: 'analytics',
    hears: HEARD.map((event) => ({ event })),
    retry: PATIENT,
    replay: ['backfill'],
  },
];
/** What it asks for beyond its own claims; permissions follow from it. */
export const needs = { uses: ['records'], duties: [] } as const;
