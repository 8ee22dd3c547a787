import { describe, expect, it } from 'vitest';
import { METRICS } from '../../functions/shared/telemetry/metrics.ts';
import { atMost, type Cells, PROMISES } from './promises.ts';

const cell = (...values: number[]) => ({
  count: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  min: Math.min(...values),
  max: Math.max(...values),
  values,
});
const measured =
  (given: Readonly<Record<string, ReturnType<typeof cell>[]>>): Cells =>
  (metric, by) =>
    given[by === undefined ? metric : `${metric} ${by[1]}`] ?? [];
const counted = (id: string, given: Parameters<typeof measured>[0]) =>
  PROMISES.find((one) => one.id === id)?.count(measured(given));

describe('the promises', () => {
  it('are each measured by a series that has the dimension they ask for', () => {
    for (const { count } of PROMISES)
      count((metric, by) => {
        expect([metric, METRICS[metric].by]).toEqual([metric, by === undefined ? METRICS[metric].by : by[0]]);
        return [];
      });
  });

  it('count an answer to a webhook as bad only where the failure is ours', () => {
    const given = {
      'ingress.requests_total accepted': [cell(1, 1, 1)],
      'ingress.requests_total failed': [cell(1)],
      'ingress.requests_total unauthorized': [cell(1, 1)],
    };
    expect(counted('ack-success', given)).toEqual({ good: 3, total: 4 });
  });

  it('tell live chat from the other channels', () => {
    const given = {
      'pipeline.reply_latency_ms livechat': [cell(24_999, 25_000)],
      'pipeline.reply_latency_ms email': [cell(100_000)],
      'pipeline.reply_latency_ms social': [cell(200_000)],
    };
    expect(counted('chat-replied', given)).toEqual({ good: 1, total: 2 });
    expect(counted('other-replied', given)).toEqual({ good: 1, total: 2 });
  });

  it('are broken by a message that still waits after a day', () => {
    const settled = { 'pipeline.end_to_end_latency_ms': [cell(900, 1_200)] };
    expect(counted('settled', settled)).toEqual({ good: 2, total: 2 });
    expect(counted('settled', { ...settled, 'bus.oldest_unsettled_age_s': [cell(86_401)] })).toEqual({
      ...{ good: 2, total: 3 },
    });
  });

  it('allow no reply that must not be', () => {
    const given = { 'responder.reply_sent_total': [cell(1, 1)], 'policy.forbidden_reply_total': [cell(1)] };
    expect(counted('forbidden', given)).toEqual({ good: 1, total: 2 });
    expect(counted('impossible', given)).toEqual({ good: 2, total: 2 });
  });

  it('take the values that a minute kept for all that it counted', () => {
    expect(atMost([{ ...cell(1, 1, 1, 9), count: 4_000 }], 5)).toEqual({ good: 3_000, total: 4_000 });
  });
});
