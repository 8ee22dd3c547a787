/** Expectations: CloudWatch's own table of what missing datapoints do, 3 of 3 and 2 of 3, five looked at. */
import { describe, expect, it } from 'vitest';
import { own, type Series, type Signal, share, sum } from '../../stacks/alarms/signal.ts';
import type { Missing } from '../../stacks/alarms/types.ts';
import { watched } from '../../stacks/alarms/watch.ts';
import type { MetricReader } from '../telemetry/metric-reader.ts';
import { judge } from './judge.ts';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 30);
const ERRORS = own('test', 'consumer.failed_total', 'Sum', { function: 'verify' });
const RUNS = own('test', 'consumer.started_total', 'Sum', { function: 'verify' });

/** `X` is bad, `0` is good, `-` is missing; the newest last. */
const drawn = (text: string) =>
  [...text].map((letter) => (letter === '-' ? null : letter === 'X' ? 1 : Number(letter)));

/** Answers the last of these values, and nothing before them. */
function readerOf(series: readonly (readonly [Series, readonly (number | null)[]])[]): MetricReader {
  return {
    values({ metric, periodSeconds, fromMs, toMs }) {
      const values = series.find(([one]) => one.metric === metric)?.[1] ?? [];
      const count = Math.ceil((toMs - fromMs) / (periodSeconds * 1000));
      return Array.from({ length: count }, (_, index) => values[values.length - count + index] ?? null);
    },
  };
}

function judged(signal: Signal, values: string, over: readonly [number, number, number], missing: Missing = 'ok') {
  const watch = watched('high', '', signal, { above: 0, over, missing });
  return judge(watch, signal, { reader: readerOf([[ERRORS, drawn(values)]]), nowMs: NOW, timeScale: 1 }).state;
}

describe('missing datapoints', () => {
  const TREATMENTS: readonly Missing[] = ['unknown', 'keep', 'trouble', 'ok'];
  it.each([
    ['0-X-X', [60, 3, 3], ['ok', 'ok', 'ok', 'ok']],
    ['----0', [60, 3, 3], ['ok', 'ok', 'ok', 'ok']],
    ['-----', [60, 3, 3], ['unknown', 'keep', 'trouble', 'ok']],
    ['0XX-X', [60, 3, 3], ['trouble', 'trouble', 'trouble', 'trouble']],
    ['--X--', [60, 3, 3], ['trouble', 'keep', 'trouble', 'ok']],
    ['0-X-X', [60, 2, 3], ['trouble', 'trouble', 'trouble', 'trouble']],
    ['00X0X', [60, 2, 3], ['trouble', 'trouble', 'trouble', 'trouble']],
    ['0-X--', [60, 2, 3], ['ok', 'ok', 'trouble', 'ok']],
    ['----0', [60, 2, 3], ['ok', 'ok', 'trouble', 'ok']],
    ['---X-', [60, 2, 3], ['trouble', 'keep', 'trouble', 'ok']],
  ] as const)('%s by %j is %j', (values, over, states) => {
    expect(TREATMENTS.map((missing) => judged(ERRORS, values, over, missing))).toEqual(states);
  });
});

describe('arithmetic', () => {
  const of = (signal: Signal, series: readonly (readonly [Series, readonly (number | null)[]])[]) =>
    judge(watched('high', '', signal, { above: 0, over: [60, 1, 1] }), signal, {
      reader: readerOf(series),
      nowMs: NOW,
      timeScale: 1,
    }).value;

  it('counts what was not recorded as nothing in a sum', () => expect(of(sum(ERRORS, RUNS), [[RUNS, [3]]])).toBe(3));
  it('divides', () =>
    expect(
      of(share(ERRORS, RUNS), [
        [ERRORS, [1]],
        [RUNS, [4]],
      ]),
    ).toBe(0.25));
  it('knows no share of few, and none of nothing', () => {
    expect(
      of(share(ERRORS, RUNS, 5), [
        [ERRORS, [1]],
        [RUNS, [4]],
      ]),
    ).toBe(0);
    expect(of(share(ERRORS, RUNS, 0), [])).toBe(0);
  });
  it('tells a rise from the period before, and none without one', () => {
    expect(of({ kind: 'rise', of: RUNS }, [[RUNS, [2, 7]]])).toBe(5);
    expect(of({ kind: 'rise', of: RUNS }, [[RUNS, [7]]])).toBe(null);
  });
  it('takes the value only where the condition holds', () => {
    const signal: Signal = { kind: 'when', condition: ERRORS, atLeast: 2, value: RUNS, otherwise: -1 };
    const at = (errors: number) =>
      of(signal, [
        [ERRORS, [errors]],
        [RUNS, [9]],
      ]);
    expect([at(1), at(2)]).toEqual([-1, 9]);
  });
  it('looks only in its hours', () => {
    const at = (hours: number[]) => of({ kind: 'hours', hours, of: RUNS, otherwise: 5 }, []);
    expect([at([11]), at([12])]).toEqual([0, 5]);
  });
});

it('asks for the minutes that are over, shortened by the time scale', () => {
  const asked: [number, number][] = [];
  const reader: MetricReader = {
    values({ fromMs, toMs }) {
      asked.push([fromMs, toMs]);
      return [];
    },
  };
  const watch = watched('high', '', RUNS, { above: 0, over: [300, 1, 1] });
  judge(watch, RUNS, { reader, nowMs: 1_000_250, timeScale: 0.01 });
  // A minute takes 600 ms, five take 3 s; four periods of them are looked at.
  expect(asked).toEqual([[988_200, 1_000_200]]);
});
