/** Typed doors to logs, metrics and traces: what they cannot name cannot be told (platform §4.4, §6.1–6.3). */
import type { Channel, FunctionName, Intent, ReasonCode, Team, TemplateId } from '../../../events/words.ts';

/** The taxonomy of platform §6.2. */
export type LogEvent =
  | 'ingress.request.received'
  | 'ingress.request.rejected'
  | 'ingress.request.duplicate'
  | 'ingress.publish.success'
  | 'ingress.publish.failed'
  | 'ingress.publish.republished'
  | 'consumer.event.start'
  | 'consumer.event.complete'
  | 'consumer.event.failed'
  | 'consumer.event.duplicate'
  | 'consumer.event.invalid'
  | 'consumer.event.parked'
  | 'consumer.event.republished'
  | 'classify.context.fetch.success'
  | 'classify.context.fetch.failed'
  | 'policy.decision.made'
  | 'policy.decision.not_reproduced'
  | 'policy.reply.impossible'
  | 'policy.automation.blocked'
  | 'policy.override.applied'
  | 'policy.autoclose.decided'
  | 'vendor.richpanel.order_link.lookup.success'
  | 'vendor.richpanel.order_link.lookup.empty'
  | 'vendor.richpanel.order.fetch.success'
  | 'vendor.richpanel.order.fetch.failed'
  | 'vendor.richpanel.tags.add.success'
  | 'vendor.richpanel.tags.add.failed'
  | 'vendor.richpanel.message.send.success'
  | 'vendor.richpanel.message.send.failed'
  | 'vendor.richpanel.message.send.unknown'
  | 'vendor.richpanel.resolve.success'
  | 'vendor.richpanel.resolve.failed'
  | 'action.reply.attempt'
  | 'action.reply.suppressed'
  | 'action.note.left'
  | 'action.note.failed'
  | 'vendor.openai.classify.success'
  | 'vendor.openai.classify.failed'
  | 'vendor.openai.verify.success'
  | 'vendor.openai.verify.failed'
  | 'system.safe_mode.changed'
  | 'system.automation.changed'
  | 'system.template.toggled'
  | 'system.idempotency.duplicate_event_detected'
  | 'system.sequence.stale_drop'
  | 'system.dlq.message_written'
  | 'system.circuit.opened'
  | 'system.circuit.closed'
  | 'system.flags.unreadable'
  | 'system.flags.malformed'
  | 'system.redaction.failed'
  | 'system.replay.observed'
  | 'system.residual_race'
  | 'system.audit.sealed'
  | 'system.reconciler.off'
  | 'system.reconciler.missed'
  | 'system.reconciler.list_refused'
  | 'system.reconciler.cut_short';

export type LogFields = {
  readonly ticket_id?: string | null;
  readonly message_key?: string | null;
  readonly event_id?: string;
  readonly event_name?: string;
  readonly causation_id?: string;
  readonly trace_id?: string;
  readonly idempotency_key?: string;
  readonly channel?: Channel;
  readonly result?: 'success' | 'failed' | 'blocked' | 'skipped' | 'retry' | 'timeout';
  readonly reason_codes?: readonly ReasonCode[];
  readonly error_code?: string;
  readonly intent?: Intent;
  readonly team?: Team | null;
  readonly tier?: number | null;
  readonly template_id?: TemplateId | null;
  readonly confidence?: number | null;
  readonly margin?: number | null;
  readonly latency_ms?: number;
  readonly retry_count?: number;
  readonly retry_after_s?: number;
  readonly http_status?: number;
  readonly is_replay?: boolean;
  readonly message_length?: number;
  readonly tokens_in?: number;
  readonly tokens_out?: number;
  readonly flag?: string;
  readonly count?: number;
};

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
/** No key beside the known ones, wherever the object comes from. */
type Only<Known, Given> = Given & { readonly [K in Exclude<keyof Given, keyof Known>]: never };
export type Log = <F extends LogFields>(level: Level, event: LogEvent, fields?: Only<LogFields, F>) => void;

export type MetricName =
  | 'ingress.requests_total'
  | 'ingress.rejected_total'
  | 'ingress.duplicates_total'
  | 'ingress.publish_failed_total'
  | 'ingress.republished_total'
  | 'ingress.ack_latency_ms'
  | 'ingress.auth_invalid_total'
  | 'ingress.auth_token_slot'
  | 'consumer.started_total'
  | 'consumer.succeeded_total'
  | 'consumer.failed_total'
  | 'consumer.duplicates_total'
  | 'consumer.invalid_total'
  | 'consumer.parked_total'
  | 'consumer.event_lag_ms'
  | 'pipeline.routing_latency_ms'
  | 'pipeline.reply_latency_ms'
  | 'pipeline.end_to_end_latency_ms'
  | 'bus.oldest_unsettled_age_s'
  | 'bus.replayed_events_total'
  | 'vendor.openai.requests_total'
  | 'vendor.openai.errors_total'
  | 'vendor.openai.rate_limited_total'
  | 'vendor.openai.latency_ms'
  | 'vendor.richpanel.requests_total'
  | 'vendor.richpanel.errors_total'
  | 'vendor.richpanel.rate_limited_total'
  | 'vendor.circuit_open'
  | 'llm.schema_invalid_total'
  | 'llm.long_notes_total'
  | 'llm.moderation_missed_total'
  | 'cost.tokens_in_total'
  | 'cost.tokens_out_total'
  | 'cost.usd_estimate'
  | 'quality.classifiers_compared_total'
  | 'quality.classifiers_disagreed_total'
  | 'quality.tier0_compared_total'
  | 'quality.tier0_unconfirmed_total'
  | 'policy.decisions_total'
  | 'policy.tier0_total'
  | 'policy.redecided_total'
  | 'policy.not_reproduced_total'
  | 'policy.impossible_reply_total'
  | 'policy.automation_blocked_total'
  | 'verify.approved_total'
  | 'verify.denied_total'
  | 'order_lookup.matched_total'
  | 'order_lookup.not_matched_total'
  | 'order_lookup.failed_total'
  | 'responder.reply_sent_total'
  | 'responder.reply_failed_total'
  | 'responder.reply_suppressed_total'
  | 'responder.reply_unknown_total'
  | 'responder.routed_total'
  | 'responder.resolved_total'
  | 'responder.duplicate_action_prevented_total'
  | 'responder.residual_race_total'
  | 'responder.unchecked_window_ms'
  | 'flags.read_failed_total'
  | 'flags.malformed_total'
  | 'reconciler.missed_total'
  | 'reconciler.unread_tickets'
  | 'reconciler.list_refused_total'
  | 'redaction.failed_total'
  | 'logging.dropped_keys_total';

export type Metrics = {
  count(name: MetricName, value?: number, channel?: Channel): void;
  /** Distribution in the unit of the name. */
  observe(name: MetricName, value: number, channel?: Channel): void;
};

export type SpanFields = {
  readonly ticket_id?: string | null;
  readonly event?: string;
  readonly tier?: number | null;
  readonly result?: string;
};
/** Runs a step under a named segment; captures no payload. */
export type Trace = <T, F extends SpanFields>(
  span: string,
  fields: Only<SpanFields, F>,
  run: () => Promise<T>,
) => Promise<T>;

export type Telemetry = { readonly log: Log; readonly metrics: Metrics; readonly trace: Trace };

export type LogLine = {
  readonly level: Level;
  readonly event: LogEvent;
  readonly function: FunctionName;
  readonly fields: LogFields;
};
