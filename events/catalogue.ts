/** Every fact there is. The order is that of platform §11.3. */

import { AgentFeedbackReceived } from './agent-feedback-received.ts';
import { AuditSealed } from './audit-sealed.ts';
import { AutomationFlagChanged } from './automation-flag-changed.ts';
import { CircuitClosed } from './circuit-closed.ts';
import { CircuitOpened } from './circuit-opened.ts';
import { ClassificationFailed } from './classification-failed.ts';
import { DeadLettered } from './dead-lettered.ts';
import { EscalationRaised } from './escalation-raised.ts';
import { MessageClassified } from './message-classified.ts';
import { MessageDeduplicated } from './message-deduplicated.ts';
import { MessageReceived } from './message-received.ts';
import { MessageSettled } from './message-settled.ts';
import { MessageStalled } from './message-stalled.ts';
import { MissedMessageDetected } from './missed-message-detected.ts';
import { OrderLookupFailed } from './order-lookup-failed.ts';
import { OrderMatched } from './order-matched.ts';
import { OrderNotMatched } from './order-not-matched.ts';
import { ReconciliationCompleted } from './reconciliation-completed.ts';
import { RecordsDeleted } from './records-deleted.ts';
import { RedactionFailed } from './redaction-failed.ts';
import { ReplayCompleted } from './replay-completed.ts';
import { ReplayStarted } from './replay-started.ts';
import { ReplyApproved } from './reply-approved.ts';
import { ReplyDenied } from './reply-denied.ts';
import { ReplyFailed } from './reply-failed.ts';
import { ReplyOutcomeUnclear } from './reply-outcome-unclear.ts';
import { ReplySent } from './reply-sent.ts';
import { ReplySuppressed } from './reply-suppressed.ts';
import { RoutingFailed } from './routing-failed.ts';
import { RoutingSkipped } from './routing-skipped.ts';
import { SafeModeChanged } from './safe-mode-changed.ts';
import { TemplateToggled } from './template-toggled.ts';
import { TicketResolved } from './ticket-resolved.ts';
import { TicketRouted } from './ticket-routed.ts';

export const CATALOGUE = {
  MessageReceived,
  MissedMessageDetected,
  MessageDeduplicated,
  MessageClassified,
  ClassificationFailed,
  OrderMatched,
  OrderNotMatched,
  OrderLookupFailed,
  ReplyApproved,
  ReplyDenied,
  EscalationRaised,
  TicketRouted,
  RoutingSkipped,
  RoutingFailed,
  ReplySent,
  ReplySuppressed,
  ReplyFailed,
  ReplyOutcomeUnclear,
  TicketResolved,
  MessageStalled,
  MessageSettled,
  AgentFeedbackReceived,
  SafeModeChanged,
  AutomationFlagChanged,
  TemplateToggled,
  CircuitOpened,
  CircuitClosed,
  RedactionFailed,
  DeadLettered,
  ReplayStarted,
  ReplayCompleted,
  ReconciliationCompleted,
  AuditSealed,
  RecordsDeleted,
} as const;

export type EventName = keyof typeof CATALOGUE;
export type Definition<N extends EventName = EventName> = (typeof CATALOGUE)[N];

export const EVENT_NAMES = Object.keys(CATALOGUE) as EventName[];

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(CATALOGUE, name);
}
