/** From a fact to its row: the same for every copy of the fact, so that doubles, disorder and replays change nothing. Pure. */
import type { Definition } from '../../events/catalogue.ts';
import type { DataOf, EventOf } from '../../events/define-event.ts';
import type { Metadata } from '../../events/envelope.ts';
import type { Spend } from '../../events/fields.ts';
import type { FactRecord } from '../shared/records/table.ts';
import type { HEARD } from './rules.ts';

type Heard = (typeof HEARD)[number];
/** `null` and absent are the same to a row: it has no such key. */
type Told = { readonly [K in keyof FactRecord]?: FactRecord[K] | null | undefined };

/** What of each fact is asked about: ids, codes and counts. Inputs of decisions, tags and hashes stay out. */
const TOLD: { readonly [N in Heard]: (data: DataOf<Definition<N>>) => Told } = {
  MessageClassified: (data) => ({
    decision_id: data.decisionId,
    intent: data.primaryIntent,
    tier: data.tier,
    team: data.department,
    confidence: data.routingConfidence,
    margin: data.margin,
    template_id: data.templateCandidate,
    latency_ms: data.latencyMs,
    ...because(data.reasonCodes),
    ...spent(data.spend),
  }),
  ClassificationFailed: (data) => ({
    decision_id: data.decisionId,
    intent: data.primaryIntent,
    team: data.fallbackDepartment,
    error_code: data.errorCode,
    ...because(data.reasonCodes),
    ...spent(data.spend),
  }),
  OrderMatched: (data) => ({ decision_id: data.decisionId, match: data.matchMethod }),
  OrderNotMatched: (data) => ({ decision_id: data.decisionId, match: data.reason, ...because(data.reasonCodes) }),
  ReplyApproved: (data) => ({
    decision_id: data.decisionId,
    approval_id: data.approvalId,
    tier: data.tier,
    template_id: data.templateId,
    ...spent(data.spend),
  }),
  ReplyDenied: (data) => ({
    decision_id: data.decisionId,
    tier: data.tier,
    template_id: data.templateCandidate,
    would_reply: data.wouldReply,
    ...because(data.reasonCodes),
    ...spent(data.spend),
  }),
  EscalationRaised: (data) => ({ decision_id: data.decisionId, team: data.department, ...because(data.reasonCodes) }),
  TicketRouted: (data) => ({
    decision_id: data.decisionId,
    tier: data.tier,
    team: data.department,
    route_mode: data.mode,
    assigned: data.assigned,
  }),
  RoutingSkipped: (data) => ({
    decision_id: data.decisionId,
    team: data.wouldRouteTo,
    ...because([data.reasonCode]),
  }),
  ReplySent: (data) => ({
    approval_id: data.approvalId,
    tier: data.tier,
    template_id: data.templateId,
    latency_ms: data.latencyMs,
  }),
  ReplySuppressed: (data) => ({
    approval_id: data.approvalId,
    template_id: data.templateId,
    reason_code: data.reasonCode,
    reason_codes: data.reasonCodes,
  }),
  ReplyFailed: (data) => ({
    approval_id: data.approvalId,
    template_id: data.templateId,
    outcome: data.outcome,
    error_code: data.errorCode,
  }),
  ReplyOutcomeUnclear: (data) => ({ approval_id: data.approvalId, template_id: data.templateId }),
  TicketResolved: (data) => ({ approval_id: data.approvalId, template_id: data.templateId }),
  MessageStalled: () => ({}),
  MessageSettled: (data) => ({
    outcome: data.outcome,
    settled_by: data.settledBy,
    end_to_end_ms: data.endToEndMs,
  }),
  AgentFeedbackReceived: (data) => ({ feedback_codes: data.tagCodes, correct_team: data.correctDepartment }),
  SafeModeChanged: switched,
  AutomationFlagChanged: switched,
  TemplateToggled: switched,
  CircuitOpened: circuit,
  CircuitClosed: circuit,
};

export function project<N extends Heard>(event: EventOf<Definition<N>>): FactRecord {
  const { metadata, data } = event as { metadata: Metadata & { eventName: N }; data: DataOf<Definition<N>> };
  return said({ ...envelopeOf(metadata), ...TOLD[metadata.eventName](data) });
}

function envelopeOf(metadata: Metadata) {
  const { replay, versions } = metadata;
  return {
    event_id: metadata.eventId,
    event_name: metadata.eventName,
    schema_version: metadata.schemaVersion,
    occurred_at: metadata.occurredAt,
    env: metadata.env,
    brand_id: metadata.brandId,
    producer: metadata.producer,
    release: metadata.release,
    channel: metadata.channel,
    hops: metadata.hops,
    // The mark of this very delivery names the fact itself; one that it was derived under names another.
    from_replay: replay !== null && replay.originalEventId !== metadata.eventId,
    conversation_id: metadata.conversationId,
    message_key: metadata.messageKey,
    root_event_id: metadata.rootEventId,
    causation_id: metadata.causationId,
    received_at: metadata.receivedAt,
    model: versions.model,
    prompt: versions.prompt,
    thresholds: versions.thresholds,
  };
}

type Switched = { readonly flag: string; readonly oldValue: string; readonly newValue: string };
function switched(data: Switched): Told {
  return { flag: data.flag, old_value: data.oldValue, new_value: data.newValue };
}

function circuit(data: { readonly vendor: string; readonly operationClass: string }): Told {
  return { vendor: data.vendor, operation_class: data.operationClass };
}

function because(codes: readonly string[]): Told {
  return { reason_code: codes[0], reason_codes: codes };
}

function spent(spend: Spend | undefined): Told {
  return {
    model_calls: spend?.calls,
    tokens_in: spend?.tokensIn,
    tokens_cached: spend?.tokensCached,
    tokens_out: spend?.tokensOut,
    nano_usd: spend?.nanoUsd,
  };
}

function said(told: Told): FactRecord {
  return Object.fromEntries(
    Object.entries(told).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as FactRecord;
}
