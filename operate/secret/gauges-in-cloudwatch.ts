/** The door's gauges of a deployed stage: CloudWatch, by the minute. */
import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { asking } from '../instance/clients.ts';
import type { DoorGauges, DoorUse } from './door-gauges.ts';

const MINUTE_MS = 60_000;
/** Metrics out of log lines show after a minute or two. */
const LATE_MS = 2 * MINUTE_MS;
/** 500 in one answer by default; a day has more minutes. */
const MOST_POINTS = 100_000;

type Series = Readonly<
  Record<'requests' | 'auth' | 'duplicates' | 'failed' | 'lowest' | 'highest', ReadonlyMap<number, number>>
>;

/** Minute → value by series; an instant stands for its whole minute, so that nothing is thought older than it is. */
export function gaugesInCloudWatch(
  client: Pick<CloudWatchClient, 'send'>,
  env: string,
  now: () => number = Date.now,
): DoorGauges {
  async function series(from: number): Promise<Series> {
    const values = new Map<string, Map<number, number>>();
    let NextToken: string | undefined;
    do {
      const page = await asking('CloudWatch', () =>
        client.send(
          new GetMetricDataCommand({
            StartTime: new Date(Math.floor(from / MINUTE_MS) * MINUTE_MS),
            EndTime: new Date(Math.ceil((now() + 1) / MINUTE_MS) * MINUTE_MS),
            MaxDatapoints: MOST_POINTS,
            MetricDataQueries: queriesOf(env),
            ...(NextToken !== undefined && { NextToken }),
          }),
        ),
      );
      for (const { Id = '', Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
        const known = values.get(Id) ?? new Map<number, number>();
        Timestamps.forEach((at, index) => {
          known.set(at.getTime(), Values[index] ?? 0);
        });
        values.set(Id, known);
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    const of = (id: string): ReadonlyMap<number, number> => values.get(id) ?? new Map();
    return {
      requests: of('requests'),
      auth: of('auth'),
      duplicates: of('duplicates'),
      failed: of('failed'),
      lowest: of('lowest'),
      highest: of('highest'),
    };
  }

  return {
    async since(from, keep): Promise<DoorUse> {
      const { requests, auth, duplicates, failed, lowest, highest } = await series(from);
      return {
        requests: sum(requests),
        authFailures: sum(auth),
        duplicates: sum(duplicates),
        failed: sum(failed),
        stayingAt: lastWhere(lowest, (slot) => slot < keep),
        goingAt: lastWhere(highest, (slot) => slot >= keep),
      };
    },
    async lastUses(from, slots) {
      const { lowest, highest } = await series(from);
      // Of a minute the lowest and the highest are known; with two slots those are all.
      return Array.from({ length: slots }, (_, slot) =>
        latest(
          lastWhere(lowest, (used) => used === slot),
          lastWhere(highest, (used) => used === slot),
        ),
      );
    },
    lateMs: LATE_MS,
  };
}

function queriesOf(env: string): MetricDataQuery[] {
  const query = (Id: string, MetricName: string, Stat: string): MetricDataQuery => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'frontdesk', MetricName, Dimensions: [{ Name: 'env', Value: env }] },
      Period: MINUTE_MS / 1000,
      Stat,
    },
  });
  return [
    query('requests', 'ingress.requests_total', 'Sum'),
    query('auth', 'ingress.auth_invalid_total', 'Sum'),
    query('duplicates', 'ingress.duplicates_total', 'Sum'),
    query('failed', 'ingress.publish_failed_total', 'Sum'),
    query('lowest', 'ingress.auth_token_slot', 'Minimum'),
    query('highest', 'ingress.auth_token_slot', 'Maximum'),
  ];
}

const sum = (series: ReadonlyMap<number, number>): number =>
  [...series.values()].reduce((total, one) => total + one, 0);
const latest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** End of the last minute whose value fits. */
function lastWhere(series: ReadonlyMap<number, number>, fits: (value: number) => boolean): number | null {
  let last: number | null = null;
  for (const [minute, value] of series) if (fits(value)) last = latest(last, minute + MINUTE_MS - 1);
  return last;
}
