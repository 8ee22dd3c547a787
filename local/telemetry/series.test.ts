/** Series as CloudWatch answers them, and what a data folder keeps of them. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readEmf } from './emf.ts';
import type { MetricQuery, Statistic } from './metric-reader.ts';
import { nativeMetrics } from './native.ts';
import { createSeries } from './series.ts';
import { keepSeries } from './series-file.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 15, 12);
const LAG = { namespace: 'frontdesk', metric: 'consumer.event_lag_ms', dimensions: { env: 'local' } };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function setUp(timeScale = 1) {
  let now = START;
  const series = createSeries(timeScale, () => now);
  const ask = (statistic: Statistic, query: Partial<MetricQuery> = {}) =>
    series.values({
      ...LAG,
      statistic,
      periodSeconds: 60,
      fromMs: START,
      toMs: START + 3 * MINUTE * timeScale,
      ...query,
    });
  return {
    series,
    ask,
    add: (minute: number, ...values: number[]) => {
      for (const value of values) series.record({ ...LAG, value, at: START + minute * MINUTE * timeScale + 1 });
    },
    passes: (minutes: number) => {
      now += minutes * MINUTE * timeScale;
    },
  };
}

describe('a series', () => {
  it.each([
    ['Sum', [10, null, 5]],
    ['Average', [2.5, null, 5]],
    ['Maximum', [4, null, 5]],
    ['Minimum', [1, null, 5]],
    ['SampleCount', [4, null, 1]],
    ['p95', [4, null, 5]],
  ] as const)('has one %s a period, oldest first, and null where nothing was recorded', (statistic, values) => {
    const { add, ask } = setUp();
    add(0, 1, 2, 3, 4);
    add(2, 5);
    expect(ask(statistic)).toEqual(values);
  });

  it('adds minutes up to longer periods', () => {
    const { add, ask } = setUp();
    add(0, 1);
    add(1, 7);
    add(2, 5);
    expect(ask('Sum', { periodSeconds: 120 })).toEqual([8, 5]);
    expect(ask('p99', { periodSeconds: 180 })).toEqual([7]);
  });

  it('is another one with one more dimension, in whatever order they are named', () => {
    const { series, ask } = setUp();
    const dimensions = { env: 'local', function: 'verify' };
    series.record({ ...LAG, dimensions, value: 3, at: START });
    expect(ask('Sum')).toEqual([null, null, null]);
    expect(ask('Sum', { dimensions: { function: 'verify', env: 'local' } })).toEqual([3, null, null]);
  });

  it('has shorter minutes under a time scale', () => {
    const { add, ask } = setUp(0.01);
    add(0, 1);
    add(2, 2);
    expect(ask('Sum')).toEqual([1, null, 2]);
  });

  it('is forgotten after a day and an hour', () => {
    const { add, ask, passes, series } = setUp();
    add(0, 1);
    passes(25 * 60 + 1);
    series.record({ ...LAG, value: 1, at: START + 26 * 60 * MINUTE });
    expect(ask('Sum')).toEqual([null, null, null]);
  });
});

describe('the file', () => {
  const place = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'frontdesk-series-'));
    folders.push(folder);
    return join(folder, 'metrics.log');
  };

  it('gives back after a restart what was recorded, adding up what was written in pieces', () => {
    const file = place();
    const first = setUp();
    const kept = keepSeries(first.series, file);
    first.add(0, 1, 2);
    kept.close();
    const second = setUp();
    const again = keepSeries(second.series, file);
    second.add(0, 3);
    again.close();
    const third = setUp();
    keepSeries(third.series, file).close();
    expect(third.ask('Sum')).toEqual([6, null, null]);
    expect(third.ask('SampleCount')).toEqual([3, null, null]);
    // What was read is not written a second time.
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('passes over what cannot be read', () => {
    const file = place();
    appendFileSync(file, '[["frontdesk","x"]]\n{half a li');
    const { series, add, ask } = setUp();
    const kept = keepSeries(series, file);
    add(1, 4);
    kept.close();
    expect(ask('Sum')).toEqual([null, 4, null]);
  });

  it('is none where nothing is kept', () => {
    const { series, add, ask } = setUp();
    keepSeries(series, null).close();
    add(0, 1);
    expect(ask('Sum')).toEqual([1, null, null]);
  });
});

describe('a metric line of a function', () => {
  it('is a value for every set of its dimensions', () => {
    const line = {
      _aws: {
        Timestamp: START,
        CloudWatchMetrics: [
          {
            Namespace: 'frontdesk',
            Dimensions: [['env'], ['env', 'function']],
            Metrics: [{ Name: 'consumer.started_total', Unit: 'Count' }],
          },
        ],
      },
      env: 'local',
      function: 'verify',
      'consumer.started_total': [1, 1],
    };
    const about = { namespace: 'frontdesk', metric: 'consumer.started_total', value: 1, at: START };
    const both = [
      { ...about, dimensions: { env: 'local' } },
      { ...about, dimensions: { env: 'local', function: 'verify' } },
    ];
    expect(readEmf(line)).toEqual([both[0], both[0], both[1], both[1]]);
    expect(readEmf({ event: 'consumer.event.start' })).toEqual([]);
  });
});

describe('what AWS would count', () => {
  it('has its names and dimensions', () => {
    const told: [string, object, number][] = [];
    const measure = nativeMetrics(
      ({ namespace, metric, dimensions, value }) => told.push([`${namespace}/${metric}`, dimensions, value]),
      'local',
      () => START,
    );
    measure({ of: 'invocation', functionName: 'verify', result: 'error', ms: 12 });
    measure({ of: 'invocation', functionName: 'verify', result: 'throttled', ms: 0 });
    measure({ of: 'async_age', functionName: 'verify', ms: 70 });
    measure({ of: 'async_dropped', functionName: 'verify' });
    measure({ of: 'rule', what: 'FailedInvocations', bus: 'frontdesk-local', rule: 'auditor-all' });
    measure({ of: 'rule', what: 'Invocations', bus: 'default', rule: 'flag-watcher' });
    measure({ of: 'request', status: 503, ms: 4 });
    const verify = { FunctionName: 'frontdesk-local-verify' };
    expect(told).toEqual([
      ['AWS/Lambda/Invocations', verify, 1],
      ['AWS/Lambda/Errors', verify, 1],
      ['AWS/Lambda/Throttles', verify, 0],
      ['AWS/Lambda/Duration', verify, 12],
      ['AWS/Lambda/Throttles', verify, 1],
      ['AWS/Lambda/AsyncEventAge', verify, 70],
      ['AWS/Lambda/AsyncEventsDropped', verify, 1],
      ['AWS/Events/FailedInvocations', { EventBusName: 'frontdesk-local', RuleName: 'auditor-all' }, 1],
      ['AWS/Events/Invocations', { RuleName: 'frontdesk-local-flag-watcher' }, 1],
      ['AWS/ApiGateway/Count', { ApiId: '{api}' }, 1],
      ['AWS/ApiGateway/4xx', { ApiId: '{api}' }, 0],
      ['AWS/ApiGateway/5xx', { ApiId: '{api}' }, 1],
      ['AWS/ApiGateway/Latency', { ApiId: '{api}' }, 4],
    ]);
  });
});
