/** The promises of platform §5.2, each with the series that it is measured by. Pure. */

import { INGRESS_RESULTS, type MetricName } from '../../functions/shared/telemetry/metrics.ts';
import type { Cell } from '../../local/telemetry/series.ts';
import type { Counted } from './slo.ts';

/** Cells of a series, oldest first. @param by  the value of the metric's own dimension; without it the series of them all */
export type Cells = (metric: MetricName, by?: readonly [dimension: string, value: string]) => readonly Cell[];

export type Promised = {
  readonly id: string;
  readonly name: string;
  /** As platform §5.2 has it. */
  readonly promise: string;
  /** Share that must be good. */
  readonly target: number;
  /** Where messages are answered by the pipeline's own pace: so is what is told of them. */
  readonly count: (cells: Cells) => Counted;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Refused for what the sender did, which is no failure of ours. */
const OURS = INGRESS_RESULTS.filter((result) => ['accepted', 'duplicate', 'ignored', 'failed'].includes(result));
const LIVE_CHAT = [['channel', 'livechat']] as const;
const OTHERS = (['email', 'social', 'tiktok', 'phone', 'unknown'] as const).map((name) => ['channel', name] as const);

type Channels = readonly (readonly [string, string])[];

const within = (metric: MetricName, most: number, channels: Channels) => (cells: Cells) =>
  added(...channels.map((channel) => atMost(cells(metric, channel), most)));

export const PROMISES: readonly Promised[] = [
  {
    ...{ id: 'ack-success', name: 'Webhook answered', promise: '≥ 99.9 % without a failure of ours', target: 0.999 },
    count: (cells) =>
      added(
        ...OURS.map((result) => {
          const total = sumOf(cells('ingress.requests_total', ['result', result]));
          return { good: result === 'failed' ? 0 : total, total };
        }),
      ),
  },
  {
    ...{ id: 'ack-p95', name: 'Webhook answered in time', promise: 'p95 < 500 ms', target: 0.95 },
    count: (cells) => atMost(cells('ingress.ack_latency_ms'), 500),
  },
  {
    ...{ id: 'ack-p99', name: 'Webhook answered, slowest', promise: 'p99 < 1.5 s', target: 0.99 },
    count: (cells) => atMost(cells('ingress.ack_latency_ms'), 1.5 * SECOND),
  },
  {
    ...{ id: 'chat-routed', name: 'Live chat routed', promise: 'p95 < 15 s', target: 0.95 },
    count: within('pipeline.routing_latency_ms', 15 * SECOND, LIVE_CHAT),
  },
  {
    ...{ id: 'chat-replied', name: 'Live chat answered', promise: 'p95 < 25 s', target: 0.95 },
    count: within('pipeline.reply_latency_ms', 25 * SECOND, LIVE_CHAT),
  },
  {
    ...{ id: 'chat-end', name: 'Live chat settled', promise: 'p99 < 60 s', target: 0.99 },
    count: within('pipeline.end_to_end_latency_ms', MINUTE, LIVE_CHAT),
  },
  {
    ...{ id: 'other-routed', name: 'Other channels routed', promise: 'p95 < 60 s', target: 0.95 },
    count: within('pipeline.routing_latency_ms', MINUTE, OTHERS),
  },
  {
    ...{ id: 'other-replied', name: 'Other channels answered', promise: 'p95 < 120 s', target: 0.95 },
    count: within('pipeline.reply_latency_ms', 2 * MINUTE, OTHERS),
  },
  {
    ...{ id: 'other-end', name: 'Other channels settled', promise: 'p99 < 10 min, degraded', target: 0.99 },
    count: within('pipeline.end_to_end_latency_ms', 10 * MINUTE, OTHERS),
  },
  {
    ...{ id: 'oldest', name: 'Oldest unsettled message', promise: 'p95 < 60 s, by looks', target: 0.95 },
    count: (cells) => atMost(cells('bus.oldest_unsettled_age_s'), 60),
  },
  {
    ...{ id: 'settled', name: 'Settled within a day', promise: '100 %', target: 1 },
    count: (cells) => {
      const settled = atMost(cells('pipeline.end_to_end_latency_ms'), DAY);
      // One that still waits after a day has no end to be measured by.
      const isOneLate = cells('bus.oldest_unsettled_age_s').some(({ max }) => max * SECOND > DAY);
      return { good: settled.good, total: settled.total + Number(isOneLate) };
    },
  },
  {
    ...{ id: 'forbidden', name: 'Tier 0 answered, or Tier 2 without a match', promise: 'never', target: 1 },
    count: (cells) => never(cells, 'policy.forbidden_reply_total'),
  },
  {
    ...{ id: 'impossible', name: 'Answered against a switch', promise: 'never', target: 1 },
    count: (cells) => never(cells, 'policy.impossible_reply_total'),
  },
];

/** Out of all replies; one that must not have been counts against them even where no reply was told. */
function never(cells: Cells, metric: MetricName): Counted {
  const bad = sumOf(cells(metric));
  const sent = Math.max(bad, sumOf(cells('responder.reply_sent_total')));
  return { good: sent - bad, total: sent };
}

/** A minute keeps its last 500 values: of a busier one their share stands for all. */
export function atMost(cells: readonly Cell[], most: number): Counted {
  return added(
    ...cells.map(({ count, values }) => {
      const good = values.filter((value) => value < most).length;
      return { good: values.length === 0 ? count : Math.round((good / values.length) * count), total: count };
    }),
  );
}

function sumOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.sum, 0);
}

function added(...all: readonly Counted[]): Counted {
  return all.reduce((sum, { good, total }) => ({ good: sum.good + good, total: sum.total + total }), {
    good: 0,
    total: 0,
  });
}
