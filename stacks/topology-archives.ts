/** What is kept for replay, and how long (platform §2.6). */
import type { EventName } from '../events/catalogue.ts';
import { OURS } from './topology-rules.ts';
import type { ArchiveSpec } from './topology-types.ts';

/** What was decided and what came of it, and the seals of the trail; projections are rebuilt from these. */
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
] as const satisfies readonly EventName[];

export const ARCHIVES: readonly ArchiveSpec[] = [
  { name: 'recovery', pattern: OURS, retentionDays: 14 },
  { name: 'facts', pattern: { ...OURS, 'detail-type': [...FACTS] }, retentionDays: 180 },
];

/** A ledger entry outlives every archived event that could be replayed against it by this much (platform §2.6). */
export const RETENTION_MARGIN_DAYS = 7;
