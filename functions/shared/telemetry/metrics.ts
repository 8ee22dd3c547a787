/** Every metric there is, declared once: types, units, dimensions and, with words.ts, the reference page follow from it (platform §6.3). */
import type { FlagKey } from '../../../events/flags.ts';
import type { Channel, VENDORS } from '../../../events/words.ts';

/** Of all metrics; no dimension has a value per request, customer or template (platform §6.3). */
export const METRIC_NAMESPACE = 'frontdesk';

/** How a webhook ended at the door; the refusals by their HTTP meaning. */
export const INGRESS_RESULTS = [
  'accepted',
  'duplicate',
  'ignored',
  'failed',
  'invalid_json',
  'invalid_payload',
  'unauthorized',
  'method_not_allowed',
  'not_found',
  'payload_too_large',
  'unsupported_media_type',
] as const;
export type IngressResult = (typeof INGRESS_RESULTS)[number];

/** Values of the dimensions that a caller names; `function` follows from who tells. */
export type DimensionValues = {
  readonly channel: Channel;
  readonly result: IngressResult;
  readonly flag: FlagKey;
  /** Where the name holds the vendor, it need not be said. */
  readonly vendor: (typeof VENDORS)[number];
};
export type Dimension = keyof DimensionValues | 'function';

export type MetricDeclaration = {
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds' | 'None';
  /** `count`: the sum says something; `distribution`: percentiles do; `gauge`: the latest, or the highest, does. */
  readonly kind: 'count' | 'distribution' | 'gauge';
  /** Besides `env`, which all have; every value is told under `env` alone as well. */
  readonly by: Dimension | null;
};

const count = <B extends Dimension | null>(by: B) => ({ kind: 'count', unit: 'Count', by }) as const;
const milliseconds = <B extends Dimension | null>(by: B) =>
  ({ kind: 'distribution', unit: 'Milliseconds', by }) as const;
const gauge = <B extends Dimension | null>(by: B, unit: 'Count' | 'Seconds' | 'None' = 'Count') =>
  ({ kind: 'gauge', unit, by }) as const;

export const METRICS = {
  'ingress.requests_total': count('result'),
  'ingress.rejected_total': count('result'),
  'ingress.duplicates_total': count(null),
  'ingress.publish_failed_total': count(null),
  'ingress.republished_total': count(null),
  'ingress.ack_latency_ms': milliseconds(null),
  'ingress.auth_invalid_total': count(null),
  'ingress.auth_token_slot': gauge(null),
  'consumer.started_total': count('function'),
  'consumer.succeeded_total': count('function'),
  'consumer.failed_total': count('function'),
  'consumer.duplicates_total': count('function'),
  'consumer.invalid_total': count('function'),
  'consumer.parked_total': count('function'),
  'consumer.event_lag_ms': milliseconds('function'),
  'pipeline.routing_latency_ms': milliseconds('channel'),
  'pipeline.reply_latency_ms': milliseconds('channel'),
  'pipeline.end_to_end_latency_ms': milliseconds('channel'),
  'bus.inflight': gauge(null),
  'bus.oldest_unsettled_age_s': gauge('channel', 'Seconds'),
  'bus.replayed_events_total': count('function'),
  'bus.replays_started_total': count(null),
  'vendor.openai.requests_total': count('vendor'),
  'vendor.openai.errors_total': count('vendor'),
  'vendor.openai.rate_limited_total': count('vendor'),
  'vendor.openai.latency_ms': milliseconds('vendor'),
  'vendor.richpanel.requests_total': count('vendor'),
  'vendor.richpanel.errors_total': count('vendor'),
  'vendor.richpanel.rate_limited_total': count('vendor'),
  'vendor.richpanel.latency_ms': milliseconds('vendor'),
  'vendor.richpanel.bucket_wait_ms': milliseconds('vendor'),
  'vendor.circuit_open': gauge('vendor'),
  'llm.schema_invalid_total': count(null),
  'llm.long_notes_total': count(null),
  'llm.moderation_missed_total': count(null),
  'cost.tokens_in_total': count(null),
  'cost.tokens_out_total': count(null),
  'cost.usd_estimate': gauge(null, 'None'),
  'policy.decisions_total': count('channel'),
  'policy.tier0_total': count('channel'),
  'policy.automation_attempt_total': count('channel'),
  'policy.automation_blocked_total': count('channel'),
  'policy.override_total': count('channel'),
  'policy.safe_mode_total': count('channel'),
  'policy.redecided_total': count('channel'),
  'policy.not_reproduced_total': count('channel'),
  'policy.impossible_reply_total': count('channel'),
  'policy.forbidden_reply_total': count('channel'),
  'verify.approved_total': count(null),
  'verify.denied_total': count(null),
  'order_lookup.matched_total': count(null),
  'order_lookup.not_matched_total': count(null),
  'order_lookup.failed_total': count(null),
  'responder.reply_sent_total': count('channel'),
  'responder.reply_failed_total': count('channel'),
  'responder.reply_suppressed_total': count('channel'),
  'responder.reply_unknown_total': count('channel'),
  'responder.route_only_total': count('channel'),
  'responder.routed_total': count('channel'),
  'responder.resolved_total': count('channel'),
  'responder.duplicate_action_prevented_total': count(null),
  'responder.residual_race_total': count(null),
  'responder.unchecked_window_ms': milliseconds(null),
  'automation.reopen_total': count(null),
  'automation.late_escalation_total': count(null),
  'sequence.stale_total': count(null),
  'sequence.superseded_total': count(null),
  'redaction.failed_total': count(null),
  'logging.dropped_keys_total': count(null),
  'flags.read_failed_total': count(null),
  'flags.malformed_total': count(null),
  'flags.changed_total': count(null),
  'flags.state': gauge('flag'),
  'reconciler.missed_total': count(null),
  'reconciler.unread_tickets': gauge(null),
  'reconciler.list_refused_total': count(null),
  'quality.unknown_intent_total': count('channel'),
  'quality.unsure_total': count('channel'),
  'quality.tier2_total': count('channel'),
  'quality.order_status_total': count('channel'),
  'quality.misroute_feedback_total': count('channel'),
  'quality.bad_reply_feedback_total': count('channel'),
  'quality.classifiers_compared_total': count('channel'),
  'quality.classifiers_disagreed_total': count('channel'),
  'quality.tier0_compared_total': count('channel'),
  'quality.tier0_unconfirmed_total': count('channel'),
} as const satisfies Readonly<Record<string, MetricDeclaration>>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

type NamedBy<N extends MetricName> = (typeof METRICS)[N]['by'];
/** What a caller says besides the value: nothing where the metric has no dimension of the caller's. */
export type By<N extends MetricName> = N extends MetricName
  ? NamedBy<N> extends keyof DimensionValues
    ? DimensionValues[NamedBy<N>]
    : never
  : never;

export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(METRICS, name);
}

/** The unit as CloudWatch names it. */
export function unitOf(metric: MetricName): MetricDeclaration['unit'] {
  return METRICS[metric].unit;
}

/**
 * The dimensions besides `env` under which a value stands; empty where there are none.
 *
 * @param by  what the caller said: the value of the metric's own dimension
 */
export function dimensionsOf(metric: MetricName, functionName: string, by: string | undefined): Record<string, string> {
  const dimension: Dimension | null = METRICS[metric].by;
  switch (dimension) {
    case null:
      return {};
    case 'function':
      return { function: functionName };
    case 'vendor':
      return { vendor: by ?? metric.split('.')[1] ?? '' };
    default:
      return by === undefined ? {} : { [dimension]: by };
  }
}
