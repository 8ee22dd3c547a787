import { describe, expect, it } from 'vitest';
import { estimateOf } from './estimate.ts';

const run = {
  rule: 'auditor-all-replay',
  status: 'completed',
  eventsDone: 1_000,
  startedAt: 0,
  endedAt: 10_000,
} as const;

describe('how long a replay will take', () => {
  it('is what former runs of this rule took for as many events', () => {
    const slower = { ...run, endedAt: 30_000 };
    expect(estimateOf(500, run.rule, [run, slower], 'local')).toEqual({ ms: 10_000, by: 'former' });
  });

  it.each([
    ['of another rule', { ...run, rule: 'classify-intake-replay' }],
    ['that was cancelled', { ...run, status: 'cancelled' as const }],
    ['of a few events', { ...run, eventsDone: 3 }],
  ])('is not learned from a run %s', (_, other) => {
    expect(estimateOf(600, run.rule, [other], 'local')).toEqual({ ms: 13_000, by: 'usual' });
  });

  it('on AWS is what a backlog takes without any', () =>
    expect(estimateOf(10_000, run.rule, [], 'aws').ms).toBe(4.2 * 3_600_000 + 3_000));
});
