/** Whether a watch is in trouble, by CloudWatch's rules: M of N datapoints, and what a missing one means. Pure. */
import type { Signal } from '../../stacks/alarms/signal.ts';
import type { MetricWatch } from '../../stacks/alarms/types.ts';
import type { MetricReader } from '../telemetry/metric-reader.ts';
import { type Values, valuesOf } from './evaluate.ts';

/** `unknown` is CloudWatch's INSUFFICIENT_DATA; `keep` leaves whatever it was. */
export type Judgement = { readonly state: 'trouble' | 'ok' | 'unknown' | 'keep'; readonly value: number | null };

const MINUTE_MS = 60_000;
/** CloudWatch looks back a little further than it has to, so that a late datapoint is no missing one. */
const LOOKED_BACK = 2;

export type Moment = {
  readonly reader: MetricReader;
  /** Epoch milliseconds of the clock. */
  readonly nowMs: number;
  /** `FRONTDESK_TIME_SCALE`: how long a second of the stage takes. */
  readonly timeScale: number;
};

/** Judges one part of a watch by the minutes that are over. */
export function judge(watch: MetricWatch, signal: Signal, { reader, nowMs, timeScale }: Moment): Judgement {
  const [datapoints, periods] = watch.datapoints;
  const periodMs = watch.periodSeconds * 1000 * timeScale;
  const minuteMs = MINUTE_MS * timeScale;
  const toMs = Math.floor(nowMs / minuteMs) * minuteMs;
  // One more than are judged, so that a rise has something to have risen from.
  const count = periods + LOOKED_BACK + 1;
  const fromMs = toMs - count * periodMs;
  const values = valuesOf(signal, {
    count,
    beginsAt: Array.from({ length: count }, (_, index) => fromMs + index * periodMs),
    of: ({ namespace, metric, dimensions, statistic }) =>
      reader.values({ namespace, metric, dimensions, statistic, periodSeconds: watch.periodSeconds, fromMs, toMs }),
  }).slice(1);
  const recorded = values.filter((value) => value !== null);
  return { state: stateOf(watch, values, datapoints, periods), value: recorded.at(-1) ?? null };
}

/** @param values  of the periods looked at, oldest first */
function stateOf(watch: MetricWatch, values: Values, datapoints: number, periods: number): Judgement['state'] {
  // Where enough was recorded, what is missing in between does not matter.
  const recorded = values.filter((value) => value !== null).slice(-periods);
  const bad = recorded.filter((value) => isBad(watch, value)).length;
  const missing = periods - recorded.length;
  if (bad >= datapoints) return 'trouble';
  if (missing === 0) return 'ok';
  switch (watch.missing) {
    case 'trouble':
      return bad + missing >= datapoints ? 'trouble' : 'ok';
    case 'ok':
      return 'ok';
    case 'unknown':
      if (recorded.length === 0) return 'unknown';
      return bad === recorded.length ? 'trouble' : 'ok';
    case 'keep':
      return bad === recorded.length ? 'keep' : 'ok';
    default:
      return watch.missing satisfies never;
  }
}

function isBad({ comparison, threshold }: MetricWatch, value: number): boolean {
  switch (comparison) {
    case 'above':
      return value > threshold;
    case 'atLeast':
      return value >= threshold;
    case 'below':
      return value < threshold;
    default:
      return comparison satisfies never;
  }
}
