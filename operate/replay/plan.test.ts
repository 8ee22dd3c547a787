import { describe, expect, it } from 'vitest';
import { Failure } from '../failure.ts';
import { purposeOf, runName, runOf, windowName } from './names.ts';
import { checkPeriod, chooseRule, longestWindow, planWindows } from './plan.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'none';
};

describe('names', () => {
  const run = runName('recovery', '01JQ8Z5M9H3V6T2K4N7P0R1S8W');
  it('of all windows are `<purpose>-<ulid>`, in order, and lead back to the run', () => {
    const names = [0, 1, 31, 32, 1_023, 1_024, 1_048_575].map((index) => windowName(run, index));
    expect(names[0]).toBe(run);
    expect(names.at(-1)).toBe('recovery-01JQ8Z5M9H3V6T2K4N7P0RZZZZ');
    expect([...names].sort()).toEqual(names);
    for (const name of names) expect(name).toMatch(/^recovery-[0-9A-HJKMNP-TV-Z]{26}$/);
    for (const name of names) expect(runOf(name)).toBe(run);
    expect(() => windowName(run, 1_048_576)).toThrow();
  });
  it('tell the purpose of a run and of nothing else', () => {
    expect(purposeOf(run)).toBe('recovery');
    for (const name of ['recovery', 'holiday-01JQ8Z5M9H3V6T2K4N7P0R0000', windowName(run, 1), `${run}0`])
      expect(purposeOf(name)).toBeNull();
  });
});

describe('the rule', () => {
  it.each([
    ['recovery', undefined, 'classify-intake-replay'],
    ['recovery', 'responder-settle', 'responder-settle-replay'],
    ['recovery', 'responder-settle-replay', 'responder-settle-replay'],
    ['rebuild', undefined, 'auditor-all-replay'],
  ] as const)('%s with --rule %s is %s', (purpose, named, rule) => {
    expect(chooseRule(purpose, named).rule).toBe(rule);
  });
  it.each([
    ['recovery', 'no-such-rule', 'unknown_rule'],
    ['recovery', 'responder-reply', 'never_replayed'],
    ['rebuild', 'responder-reply-replay', 'never_replayed'],
    ['recovery', 'responder-route', 'no_twin'],
    ['rebuild', 'classify-intake', 'no_twin'],
    ['backfill', 'auditor-all', 'no_twin'],
    ['backfill', undefined, 'rule_needed'],
  ] as const)('%s with --rule %s is refused: %s', (purpose, named, code) => {
    expect(codeOf(() => chooseRule(purpose, named))).toBe(code);
  });
  it('hears of an archive what both have', () => {
    expect([...chooseRule('recovery', undefined).heard]).toEqual(['MessageReceived', 'MissedMessageDetected']);
    expect(chooseRule('rebuild', undefined).heard.has('MessageReceived')).toBe(false);
  });
});

describe('the period', () => {
  const NOW = Date.parse('2026-01-31T12:00:00Z');
  const DAY = 86_400_000;
  const about = { archive: 'recovery', retentionDays: 14, ingestionMs: 600_000 } as const;
  it.each([
    [NOW - 14 * DAY, NOW - 600_000, 'none'],
    [NOW - 14 * DAY - 1, NOW - 600_000, 'older_than_retention'],
    [NOW - DAY, NOW - 599_999, 'too_fresh'],
    [NOW - DAY, NOW + 1, 'in_the_future'],
    [NOW - DAY, NOW - DAY, 'empty_period'],
  ])('%i to %i: %s', (from, to, code) => expect(codeOf(() => checkPeriod({ from, to }, about, NOW))).toBe(code));
});

describe('windows', () => {
  const GRAIN = 1_000;
  const plan = (counts: readonly (readonly [number, number])[], mostMs = 1e9, emptyTo = 0) =>
    planWindows({ from: 500, to: 100_000 }, new Map(counts), { grainMs: GRAIN, mostMs, emptyTo });

  it('touch, do not overlap, cover the period, and hold at most 200 counted events', () => {
    const counts = Array.from({ length: 100 }, (_value, second) => [second * GRAIN, (second * 37) % 90] as const);
    const windows = plan(counts);
    expect(windows[0]?.from).toBe(500);
    expect(windows.at(-1)?.to).toBe(100_000);
    for (const [index, { from, events }] of windows.entries()) {
      if (index > 0) expect(from).toBe((windows[index - 1]?.to ?? 0) + 1);
      expect(events).toBeLessThanOrEqual(200);
    }
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    expect(windows.reduce((sum, { events }) => sum + events, 0)).toBe(total);
  });
  it('one grain that holds more is a window of its own', () => {
    expect(
      plan([
        [5_000, 10],
        [6_000, 900],
        [7_000, 10],
      ]).map(({ from, events }) => [from, events]),
    ).toEqual([
      [500, 10],
      [6_000, 900],
      [7_000, 10],
    ]);
  });
  it('what was not counted is divided by time', () => {
    expect(plan([], 40_000).map(({ from, to }) => [from, to])).toEqual([
      [500, 40_499],
      [40_500, 80_499],
      [80_500, 100_000],
    ]);
  });
  it('what lies before the archive is no window of its own', () => {
    expect(plan([], 40_000, 50_000).map(({ from, to }) => [from, to])).toEqual([
      [500, 89_999],
      [90_000, 100_000],
    ]);
  });
  it('an event at either end belongs to the period, one beyond it does not', () => {
    expect(
      plan([
        [0, 1],
        [100_000, 2],
        [101_000, 4],
      ]).map(({ events }) => events),
    ).toEqual([3]);
  });
  it('are as long as 200 events of the archive take, no shorter than the least', () => {
    const archive = { events: 2_000, createdAt: 0, retentionDays: 14 };
    expect(longestWindow(archive, 60_000, 86_400_000)).toBe(8_640_000);
    expect(longestWindow({ ...archive, events: 1e9 }, 60_000, 86_400_000)).toBe(60_000);
    expect(longestWindow({ ...archive, events: 0 }, 60_000, 86_400_000)).toBe(86_400_000);
  });
});
