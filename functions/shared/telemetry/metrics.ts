/** Every metric there is, declared once: types, units, dimensions and the reference page follow from it (platform §6.3). */
import type { FlagKey } from '../../../events/flags.ts';
import type { Channel, VENDORS } from '../../../events/words.ts';
import type { DeployedFunction } from '../function-settings.ts';

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
  readonly from: readonly DeployedFunction[];
  readonly meaning: string;
};

type From = MetricDeclaration['from'];
const told = <B extends Dimension | null, K extends MetricDeclaration['kind'], U extends MetricDeclaration['unit']>(
  kind: K,
  unit: U,
  by: B,
  from: From,
  meaning: string,
) => ({ unit, kind, by, from, meaning });
const count = <B extends Dimension | null>(by: B, from: From, meaning: string) =>
  told('count', 'Count', by, from, meaning);
const milliseconds = <B extends Dimension | null>(by: B, from: From, meaning: string) =>
  told('distribution', 'Milliseconds', by, from, meaning);
const gauge = <B extends Dimension | null>(by: B, from: From, meaning: string) =>
  told('gauge', 'Count', by, from, meaning);

const CONSUMERS = [
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'auditor',
] as const;
const EVERYBODY = ['ingest', ...CONSUMERS, 'sweeper', 'reconciler', 'flag-watcher', 'sealer'] as const;
const ASK_RICHPANEL = [
  'classify',
  'order-lookup',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'reconciler',
] as const;
const ASK_MODELS = ['classify', 'verify'] as const;
const SETTLERS = ['responder-reply', 'responder-settle'] as const;
const ROUTERS = ['responder-route', ...SETTLERS] as const;

export const METRICS = {
  'ingress.requests_total': count('result', ['ingest'], 'Webhook requests, by how they ended.'),
  'ingress.rejected_total': count('result', ['ingest'], 'Requests refused with 4xx, by refusal.'),
  'ingress.duplicates_total': count(null, ['ingest'], 'Webhooks whose message is known already.'),
  'ingress.publish_failed_total': count(
    null,
    ['ingest'],
    'Requests that nobody could record or publish: answered 500.',
  ),
  'ingress.republished_total': count(
    null,
    ['ingest', 'sweeper'],
    'Root facts published again because nobody took them up.',
  ),
  'ingress.ack_latency_ms': milliseconds(null, ['ingest'], 'From the request to its answer, inside the function.'),
  'ingress.auth_invalid_total': count(null, ['ingest'], 'Requests that no secret of the stage lets in.'),
  'ingress.auth_token_slot': gauge(null, ['ingest'], 'Which secret let a request in: 0 is the newest.'),

  'consumer.started_total': count('function', CONSUMERS, 'Events that a function began to handle.'),
  'consumer.succeeded_total': count('function', CONSUMERS, 'Events that a function finished.'),
  'consumer.failed_total': count('function', CONSUMERS, 'Invocations that threw: a bug, or a dependency that is gone.'),
  'consumer.duplicates_total': count('function', CONSUMERS, 'Deliveries of events that were done already.'),
  'consumer.invalid_total': count('function', CONSUMERS, 'What a function sent to its failure queue.'),
  'consumer.parked_total': count('function', CONSUMERS, 'Events put into the later queue, to wait.'),
  'consumer.event_lag_ms': milliseconds(
    'function',
    CONSUMERS,
    'From the fact (occurredAt) to the start of its handling.',
  ),

  'pipeline.routing_latency_ms': milliseconds('channel', ['auditor'], 'From the webhook to the route on the ticket.'),
  'pipeline.reply_latency_ms': milliseconds('channel', ['auditor'], 'From the webhook to the confirmed reply.'),
  'pipeline.end_to_end_latency_ms': milliseconds('channel', ['auditor'], 'From the webhook to MessageSettled.'),

  'bus.inflight': gauge(null, ['sweeper'], 'Messages that are not settled, up to the 100 that one look sees.'),
  'bus.oldest_unsettled_age_s': told(
    'gauge',
    'Seconds',
    'channel',
    ['sweeper'],
    'Age of the oldest message that is not settled; told for livechat by itself too.',
  ),
  'bus.replayed_events_total': count('function', CONSUMERS, 'Events handled out of a replay.'),
  'bus.replays_started_total': count(null, ['auditor'], 'Replays that an operator started.'),

  'vendor.openai.requests_total': count('vendor', ASK_MODELS, 'Calls of OpenAI.'),
  'vendor.openai.errors_total': count('vendor', ASK_MODELS, 'Calls that OpenAI failed.'),
  'vendor.openai.rate_limited_total': count('vendor', ASK_MODELS, 'Calls that OpenAI refused with 429.'),
  'vendor.openai.latency_ms': milliseconds('vendor', ASK_MODELS, 'Duration of a call of OpenAI.'),
  'vendor.richpanel.requests_total': count('vendor', ASK_RICHPANEL, 'Calls of Richpanel.'),
  'vendor.richpanel.errors_total': count('vendor', ASK_RICHPANEL, 'Calls that Richpanel failed.'),
  'vendor.richpanel.rate_limited_total': count('vendor', ASK_RICHPANEL, 'Calls that Richpanel refused with 429.'),
  'vendor.richpanel.latency_ms': milliseconds('vendor', ASK_RICHPANEL, 'Duration of a call of Richpanel.'),
  'vendor.richpanel.bucket_wait_ms': milliseconds(
    'vendor',
    ASK_RICHPANEL,
    'How long a call waited for its place in the shared budget.',
  ),
  'vendor.circuit_open': gauge(
    'vendor',
    [...ASK_RICHPANEL, 'verify', 'sweeper'],
    '1 while a circuit of the vendor is open, 0 when it closed.',
  ),
  'llm.schema_invalid_total': count(null, ASK_MODELS, 'Answers of a model that broke the schema.'),
  'llm.long_notes_total': count(null, ['classify'], 'Answers whose note was longer than asked for, and was not read.'),
  'llm.moderation_missed_total': count(null, ['classify'], 'Moderations that gave no answer in time.'),

  'cost.tokens_in_total': count(null, ASK_MODELS, 'Tokens that a question took.'),
  'cost.tokens_out_total': count(null, ASK_MODELS, 'Tokens that an answer took.'),
  'cost.usd_estimate': told('gauge', 'None', null, ASK_MODELS, 'US dollars of a question, by the dated price table.'),

  'policy.decisions_total': count('channel', ['classify'], 'Decisions made.'),
  'policy.tier0_total': count('channel', ['classify'], 'Decisions that are Tier 0: always a person.'),
  'policy.automation_attempt_total': count('channel', ['classify'], 'Decisions that ask for a reply.'),
  'policy.automation_blocked_total': count('channel', ['classify', 'verify'], 'Replies that a gate objected to.'),
  'policy.override_total': count(
    'channel',
    ['classify'],
    'Decisions whose intent is not the one that the classifier ranked first.',
  ),
  'policy.safe_mode_total': count('channel', ['classify'], 'Decisions made while safe mode or catch-up mode is on.'),
  'policy.redecided_total': count('channel', ['auditor'], 'Recorded decisions that were made again, as a sample.'),
  'policy.not_reproduced_total': count(
    'channel',
    ['auditor'],
    'Decisions that came out differently when made again: a bug.',
  ),
  'policy.impossible_reply_total': count(
    'channel',
    ['auditor'],
    'Replies that were sent although a switch said no: a bug.',
  ),
  'policy.forbidden_reply_total': count(
    'channel',
    ['auditor'],
    'Replies of Tier 0, or of Tier 2 without a match: a bug.',
  ),

  'verify.approved_total': count(null, ['verify'], 'Replies approved.'),
  'verify.denied_total': count(null, ['verify'], 'Replies denied.'),
  'order_lookup.matched_total': count(null, ['order-lookup'], 'Look-ups that found the one order.'),
  'order_lookup.not_matched_total': count(null, ['order-lookup'], 'Look-ups without one certain order.'),
  'order_lookup.failed_total': count(null, ['order-lookup'], 'Look-ups that failed.'),

  'responder.reply_sent_total': count('channel', SETTLERS, 'Replies that the helpdesk confirmed.'),
  'responder.reply_failed_total': count(
    'channel',
    SETTLERS,
    'Replies that were not sent although approved: refused, or stalled.',
  ),
  'responder.reply_suppressed_total': count('channel', SETTLERS, 'Approved replies that were withheld at the door.'),
  'responder.reply_unknown_total': count(
    'channel',
    SETTLERS,
    'Replies whose outcome nobody can prove; never sent again.',
  ),
  'responder.route_only_total': count('channel', ['responder-route'], 'Tickets routed where no reply was asked for.'),
  'responder.routed_total': count('channel', ROUTERS, 'Routes written to a ticket.'),
  'responder.resolved_total': count('channel', ['responder-reply'], 'Tickets resolved after a reply.'),
  'responder.duplicate_action_prevented_total': count(
    null,
    ['responder-reply'],
    'Second sends that the claim stopped.',
  ),
  'responder.residual_race_total': count(
    null,
    ['responder-reply'],
    'Comments that fell into the window between the last reading and the send.',
  ),
  'responder.unchecked_window_ms': milliseconds(
    null,
    ['responder-reply'],
    'From the last reading of the ticket to the send.',
  ),

  'automation.reopen_total': count(null, ROUTERS, 'Tickets opened again that we had resolved.'),
  'automation.late_escalation_total': count(
    null,
    ['auditor'],
    'Escalations to Tier 0 after the classification: by a verifier, or at the door.',
  ),

  'sequence.stale_total': count(null, ROUTERS, 'Routes dropped because a newer or higher one stands.'),
  'sequence.superseded_total': count(
    null,
    ['classify', 'responder-reply'],
    'Messages and replies that a newer message overtook.',
  ),

  'redaction.failed_total': count(null, ['classify'], 'Texts that could not be redacted: nobody is asked about them.'),
  'logging.dropped_keys_total': count(null, EVERYBODY, 'Fields that a log line may not have.'),
  'flags.read_failed_total': count(null, EVERYBODY, 'Reads of the flags that failed: everything is at its safe value.'),
  'flags.malformed_total': count(null, EVERYBODY, 'Flags whose value means nothing.'),
  'flags.changed_total': count(null, ['flag-watcher'], 'Changes of flags.'),
  'flags.state': gauge('flag', ['sweeper'], 'What a switch stands at: 1 on, 0 off.'),

  'reconciler.missed_total': count(null, ['reconciler'], 'Comments that no webhook had told of.'),
  'reconciler.unread_tickets': gauge(null, ['reconciler'], 'Open tickets that a run did not come to.'),
  'reconciler.list_refused_total': count(null, ['reconciler'], 'Runs whose list of tickets the helpdesk refused.'),

  'quality.unknown_intent_total': count('channel', ['auditor'], 'Decisions without an intent that we know.'),
  'quality.unsure_total': count('channel', ['auditor'], 'Decisions whose route is less sure than 0.50.'),
  'quality.tier2_total': count('channel', ['auditor'], 'Decisions for which a reply of Tier 2 is possible.'),
  'quality.order_status_total': count('channel', ['auditor'], 'Decisions about where an order is.'),
  'quality.classifiers_compared_total': count('channel', ['classify'], 'Messages that both classifiers judged.'),
  'quality.classifiers_disagreed_total': count('channel', ['classify'], 'Of these, those judged differently.'),
  'quality.tier0_compared_total': count(
    'channel',
    ['classify'],
    'Messages of the screen that a classifier saw for statistics.',
  ),
  'quality.tier0_unconfirmed_total': count('channel', ['classify'], 'Of these, those in which it saw no Tier 0.'),
} as const satisfies Readonly<Record<string, MetricDeclaration>>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** Names of platform §6.3 that nobody tells, each with its reason. They are no `MetricName`: nothing can refer to them. */
export const UNTOLD_METRICS = {
  'bus.dlq_depth':
    'AWS/SQS ApproximateNumberOfMessagesVisible of the dead-letter queue says it; no function may read those queues.',
  'bus.failure_queue_depth':
    'AWS/SQS ApproximateNumberOfMessagesVisible of the failure queue says it; no function may read those queues.',
  'vendor.openai.bucket_wait_ms': 'OpenAI has no shared budget of ours: a refusal with 429 is waited for.',
  'automation.deflection_proxy_total':
    'It takes a look back a day after each reply, which no function does; the facts archive answers it.',
  'quality.misroute_feedback_total': 'No function reads the feedback tags of agents.',
  'quality.bad_reply_feedback_total': 'No function reads the feedback tags of agents.',
} as const satisfies Readonly<Record<string, string>>;

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

/** These are told apart by function. */
export function isByFunction(metric: MetricName): boolean {
  return METRICS[metric].by === 'function';
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
