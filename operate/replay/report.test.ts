/** What a confirmation may promise of the windows. */
import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { chooseRule, planWindows } from './plan.ts';
import { describe as described } from './report.ts';
import { newRun } from './runs.ts';

const MINUTE_MS = 60_000;
const FROM = Date.parse('2026-01-31T12:00:00Z');
const PERIOD = { from: FROM, to: FROM + 10 * MINUTE_MS };
const RUN = newRun(chooseRule('recovery', undefined), PERIOD, PERIOD.to);

/** @param counts  events of the first minutes, as on AWS */
function told(...counts: readonly number[]): string {
  const byMinute = new Map(counts.map((events, minute) => [FROM + minute * MINUTE_MS, events]));
  const windows = planWindows(PERIOD, byMinute, { grainMs: MINUTE_MS, mostMs: 1e9, emptyTo: 0 });
  const events = counts.reduce((sum, one) => sum + one, 0);
  return described({ variables: {} } as Context, { env: 'prod' }, RUN, { windows, events, archivedSince: FROM });
}

describe('the windows of a confirmation', () => {
  it.each([
    { when: 'no minute holds more than the limit', counts: [300], size: 'in 1 window of at most 300 events;' },
    {
      when: 'one minute does, the largest is named',
      counts: [10, 301, 900],
      size: 'in 3 windows of which the largest holds about 900 events: what came in closer together is not divided;',
    },
    { when: 'nothing is counted, nothing is promised', counts: [], size: 'in 1 window of about 300 events at most;' },
  ])('$when', ({ counts, size }) => expect(told(...counts)).toContain(size));
});
