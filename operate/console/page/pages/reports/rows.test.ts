import { describe, expect, it } from 'vitest';
import { REPORTS } from '../../../../analytics/reports.ts';
import { byDay, reachedFrom, rowsByName } from './rows.ts';

const COST = {
  columns: ['day', 'intent', 'messages', 'usd'],
  rows: [
    ['2026-03-02', 'order_status_tracking', 3, 0.25],
    ['2026-03-01', 'none', 1, null],
    ['2026-03-02', 'refund_request', 2, 0.5],
  ],
} as const;

describe('rows of a report', () => {
  it('are read by the names of their columns', () => {
    expect(rowsByName(COST)[1]).toEqual({
      key: '1',
      cells: { day: '2026-03-01', intent: 'none', messages: 1, usd: null },
    });
  });

  it('are added up by day, in the order of days', () => {
    expect(byDay(rowsByName(COST))).toEqual([
      { at: Date.UTC(2026, 2, 1), messages: 1, usd: 0 },
      { at: Date.UTC(2026, 2, 2), messages: 5, usd: 0.75 },
    ]);
  });

  it('of the funnel name the step from which the report counts', () => {
    const steps = [...REPORTS.funnel.sql.matchAll(/step: '(\w+)', messages: \w+, before: (\w+)/g)];
    expect(steps.length).toBe(6);
    for (const [, step = '', before = ''] of steps) expect(reachedFrom(step) ?? step).toBe(before);
  });
});
