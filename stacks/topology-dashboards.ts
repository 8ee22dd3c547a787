/** Dashboards A to G of platform §6.4, from the same metrics as the alarms. */
import { FLAG_KEYS, FLAGS } from '../events/flags.ts';
import { CHANNELS, type FunctionName } from '../events/words.ts';
import { FUNCTION_SETTINGS } from '../functions/shared/function-settings.ts';
import type { MetricName } from '../functions/shared/telemetry/metrics.ts';
import { API_ID, accepted } from './alarms/intake.ts';
import { archived, deadLettersOf, oldestUnsettled, throttlesOf } from './alarms/queues.ts';
import { native, own, type Series, type Signal, type Statistic, share, sum } from './alarms/signal.ts';
import type { Dashboard, Graph, Line } from './dashboards/types.ts';
import { functionName } from './topology-names.ts';

const MINUTE = 60;
const FIVE_MINUTES = 300;
const HOUR = 3_600;
const DAY = 86_400;
/** AWS keeps what CloudFront's web ACL counts there. */
const EDGE_REGION = 'us-east-1';

const FUNCTIONS: readonly FunctionName[] = FUNCTION_SETTINGS.map(({ name }) => name);
const CONSUMERS = FUNCTION_SETTINGS.filter(({ laterQueue }) => laterQueue).map(({ name }) => name);
const VENDORS = ['richpanel', 'openai'] as const;

/** @param env  which names the stage's resources have */
export function dashboardsOf(env: string): readonly Dashboard[] {
  return [health(env), vendors(env), automation(env), quality(env), cost(env), security(env), choreography(env)];
}

function health(env: string): Dashboard {
  const api = { ApiId: API_ID };
  return {
    id: 'A',
    title: 'System health',
    graphs: [
      lines('Messages accepted a minute', MINUTE, { accepted: accepted(env) }),
      lines('Refused, and failed', FIVE_MINUTES, {
        '4xx': native('AWS/ApiGateway', '4xx', 'Sum', api),
        '5xx': native('AWS/ApiGateway', '5xx', 'Sum', api),
        'not published': own(env, 'ingress.publish_failed_total', 'Sum'),
      }),
      lines('Answer of the webhook (ms)', FIVE_MINUTES, {
        p95: own(env, 'ingress.ack_latency_ms', 'p95'),
        p99: own(env, 'ingress.ack_latency_ms', 'p99'),
      }),
      lines('Oldest unsettled message (s)', MINUTE, {
        all: oldestUnsettled(env),
        'live chat': own(env, 'bus.oldest_unsettled_age_s', 'Maximum', { channel: 'livechat' }),
      }),
      lines(
        'Lag of each consumer (ms, p95)',
        FIVE_MINUTES,
        each(CONSUMERS, (name) => own(env, 'consumer.event_lag_ms', 'p95', { function: name })),
      ),
      lines(
        'Age of what waits for a function (ms)',
        FIVE_MINUTES,
        each(FUNCTIONS, (name) => lambda(env, name, 'AsyncEventAge', 'Maximum')),
      ),
      lines('Dead letters', FIVE_MINUTES, deadLettersOf(env)),
      lines(
        'Errors',
        FIVE_MINUTES,
        each(FUNCTIONS, (name) => lambda(env, name, 'Errors', 'Sum')),
      ),
      lines(
        'Throttles',
        FIVE_MINUTES,
        each(FUNCTIONS, (name) => lambda(env, name, 'Throttles', 'Sum')),
      ),
      lines(
        'Running at once',
        FIVE_MINUTES,
        each(FUNCTIONS, (name) => lambda(env, name, 'ConcurrentExecutions', 'Maximum')),
      ),
      lines('Throttled tables', FIVE_MINUTES, throttlesOf(env)),
      lines('Latency to route, to reply, to the end (ms, p95)', FIVE_MINUTES, {
        route: own(env, 'pipeline.routing_latency_ms', 'p95'),
        reply: own(env, 'pipeline.reply_latency_ms', 'p95'),
        end: own(env, 'pipeline.end_to_end_latency_ms', 'p95'),
      }),
    ],
  };
}

function vendors(env: string): Dashboard {
  return {
    id: 'B',
    title: 'Vendor health',
    graphs: [
      ...VENDORS.flatMap((vendor): Graph[] => [
        lines(`${vendor}: calls`, FIVE_MINUTES, {
          calls: own(env, `vendor.${vendor}.requests_total`, 'Sum'),
          failed: own(env, `vendor.${vendor}.errors_total`, 'Sum'),
          'refused (429)': own(env, `vendor.${vendor}.rate_limited_total`, 'Sum'),
        }),
        lines(`${vendor}: latency (ms)`, FIVE_MINUTES, {
          p95: own(env, `vendor.${vendor}.latency_ms`, 'p95'),
          p99: own(env, `vendor.${vendor}.latency_ms`, 'p99'),
        }),
        lines(`${vendor}: breaker open`, MINUTE, { open: own(env, 'vendor.circuit_open', 'Maximum', { vendor }) }),
      ]),
      lines('richpanel: wait for a place in the budget (ms)', FIVE_MINUTES, {
        p95: own(env, 'vendor.richpanel.bucket_wait_ms', 'p95'),
      }),
    ],
  };
}

function automation(env: string): Dashboard {
  const replied = (metric: MetricName): Series => own(env, metric, 'Sum');
  const matched = replied('order_lookup.matched_total');
  const switches = FLAG_KEYS.filter((name) => FLAGS[name].kind === 'boolean' && FLAGS[name].stopRelevant);
  return {
    id: 'C',
    title: 'Automation and safety',
    graphs: [
      bars('Replies', HOUR, {
        wanted: replied('policy.automation_attempt_total'),
        blocked: replied('policy.automation_blocked_total'),
        sent: replied('responder.reply_sent_total'),
        failed: replied('responder.reply_failed_total'),
        withheld: replied('responder.reply_suppressed_total'),
        unknown: replied('responder.reply_unknown_total'),
      }),
      lines('Tier 0 decisions (must not stay at zero)', HOUR, { 'Tier 0': replied('policy.tier0_total') }),
      number('Replies that must never be', DAY, {
        'a switch said no': replied('policy.impossible_reply_total'),
        'Tier 0, or Tier 2 without a match': replied('policy.forbidden_reply_total'),
      }),
      lines(
        'Switches that stop (1 is on)',
        MINUTE,
        each(switches, (flag) => own(env, 'flags.state', 'Maximum', { flag })),
      ),
      lines('Match rate of orders', HOUR, {
        matched: share(matched, sum(matched, replied('order_lookup.not_matched_total'))),
      }),
      lines('Second sends stopped, late comments', HOUR, {
        'second sends': replied('responder.duplicate_action_prevented_total'),
        'late comments': replied('responder.residual_race_total'),
      }),
      logs(
        'Replies by template',
        env,
        ['responder-reply'],
        "filter event = 'vendor.richpanel.message.send.success' | stats count() as replies by template_id | sort replies desc",
      ),
    ],
  };
}

function quality(env: string): Dashboard {
  const decisions = own(env, 'policy.decisions_total', 'Sum');
  const ofDecisions = (metric: MetricName): Signal => share(own(env, metric, 'Sum'), decisions);
  const decided = "filter event = 'policy.decision.made'";
  return {
    id: 'D',
    title: 'Quality',
    graphs: [
      logs(
        'Confidence',
        env,
        ['classify'],
        `${decided} | stats count() as decisions by floor(confidence * 10) / 10 as confidence_from | sort confidence_from`,
      ),
      logs('Intents', env, ['classify'], `${decided} | stats count() as decisions by intent | sort decisions desc`),
      lines('Blocked replies among those wanted', HOUR, {
        blocked: share(
          own(env, 'policy.automation_blocked_total', 'Sum'),
          own(env, 'policy.automation_attempt_total', 'Sum'),
        ),
      }),
      bars('Decisions against the classifier’s first choice, a day', DAY, {
        overrides: own(env, 'policy.override_total', 'Sum'),
      }),
      lines('Shares of decisions', DAY, {
        'no intent': ofDecisions('quality.unknown_intent_total'),
        unsure: ofDecisions('quality.unsure_total'),
        'Tier 2': ofDecisions('quality.tier2_total'),
        'order status': ofDecisions('quality.order_status_total'),
      }),
      lines('Put right by people, a day', DAY, {
        'opened again': own(env, 'automation.reopen_total', 'Sum'),
        'escalated late': own(env, 'automation.late_escalation_total', 'Sum'),
      }),
      bars(
        'Decisions by channel',
        HOUR,
        each(CHANNELS, (channel) => own(env, 'policy.decisions_total', 'Sum', { channel })),
      ),
    ],
  };
}

function cost(env: string): Dashboard {
  const tokens = sum(own(env, 'cost.tokens_in_total', 'Sum'), own(env, 'cost.tokens_out_total', 'Sum'));
  return {
    id: 'E',
    title: 'Cost',
    graphs: [
      bars('Tokens a day', DAY, {
        in: own(env, 'cost.tokens_in_total', 'Sum'),
        out: own(env, 'cost.tokens_out_total', 'Sum'),
      }),
      lines('Tokens a decision', DAY, { tokens: share(tokens, own(env, 'policy.decisions_total', 'Sum')) }),
      bars('Model, US dollars a day (the account’s budgets watch the rest)', DAY, {
        usd: own(env, 'cost.usd_estimate', 'Sum'),
      }),
    ],
  };
}

function security(env: string): Dashboard {
  const api = { ApiId: API_ID };
  const rule = (name: string): Series =>
    native('AWS/Events', 'Invocations', 'Sum', { RuleName: `frontdesk-${env}-alarm-${name}` });
  return {
    id: 'F',
    title: 'Security',
    graphs: [
      lines('Requests and refusals', FIVE_MINUTES, {
        requests: native('AWS/ApiGateway', 'Count', 'Sum', api),
        '4xx': native('AWS/ApiGateway', '4xx', 'Sum', api),
      }),
      lines('Refused for their secret', FIVE_MINUTES, { refused: own(env, 'ingress.auth_invalid_total', 'Sum') }),
      {
        ...lines('Blocked by the web ACL', FIVE_MINUTES, {
          blocked: native('AWS/WAFV2', 'BlockedRequests', 'Sum', { WebACL: `frontdesk-${env}-all`, Rule: 'ALL' }),
        }),
        region: EDGE_REGION,
      },
      lines('Texts that could not be redacted; fields kept out of logs', HOUR, {
        redaction: own(env, 'redaction.failed_total', 'Sum'),
        'dropped fields': own(env, 'logging.dropped_keys_total', 'Sum'),
      }),
      number('Break-glass', DAY, { taken: rule('S3-assumed'), 'changes made with it': rule('S3-used') }),
      number('Replays', DAY, {
        'of our tool': own(env, 'bus.replays_started_total', 'Sum'),
        'by anybody': rule('S6-started'),
        'astray or unbounded': sum(rule('S6-astray'), rule('S6-unbounded')),
      }),
      lines('Flags that could not be read', FIVE_MINUTES, { failed: own(env, 'flags.read_failed_total', 'Sum') }),
    ],
  };
}

function choreography(env: string): Dashboard {
  const counted = (metric: MetricName): Series => own(env, metric, 'Sum');
  const hops: readonly (readonly [string, Series])[] = [
    ['received', accepted(env)],
    ['classified', counted('policy.decisions_total')],
    ['routed', counted('responder.routed_total')],
    ['approved', counted('verify.approved_total')],
    ['sent', counted('responder.reply_sent_total')],
  ];
  const passed = hops.slice(1).map(([name, series], index): readonly [string, Signal] => {
    const [before, whole] = hops[index] ?? ['', series];
    return [`${name} of ${before}`, share(series, whole)];
  });
  return {
    id: 'G',
    title: 'Choreography',
    graphs: [
      bars('From a message to a reply', HOUR, Object.fromEntries(hops)),
      lines('What goes on from hop to hop', HOUR, Object.fromEntries(passed)),
      lines(
        'Replayed events',
        FIVE_MINUTES,
        each(CONSUMERS, (name) => own(env, 'bus.replayed_events_total', 'Sum', { function: name })),
      ),
      lines('Archived events', FIVE_MINUTES, { recovery: archived(env) }),
      lines('Under way', MINUTE, { 'in flight': own(env, 'bus.inflight', 'Maximum') }),
      lines(
        'Parked',
        FIVE_MINUTES,
        each(CONSUMERS, (name) => own(env, 'consumer.parked_total', 'Sum', { function: name })),
      ),
    ],
  };
}

type Lines = Readonly<Record<string, Signal>>;
type Drawn = Extract<Graph, { readonly lines: readonly Line[] }>;
const linesOf = (given: Lines): readonly Line[] => Object.entries(given).map(([label, signal]) => ({ label, signal }));
const lines = (title: string, periodSeconds: number, given: Lines): Drawn => ({
  kind: 'lines',
  title,
  periodSeconds,
  lines: linesOf(given),
});
const bars = (title: string, periodSeconds: number, given: Lines): Drawn => ({
  kind: 'bars',
  title,
  periodSeconds,
  lines: linesOf(given),
});
const number = (title: string, periodSeconds: number, given: Lines): Drawn => ({
  kind: 'number',
  title,
  periodSeconds,
  lines: linesOf(given),
});
const logs = (title: string, env: string, names: readonly FunctionName[], query: string): Graph => ({
  kind: 'logs',
  title,
  groups: names.map((name) => `/aws/lambda/${functionName(env, name)}`),
  query,
});

function each<T extends string>(names: readonly T[], signalOf: (name: T) => Signal): Lines {
  return Object.fromEntries(names.map((name) => [name, signalOf(name)]));
}

function lambda(
  env: string,
  name: FunctionName,
  metric: 'AsyncEventAge' | 'ConcurrentExecutions' | 'Errors' | 'Throttles',
  statistic: Statistic,
): Series {
  return native('AWS/Lambda', metric, statistic, { FunctionName: functionName(env, name) });
}
