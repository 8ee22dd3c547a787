import type { GetMetricDataCommand, GetMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { lastReplyIn } from './last-reply.ts';

type Page = Partial<GetMetricDataCommandOutput>;

function cloudWatch(...pages: readonly Page[]) {
  const asked: GetMetricDataCommand['input'][] = [];
  const send = async ({ input }: GetMetricDataCommand) => pages[asked.push(input) - 1] ?? {};
  return { asked, client: { send } as never };
}

const NOW = Date.UTC(2026, 0, 31, 12, 0, 30);
const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 11, minute));

describe('the last reply of a deployed stage', () => {
  it('is the end of the last minute that has one, on either channel, over all pages', async () => {
    const { client, asked } = cloudWatch(
      { NextToken: 'more', MetricDataResults: [{ Id: 'livechat', Timestamps: [at(10), at(50)], Values: [2, 0] }] },
      { MetricDataResults: [{ Id: 'email', Timestamps: [at(20)], Values: [1] }] },
    );
    expect(await lastReplyIn(client, 'prod', NOW)).toBe('2026-01-31T11:20:59.999Z');
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
    expect(asked[0]?.EndTime).toEqual(new Date(Date.UTC(2026, 0, 31, 12, 1)));
    expect(asked[0]?.MetricDataQueries?.map(({ MetricStat }) => MetricStat?.Metric)).toEqual(
      ['livechat', 'email'].map((channel) => ({
        Namespace: 'frontdesk',
        MetricName: 'responder.reply_sent_total',
        Dimensions: [
          { Name: 'env', Value: 'prod' },
          { Name: 'channel', Value: channel },
        ],
      })),
    );
  });

  it('is null where none was sent within a week', async () => {
    const { client } = cloudWatch({ MetricDataResults: [{ Id: 'email', Timestamps: [at(1)], Values: [0] }] });
    expect(await lastReplyIn(client, 'prod', NOW)).toBeNull();
  });
});
