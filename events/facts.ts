/** What is kept longest, and what read models are made of. */
import type { EventName } from './catalogue.ts';

/** What was decided and what came of it, and what proves the trail: its seals and deletions; projections are rebuilt from these. */
export const FACTS = [
  'MessageClassified',
  'ClassificationFailed',
  'OrderMatched',
  'OrderNotMatched',
  'OrderLookupFailed',
  'ReplyApproved',
  'ReplyDenied',
  'EscalationRaised',
  'TicketRouted',
  'RoutingSkipped',
  'RoutingFailed',
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
  'AuditSealed',
  'RecordsDeleted',
] as const satisfies readonly EventName[];
