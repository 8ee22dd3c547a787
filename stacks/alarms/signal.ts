/** What an alarm or a graph looks at: a series of CloudWatch, or arithmetic over some. Data; two interpreters read it. */
import { METRIC_NAMESPACE, type MetricName } from '../../functions/shared/telemetry/metrics.ts';
import type { NativeMetric, NativeNamespace } from './native-metrics.ts';

export type Statistic = 'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'p95' | 'p99' | 'SampleCount';

export type Series = {
  readonly kind: 'series';
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
};

export type Signal =
  | Series
  /** Where nothing was recorded counts as 0. */
  | { readonly kind: 'sum'; readonly of: readonly Signal[] }
  /** A part of a whole, 0..1; 0 while the whole is smaller than `atLeast`: few of few say little. */
  | { readonly kind: 'share'; readonly part: Signal; readonly whole: Signal; readonly atLeast: number }
  /** By how much it grew since the period before. */
  | { readonly kind: 'rise'; readonly of: Signal }
  /** `value` in a period in which the condition reaches `atLeast`, `otherwise` in any other. */
  | {
      readonly kind: 'when';
      readonly condition: Signal;
      readonly atLeast: number;
      readonly value: Signal;
      readonly otherwise: number;
    }
  /** `of` in these hours of the day (UTC), `otherwise` outside. */
  | { readonly kind: 'hours'; readonly hours: readonly number[]; readonly of: Signal; readonly otherwise: number };

/** A metric of ours. @param by  its one dimension besides `env`, where it is wanted by that */
export function own(
  env: string,
  metric: MetricName,
  statistic: Statistic,
  by: Readonly<Record<string, string>> = {},
): Series {
  return { kind: 'series', namespace: METRIC_NAMESPACE, metric, dimensions: { env, ...by }, statistic };
}

/** A metric of AWS's own. */
export function native<N extends NativeNamespace>(
  namespace: N,
  metric: NativeMetric<N>,
  statistic: Statistic,
  dimensions: Readonly<Record<string, string>>,
): Series {
  return { kind: 'series', namespace, metric, dimensions, statistic };
}

export const sum = (...of: readonly Signal[]): Signal => ({ kind: 'sum', of });
export const share = (part: Signal, whole: Signal, atLeast = 1): Signal => ({ kind: 'share', part, whole, atLeast });
export const rise = (of: Signal): Signal => ({ kind: 'rise', of });

/** The series that a signal is made of, each once, in the order in which they come. */
export function seriesOf(signal: Signal): readonly Series[] {
  const found = new Map<string, Series>();
  const visit = (one: Signal): void => {
    switch (one.kind) {
      case 'series':
        found.set(keyOf(one), one);
        return;
      case 'sum':
        one.of.forEach(visit);
        return;
      case 'share':
        visit(one.part);
        visit(one.whole);
        return;
      case 'rise':
      case 'hours':
        visit(one.of);
        return;
      case 'when':
        visit(one.condition);
        visit(one.value);
        return;
      default:
        one satisfies never;
    }
  };
  visit(signal);
  return [...found.values()];
}

/** Equal for series that are the same. */
export function keyOf({ namespace, metric, dimensions, statistic }: Series): string {
  return JSON.stringify([namespace, metric, Object.entries(dimensions).sort(), statistic]);
}
