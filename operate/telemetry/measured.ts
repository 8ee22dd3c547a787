/** Series of the data folder as an operator asks for them: which statistic says something, and what it comes to. */
import { join } from 'node:path';
import { isMetricName, METRIC_NAMESPACE, METRICS } from '../../functions/shared/telemetry/metrics.ts';
import type { MetricReader, Statistic } from '../../local/telemetry/metric-reader.ts';
import { createSeries, type Series, type SeriesName } from '../../local/telemetry/series.ts';
import { METRICS_FILE, readSeries } from '../../local/telemetry/series-file.ts';

export type Kind = 'count' | 'distribution' | 'gauge';

export type Shown = {
  readonly dimensions: Readonly<Record<string, string>>;
  /** Whole numbers of the time asked for; `null` where nothing was recorded. */
  readonly count: number | null;
  readonly sum: number | null;
  readonly average: number | null;
  readonly p95: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
  readonly points: readonly { readonly at: string; readonly value: number | null }[];
};

export type Window = { readonly fromMs: number; readonly toMs: number; readonly timeScale: number };

/** The picture is so wide. */
const POINTS = 30;
const MINUTE_MS = 60_000;

export function openSeries(dataDir: string, timeScale: number): Series {
  const series = createSeries(timeScale);
  readSeries(series, join(dataDir, METRICS_FILE));
  return series;
}

/** As a person writes it: ours by its name, AWS's with its namespace before it. */
export function fullName({ namespace, metric }: Pick<SeriesName, 'namespace' | 'metric'>): string {
  return namespace === METRIC_NAMESPACE ? metric : `${namespace}/${metric}`;
}

/** AWS's are no declarations of ours. */
const NATIVE_KINDS: Readonly<Record<string, Kind>> = {
  Duration: 'distribution',
  Latency: 'distribution',
  AsyncEventAge: 'distribution',
  ApproximateNumberOfMessagesVisible: 'gauge',
  ApproximateNumberOfMessagesNotVisible: 'gauge',
  ApproximateAgeOfOldestMessage: 'gauge',
};

export function kindOf(metric: string): Kind {
  return isMetricName(metric) ? METRICS[metric].kind : (NATIVE_KINDS[metric] ?? 'count');
}

const DRAWN: Readonly<Record<Kind, Statistic>> = { count: 'Sum', distribution: 'p95', gauge: 'Maximum' };

/** Several rows as one: counts add up, of all else the highest is shown; percentiles of several are none. */
export function together(rows: readonly Shown[], kind: Kind): Shown {
  const [first] = rows;
  if (first === undefined) throw new Error('no row');
  if (rows.length === 1) return first;
  const isCount = kind === 'count';
  const joined = (values: readonly (number | null)[], isSum: boolean): number | null => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return null;
    return isSum ? known.reduce((sum, value) => sum + value, 0) : Math.max(...known);
  };
  const of = (part: 'count' | 'sum' | 'max' | 'last', isSum: boolean) =>
    joined(
      rows.map((row) => row[part]),
      isSum,
    );
  return {
    dimensions: {},
    count: of('count', true),
    sum: of('sum', true),
    average: null,
    p95: null,
    min: null,
    max: of('max', false),
    last: of('last', isCount),
    points: first.points.map(({ at }, index) => ({
      at,
      value: joined(
        rows.map((row) => row.points[index]?.value ?? null),
        isCount,
      ),
    })),
  };
}

export function shownOf(reader: MetricReader, name: SeriesName, { fromMs, toMs, timeScale }: Window): Shown {
  const minuteMs = MINUTE_MS * timeScale;
  const minutes = Math.max(1, Math.ceil((toMs - fromMs) / minuteMs));
  const perPoint = Math.ceil(minutes / POINTS);
  const periodMs = perPoint * minuteMs;
  const end = Math.ceil(toMs / minuteMs) * minuteMs;
  const start = end - Math.ceil(minutes / perPoint) * periodMs;
  const one = (statistic: Statistic): number | null =>
    reader.values({
      ...name,
      statistic,
      periodSeconds: Math.round((end - start) / timeScale / 1000),
      fromMs: start,
      toMs: end,
    })[0] ?? null;
  const drawn = reader.values({
    ...name,
    statistic: DRAWN[kindOf(name.metric)],
    periodSeconds: perPoint * 60,
    fromMs: start,
    toMs: end,
  });
  return {
    dimensions: name.dimensions,
    count: one('SampleCount'),
    sum: one('Sum'),
    average: one('Average'),
    p95: one('p95'),
    min: one('Minimum'),
    max: one('Maximum'),
    last: drawn.findLast((value) => value !== null) ?? null,
    points: drawn.map((value, index) => ({ at: new Date(start + index * periodMs).toISOString(), value })),
  };
}
