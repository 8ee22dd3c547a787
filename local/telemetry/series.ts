/** Metric series by the minute, as CloudWatch keeps them: what functions and platform record, for alarms, `status` and `metrics`. */
import type { MetricQuery, MetricReader, Statistic } from './metric-reader.ts';

export type Recorded = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** What one minute holds of one series. */
export type Cell = {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** For percentiles: the last of them. */
  readonly values: readonly number[];
};

export type SeriesName = Pick<Recorded, 'namespace' | 'metric' | 'dimensions'>;

export type Series = MetricReader & {
  record(recorded: Recorded): void;
  /** Adds what a former process kept; what is too old is left out. */
  restore(name: SeriesName, minuteAt: number, cell: Cell): void;
  /** What was recorded since the last call, for the file. */
  takeNew(): { readonly name: SeriesName; readonly minuteAt: number; readonly cell: Cell }[];
  names(): readonly SeriesName[];
  /** Minutes of a series, oldest first. @param fromMs  epoch milliseconds; `toMs` is out */
  cells(name: SeriesName, fromMs: number, toMs: number): readonly Cell[];
};

const MINUTE_MS = 60_000;
/** Longer than any alarm looks back, and what `metrics` shows of a day. */
export const KEPT_MINUTES = 25 * 60;
/** Dimensions are closed lists: more than these is a bug, and shall not fill the memory. */
const MOST_SERIES = 2_000;
const MOST_VALUES = 500;

type Kept = { readonly name: SeriesName; readonly cells: Map<number, Cell> };

/** @param timeScale  a minute of the stage lasts so much less of the clock's */
export function createSeries(timeScale: number, now: () => number = Date.now): Series {
  const minuteMs = MINUTE_MS * timeScale;
  const kept = new Map<string, Kept>();
  let fresh = new Map<string, Kept>();
  let swept = 0;

  function add(into: Map<string, Kept>, name: SeriesName, minuteAt: number, cell: Cell): void {
    const key = keyOf(name);
    const series = into.get(key) ?? { name, cells: new Map() };
    if (into.size >= MOST_SERIES && !into.has(key)) return;
    into.set(key, series);
    series.cells.set(minuteAt, joined(series.cells.get(minuteAt), cell));
  }

  /** Once a minute. */
  function forgetOld(): void {
    const minute = Math.floor(now() / minuteMs);
    if (minute === swept) return;
    swept = minute;
    const oldest = (minute - KEPT_MINUTES) * minuteMs;
    for (const { cells } of kept.values())
      for (const at of cells.keys()) {
        // In the order of their recording, nearly: what comes after the first young one waits for the next time.
        if (at >= oldest) break;
        cells.delete(at);
      }
  }

  return {
    record({ namespace, metric, dimensions, value, at }) {
      if (!Number.isFinite(value)) return;
      forgetOld();
      const name = { namespace, metric, dimensions };
      const minuteAt = Math.floor(at / minuteMs) * minuteMs;
      const cell = { count: 1, sum: value, min: value, max: value, values: [value] };
      add(kept, name, minuteAt, cell);
      add(fresh, name, minuteAt, cell);
    },
    restore(name, minuteAt, cell) {
      forgetOld();
      if (minuteAt >= now() - KEPT_MINUTES * minuteMs) add(kept, name, minuteAt, cell);
    },
    takeNew() {
      const taken = [...fresh.values()].flatMap(({ name, cells }) =>
        [...cells].map(([minuteAt, cell]) => ({ name, minuteAt, cell })),
      );
      fresh = new Map();
      return taken;
    },
    names: () => [...kept.values()].map(({ name }) => name),
    cells: (name, fromMs, toMs) =>
      [...(kept.get(keyOf(name))?.cells ?? [])]
        .filter(([at]) => at >= fromMs && at < toMs)
        .toSorted(([left], [right]) => left - right)
        .map(([, cell]) => cell),
    values(query) {
      const cells = kept.get(keyOf(query))?.cells;
      return periodsOf(query, timeScale).map(([from, to]) => {
        let cell: Cell | undefined;
        for (let at = Math.floor(from / minuteMs) * minuteMs; at < to; at += minuteMs) {
          const minute = cells?.get(at);
          if (minute) cell = joined(cell, minute);
        }
        return cell === undefined ? null : statisticOf(cell, query.statistic);
      });
    },
  };
}

function periodsOf({ periodSeconds, fromMs, toMs }: MetricQuery, timeScale: number): [number, number][] {
  const periodMs = periodSeconds * 1000 * timeScale;
  return Array.from({ length: Math.max(0, Math.ceil((toMs - fromMs) / periodMs)) }, (_, index) => [
    fromMs + index * periodMs,
    fromMs + (index + 1) * periodMs,
  ]);
}

function joined(one: Cell | undefined, other: Cell): Cell {
  if (one === undefined) return other;
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
    values: [...one.values, ...other.values].slice(-MOST_VALUES),
  };
}

function statisticOf({ count, sum, min, max, values }: Cell, statistic: Statistic): number {
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / count;
    case 'Maximum':
      return max;
    case 'Minimum':
      return min;
    case 'SampleCount':
      return count;
    case 'p95':
      return percentile(values, 0.95);
    case 'p99':
      return percentile(values, 0.99);
    default:
      return statistic satisfies never;
  }
}

/** The nearest rank. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function keyOf({ namespace, metric, dimensions }: SeriesName): string {
  const sorted = Object.entries(dimensions).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([namespace, metric, sorted]);
}
