/** What the door measured, read from where it stands: the log on this machine, CloudWatch on AWS. */
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, describe, expect, it } from 'vitest';
import { gaugesInCloudWatch } from './gauges-in-cloudwatch.ts';
import { gaugesInLog } from './gauges-in-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-gauges-'));
const log = join(folder, 'functions.log');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As Powertools writes it: a number, or a list where several were told before a flush. */
const line = (at: number, metrics: Readonly<Record<string, number | number[]>>): string =>
  `${JSON.stringify({ _aws: { Timestamp: at, CloudWatchMetrics: [] }, env: 'local', ...metrics })}\n`;

describe('gauges in the log', () => {
  it('counts what came since an instant, goes on where it stopped, and follows a new file', async () => {
    writeFileSync(
      log,
      line(1_000, { 'ingress.requests_total': 1, 'ingress.auth_token_slot': 1 }) +
        '{"ts":"2026-01-31T09:30:00.000Z","level":"WARN","event":"ingress.request.rejected","http_status":401}\n' +
        line(2_000, { 'ingress.requests_total': [1, 1], 'ingress.auth_token_slot': [0, 1] }) +
        line(3_000, { 'ingress.requests_total': 1, 'ingress.auth_invalid_total': 1, 'ingress.rejected_total': 1 }),
    );
    const gauges = gaugesInLog(folder);
    const use = { requests: 3, authFailures: 1, duplicates: 0, failed: 0, stayingAt: 2_000, goingAt: 2_000 };
    expect(await gauges.since(2_000, 1)).toEqual(use);
    expect(await gauges.lastUses(0, 3)).toEqual([2_000, 2_000, null]);

    const whole = line(4_000, {
      'ingress.requests_total': 1,
      'ingress.auth_token_slot': 0,
      'ingress.duplicates_total': 1,
    });
    appendFileSync(log, whole.slice(0, 30));
    expect((await gauges.since(2_000, 1)).requests, 'half a line is none').toBe(3);
    appendFileSync(log, whole.slice(30));
    renameSync(log, `${log}.1`);
    writeFileSync(log, line(5_000, { 'ingress.requests_total': 1, 'ingress.publish_failed_total': 1 }));
    const later = { requests: 5, authFailures: 1, duplicates: 1, failed: 1, stayingAt: 4_000, goingAt: 2_000 };
    expect(await gauges.since(2_000, 1)).toEqual(later);
    expect(await gauges.since(2_000, 1)).toEqual(later);
  });

  it('knows nothing where there is no log', async () => {
    const gauges = gaugesInLog(join(folder, 'none'));
    expect(await gauges.since(0, 1)).toMatchObject({ requests: 0, stayingAt: null, goingAt: null });
  });
});

describe('gauges in CloudWatch', () => {
  const NOW = Date.parse('2026-01-31T09:30:30.000Z');
  const minute = (text: string): Date => new Date(`2026-01-31T${text}:00.000Z`);

  /** Answers in two pages, as CloudWatch may. */
  function clientWith(results: Readonly<Record<string, readonly (readonly [Date, number])[]>>) {
    const asked: GetMetricDataCommand['input'][] = [];
    const send = async ({ input }: GetMetricDataCommand) => {
      asked.push(input);
      const ids = Object.keys(results).filter((_, index) => index % 2 === (input.NextToken === undefined ? 0 : 1));
      return {
        MetricDataResults: ids.map((Id) => ({
          Id,
          Timestamps: results[Id]?.map(([at]) => at),
          Values: results[Id]?.map(([, value]) => value),
        })),
        ...(input.NextToken === undefined && { NextToken: 'more' }),
      };
    };
    return { asked, client: { send } as unknown as Pick<CloudWatchClient, 'send'> };
  }

  it('takes a minute for used to its end, and asks for the metrics of the stage', async () => {
    const { asked, client } = clientWith({
      requests: [
        [minute('09:28'), 40],
        [minute('09:29'), 60],
      ],
      auth: [[minute('09:28'), 2]],
      failed: [],
      lowest: [
        [minute('09:28'), 1],
        [minute('09:29'), 0],
      ],
      highest: [
        [minute('09:28'), 1],
        [minute('09:29'), 0],
      ],
    });
    const gauges = gaugesInCloudWatch(client, 'prod', () => NOW);
    expect(await gauges.since(Date.parse('2026-01-31T09:28:20.000Z'), 1)).toEqual({
      requests: 100,
      authFailures: 2,
      duplicates: 0,
      failed: 0,
      stayingAt: Date.parse('2026-01-31T09:29:59.999Z'),
      goingAt: Date.parse('2026-01-31T09:28:59.999Z'),
    });
    expect(asked[0]).toMatchObject({ StartTime: minute('09:28'), EndTime: minute('09:31') });
    expect(asked[0]?.MetricDataQueries?.[0]).toEqual({
      Id: 'requests',
      MetricStat: {
        Metric: {
          Namespace: 'frontdesk',
          MetricName: 'ingress.requests_total',
          Dimensions: [{ Name: 'env', Value: 'prod' }],
        },
        Period: 60,
        Stat: 'Sum',
      },
    });
    expect((await gauges.lastUses(0, 2)).map((at) => at && new Date(at).toISOString())).toEqual([
      '2026-01-31T09:29:59.999Z',
      '2026-01-31T09:28:59.999Z',
    ]);
  });
});
