/** When a deployed stage last sent a customer a message, by the minute (platform §6.3). */
import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { REPLY_CHANNELS } from '../flags/values.ts';
import { asking } from '../instance/clients.ts';

const MINUTE_MS = 60_000;
/** Metrics are kept by the minute for 15 days. */
const LOOK_BACK_MS = 7 * 86_400_000;
const MOST_POINTS = 100_000;

/**
 * RFC 3339, the last millisecond of that minute, so that no reply is taken for older than it is; `null` for none within a week.
 *
 * @param now  epoch milliseconds; what was sent within the last two minutes may not show
 */
export async function lastReplyIn(
  client: Pick<CloudWatchClient, 'send'>,
  env: string,
  now: number,
): Promise<string | null> {
  let last: number | null = null;
  let NextToken: string | undefined;
  do {
    const page = await asking('CloudWatch', () =>
      client.send(
        new GetMetricDataCommand({
          StartTime: new Date(Math.floor((now - LOOK_BACK_MS) / MINUTE_MS) * MINUTE_MS),
          EndTime: new Date(Math.ceil((now + 1) / MINUTE_MS) * MINUTE_MS),
          MaxDatapoints: MOST_POINTS,
          MetricDataQueries: REPLY_CHANNELS.map((channel) => sentOn(channel, env)),
          ...(NextToken !== undefined && { NextToken }),
        }),
      ),
    );
    for (const { Timestamps = [], Values = [] } of page.MetricDataResults ?? [])
      Timestamps.forEach((at, index) => {
        if ((Values[index] ?? 0) > 0) last = Math.max(last ?? 0, at.getTime());
      });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return last === null ? null : new Date(last + MINUTE_MS - 1).toISOString();
}

function sentOn(channel: string, env: string): MetricDataQuery {
  const Dimensions = [
    { Name: 'env', Value: env },
    { Name: 'channel', Value: channel },
  ];
  const Metric = { Namespace: 'frontdesk', MetricName: 'responder.reply_sent_total', Dimensions };
  return { Id: channel, MetricStat: { Metric, Period: MINUTE_MS / 1_000, Stat: 'Sum' } };
}
