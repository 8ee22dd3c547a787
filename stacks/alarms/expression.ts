/** A signal as CloudWatch's metric math. Pure. */
import { keyOf, type Series, type Signal, seriesOf } from './signal.ts';

export type MetricMath = {
  /** The series by the names that the expression gives them. */
  readonly series: readonly { readonly id: string; readonly series: Series }[];
  /** `null` for a single series, which needs no arithmetic. */
  readonly expression: string | null;
};

export function metricMath(signal: Signal): MetricMath {
  const series = seriesOf(signal).map((one, index) => ({ id: `m${index + 1}`, series: one }));
  const ids = new Map(series.map(({ id, series: one }) => [keyOf(one), id]));
  return { series, expression: signal.kind === 'series' ? null : written(signal, ids) };
}

function written(signal: Signal, ids: ReadonlyMap<string, string>): string {
  const of = (one: Signal): string => written(one, ids);
  /** A period without a value would make the whole expression one. */
  const filled = (one: Signal): string => (one.kind === 'series' ? `FILL(${of(one)}, 0)` : of(one));
  switch (signal.kind) {
    case 'series':
      return ids.get(keyOf(signal)) ?? '';
    case 'sum':
      return `(${signal.of.map(filled).join(' + ')})`;
    case 'share': {
      const whole = filled(signal.whole);
      return `IF(${whole} >= ${signal.atLeast}, ${filled(signal.part)} / ${whole}, 0)`;
    }
    case 'rise':
      return `DIFF(${of(signal.of)})`;
    case 'when':
      return `IF(${filled(signal.condition)} >= ${signal.atLeast}, ${of(signal.value)}, ${signal.otherwise})`;
    case 'hours': {
      const hour = `HOUR(${ids.get(keyOf(firstOf(signal.of))) ?? ''})`;
      const isOpen = signal.hours.map((one) => `${hour} == ${one}`).join(' OR ');
      return `IF(${isOpen}, ${filled(signal.of)}, ${signal.otherwise})`;
    }
    default:
      return signal satisfies never;
  }
}

function firstOf(signal: Signal): Series {
  const [first] = seriesOf(signal);
  if (first === undefined) throw new Error('a signal without a series');
  return first;
}
