/** What the console's page of health shows: promises and their budgets, alarms, breakers, budgets of the vendor, disk. */
import { join } from 'node:path';
import { METRIC_NAMESPACE, type MetricName } from '../../functions/shared/telemetry/metrics.ts';
import { ALARMS_FILE, readRinging } from '../../local/alarms/alarms-file.ts';
import type { Statistic } from '../../local/telemetry/metric-reader.ts';
import type { Series } from '../../local/telemetry/series.ts';
import type { Answer, Context } from '../context.ts';
import { flagStore } from '../flags/parameters.ts';
import { alarmsNow } from '../health/alarms.ts';
import { readBreakers } from '../health/breakers.ts';
import { type Bucket, readBuckets } from '../health/buckets.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import { folderBytes } from '../health/disk.ts';
import { readInFlight } from '../health/ledger.ts';
import { type Cells, PROMISES } from '../health/promises.ts';
import { type Standing, standingOf } from '../health/slo.ts';
import { type StandingAlarm, standingAlarms } from '../health/standing-alarms.ts';
import { readVendorCalls, type VendorCalls } from '../health/vendor-calls.ts';
import { requireInstance, stageOf } from '../instance/instance.ts';
import { readOptions } from '../instance/sandbox.ts';
import { endpointTables } from '../instance/tables.ts';
import { keptSeries } from '../telemetry/kept-series.ts';

const HOUR_MS = 3_600_000;
/** A day, within what is kept. */
const WINDOW_HOURS = 24;
const TREND_SECONDS = 1_800;

export type HealthValue = {
  /** The window of promises and trends, in hours of the stage's own time. */
  readonly windowHours: number;
  readonly slos: readonly ({ readonly id: string; readonly name: string; readonly promise: string } & Standing)[];
  readonly alarms: readonly StandingAlarm[];
  readonly inFlight: number;
  readonly oldestUnsettledS: number;
  /** Queue → messages, those that hold some. */
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly breakers: Readonly<Record<string, 'open' | 'closed'>>;
  readonly calls: readonly VendorCalls[];
  readonly buckets: readonly Bucket[];
  readonly limits: 'vendor' | 'off';
  readonly bytes: number;
  readonly trends: Trends;
};

export type Trends = {
  /** Beginnings of the periods, epoch milliseconds. */
  readonly at: readonly number[];
  readonly received: readonly (number | null)[];
  readonly replied: readonly (number | null)[];
  readonly settledP95S: readonly (number | null)[];
  readonly waitP95Ms: readonly (number | null)[];
  readonly tokensIn: readonly (number | null)[];
  readonly tokensOut: readonly (number | null)[];
  readonly modelUsd: readonly (number | null)[];
};

export async function health(context: Context): Promise<Pick<Answer, 'value'>> {
  const instance = requireInstance(context);
  const tables = endpointTables(instance);
  const flags = flagStore(instance);
  try {
    const now = Date.now();
    const env = stageOf(instance);
    const [inFlight, deadLetters, breakers, calls, buckets, sandbox, flagsReadable] = await Promise.all([
      readInFlight(tables, now),
      readDeadLetters(instance),
      readBreakers(tables, context.dataDir),
      readVendorCalls(tables, now, instance.timeScale),
      readBuckets(tables, now),
      instance.sandbox ? readOptions(instance) : { isLimited: true },
      flags.all().then(
        () => true,
        () => false,
      ),
    ]);
    const series = keptSeries(context.dataDir, instance.timeScale);
    const present = alarmsNow({
      oldestUnsettledS: inFlight.oldestSeconds,
      deadLetters: Object.values(deadLetters).reduce((sum, messages) => sum + messages, 0),
      flagsReadable,
      openBreakers: Object.keys(breakers).filter((vendor) => breakers[vendor] === 'open'),
    });
    const value: HealthValue = {
      windowHours: WINDOW_HOURS,
      slos: slosOf(series, env, now, instance.timeScale),
      alarms: standingAlarms(present, readRinging(join(context.dataDir, ALARMS_FILE))),
      inFlight: inFlight.messages,
      oldestUnsettledS: inFlight.oldestSeconds,
      deadLetters,
      breakers,
      calls,
      buckets,
      limits: sandbox.isLimited ? 'vendor' : 'off',
      bytes: folderBytes(context.dataDir),
      trends: trendsOf(series, env, now, instance.timeScale),
    };
    return { value };
  } finally {
    flags.close();
    await tables.close();
  }
}

function slosOf(series: Series, env: string, now: number, timeScale: number): HealthValue['slos'] {
  const since = (hours: number): Cells => {
    const from = now - hours * HOUR_MS * timeScale;
    return (metric, by) =>
      series.cells(
        { namespace: METRIC_NAMESPACE, metric, dimensions: { env, ...(by !== undefined && { [by[0]]: by[1] }) } },
        from,
        now + 1,
      );
  };
  const [whole, recent] = [since(WINDOW_HOURS), since(1)];
  return PROMISES.map(({ id, name, promise, target, count }) => ({
    ...{ id, name, promise },
    ...standingOf(target, count(whole), count(recent), WINDOW_HOURS),
  }));
}

function trendsOf(series: Series, env: string, now: number, timeScale: number): Trends {
  const periodMs = TREND_SECONDS * 1000 * timeScale;
  const toMs = Math.ceil(now / periodMs) * periodMs;
  const fromMs = toMs - WINDOW_HOURS * HOUR_MS * timeScale;
  const values = (metric: MetricName, statistic: Statistic, by = {}) =>
    series.values({
      ...{ namespace: METRIC_NAMESPACE, metric, dimensions: { env, ...by } },
      ...{ statistic, periodSeconds: TREND_SECONDS, fromMs, toMs },
    });
  const received = values('ingress.requests_total', 'Sum', { result: 'accepted' });
  return {
    at: received.map((_, index) => fromMs + index * periodMs),
    received,
    replied: values('responder.reply_sent_total', 'Sum'),
    settledP95S: values('pipeline.end_to_end_latency_ms', 'p95').map((ms) => (ms === null ? null : ms / 1000)),
    waitP95Ms: values('vendor.richpanel.bucket_wait_ms', 'p95'),
    tokensIn: values('cost.tokens_in_total', 'Sum'),
    tokensOut: values('cost.tokens_out_total', 'Sum'),
    modelUsd: values('cost.usd_estimate', 'Sum'),
  };
}
