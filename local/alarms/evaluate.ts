/** A signal over a row of periods, as CloudWatch's metric math would answer it. Pure. */
import type { Series, Signal } from '../../stacks/alarms/signal.ts';

export type Values = readonly (number | null)[];

/** The periods that are looked at, oldest first. */
export type Periods = {
  readonly count: number;
  /** Epoch milliseconds of the beginning of each. */
  readonly beginsAt: readonly number[];
  /** One value a period. */
  readonly of: (series: Series) => Values;
};

export function valuesOf(signal: Signal, periods: Periods): Values {
  const of = (one: Signal): Values => valuesOf(one, periods);
  const each = <T>(at: (index: number) => T): T[] => Array.from({ length: periods.count }, (_, index) => at(index));
  switch (signal.kind) {
    case 'series':
      return periods.of(signal);
    case 'sum': {
      const parts = signal.of.map(of);
      return each((index) => parts.reduce((sum, values) => sum + (values[index] ?? 0), 0));
    }
    case 'share': {
      const part = of(signal.part);
      const whole = of(signal.whole);
      return each((index) => {
        const all = whole[index] ?? 0;
        // A whole of nothing has no parts, whatever is demanded.
        return all >= signal.atLeast && all > 0 ? (part[index] ?? 0) / all : 0;
      });
    }
    case 'rise': {
      const values = of(signal.of);
      return each((index) => {
        const [before, after] = [values[index - 1] ?? null, values[index] ?? null];
        return before === null || after === null ? null : after - before;
      });
    }
    case 'when': {
      const condition = of(signal.condition);
      const value = of(signal.value);
      return each((index) => ((condition[index] ?? 0) >= signal.atLeast ? (value[index] ?? null) : signal.otherwise));
    }
    case 'hours': {
      const values = of(signal.of);
      return each((index) => {
        const hour = new Date(periods.beginsAt[index] ?? 0).getUTCHours();
        return signal.hours.includes(hour) ? (values[index] ?? 0) : signal.otherwise;
      });
    }
    default:
      return signal satisfies never;
  }
}
