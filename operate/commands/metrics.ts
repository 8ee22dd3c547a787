/** `metrics`: what is measured, from the data folder; works without a running instance. */
import { isMetricName, METRIC_NAMES, METRIC_NAMESPACE, METRICS } from '../../functions/shared/telemetry/metrics.ts';
import { METRIC_WORDS } from '../../functions/shared/telemetry/words.ts';
import { KEPT_MINUTES, type SeriesName } from '../../local/telemetry/series.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { findInstance } from '../instance/instance.ts';
import { localTime, parseInstant } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { type Cell, table } from '../table.ts';
import {
  fullName,
  type Kind,
  kindOf,
  openSeries,
  type Shown,
  shownOf,
  together,
  type Window,
} from '../telemetry/measured.ts';
import { spark } from '../telemetry/spark.ts';

const MINUTE_MS = 60_000;

type Options = { readonly since: string; readonly by?: string };

export function metrics(context: Context, name: string | undefined, options: Options): Answer {
  const zone = businessZone(context.variables);
  const now = Date.now();
  const asked = parseInstant(options.since, zone, now);
  if (asked >= now) throw misuse('invalid_time', '--since lies ahead', 'give a time that is over, such as -1h');
  const timeScale = findInstance(context)?.timeScale ?? 1;
  // Nothing older is kept: what is shown as the beginning is one.
  const fromMs = Math.max(asked, now - KEPT_MINUTES * MINUTE_MS * timeScale);
  const window: Window = { fromMs, toMs: now, timeScale };
  const series = openSeries(context.dataDir, timeScale);
  const all = series.names();
  const since = localTime(fromMs, zone);
  if (name === undefined) {
    if (options.by !== undefined)
      throw misuse('name_needed', '--by wants a metric', 'name one, for example consumer.failed_total');
    const listed = [...new Set(all.map(fullName))].toSorted().flatMap((full) => {
      const rows = rowsOf(all, full, undefined).map((row) => shownOf(series, row, window));
      return [{ full, shown: together(rows, kindOf(shortName(full))) }];
    });
    return {
      value: {
        since: new Date(fromMs).toISOString(),
        metrics: listed.map(({ full, shown }) => ({
          name: full,
          kind: kindOf(shortName(full)),
          unit: unitOf(full),
          ...shown,
        })),
      },
      text: `${table(
        ['metric', 'total or last', 'p95', 'highest', `since ${since}`],
        listed.map(({ full, shown }) => [full, ...figures(kindOf(shortName(full)), shown)]),
        'nothing is measured yet',
      )}`,
    };
  }
  const rows = rowsOf(all, name, options.by);
  if (rows.length === 0) throw unknown(name, all, options.by);
  const shown = rows.map((row) => shownOf(series, row, window));
  const kind = kindOf(shortName(name));
  return {
    value: { name, kind, unit: unitOf(name), since: new Date(fromMs).toISOString(), series: shown },
    text: [
      ...(isMetricName(name) ? [METRIC_WORDS[name].says] : []),
      table(
        [options.by ?? 'of', 'total or last', 'p95', 'highest', `since ${since}`],
        shown.map((one) => [labelOf(one, options.by), ...figures(kind, one)]),
      ),
    ].join('\n'),
  };
}

/** Of ours the one under `env` alone, or those of a dimension; of AWS's all there are. */
function rowsOf(all: readonly SeriesName[], name: string, by: string | undefined): readonly SeriesName[] {
  const named = all.filter((series) => fullName(series) === name);
  if (by !== undefined) return named.filter(({ dimensions }) => Object.hasOwn(dimensions, by));
  const whole = named.filter(
    ({ namespace, dimensions }) => namespace === METRIC_NAMESPACE && Object.keys(dimensions).length === 1,
  );
  return whole.length > 0 ? whole : named;
}

const shortName = (full: string): string => (full.startsWith('AWS/') ? (full.split('/').at(-1) ?? full) : full);

function unitOf(full: string): string | null {
  const name = shortName(full);
  return isMetricName(name) ? METRICS[name].unit : null;
}

function labelOf({ dimensions }: Shown, by: string | undefined): string {
  return by === undefined ? Object.values(dimensions).join(' ') : (dimensions[by] ?? '');
}

function figures(kind: Kind, { sum, p95, max, last, points }: Shown): Cell[] {
  const picture = spark(points.map(({ value }) => value));
  if (kind === 'count') return [figure(sum), '', '', picture];
  if (kind === 'gauge') return [figure(last), '', figure(max), picture];
  return ['', figure(p95), figure(max), picture];
}

function figure(value: number | null): Cell {
  if (value === null) return null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

function unknown(name: string, all: readonly SeriesName[], by: string | undefined): Failure {
  const isKnown = isMetricName(name) || all.some((series) => fullName(series) === name);
  if (!isKnown) {
    const near = METRIC_NAMES.find((known) => known.includes(name) || name.includes(known.split('.')[1] ?? known));
    return misuse(
      'unknown_metric',
      `no metric is called ${name}`,
      near === undefined ? '`npx frontdesk metrics` lists them' : `did you mean ${near}?`,
    );
  }
  if (by !== undefined && all.some((series) => fullName(series) === name))
    return misuse('unknown_dimension', `${name} is not told apart by ${by}`, 'docs/telemetry.md says by what');
  return new Failure('no_values', `${name} has no value in this folder`, 'it shows up once something is measured');
}
