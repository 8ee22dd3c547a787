import { describe, expect, it } from 'vitest';
import { barsOf, grainOf } from './timeline.ts';

const at = (text: string): number => Date.parse(text);
const NEW_YORK = { name: 'America/New_York' };

describe('the time line of an archive', () => {
  it('of an hour has bars of a minute, or what was counted by', () => {
    const hour = { from: at('2026-01-31T09:00:00Z'), to: at('2026-01-31T10:00:00Z') };
    expect(grainOf(hour)).toBe(60_000);
    const bars = barsOf(hour, new Map([[at('2026-01-31T09:30:00Z'), 7]]), NEW_YORK, 60_000);
    expect(bars.filter(({ events }) => events > 0)).toEqual([
      { from: at('2026-01-31T09:30:00Z'), to: at('2026-01-31T09:30:59.999Z'), events: 7 },
    ]);
    expect(barsOf(hour, new Map(), NEW_YORK, 900_000)).toHaveLength(5);
  });

  it('of a day has quarters of an hour, of two weeks hours', () => {
    const day = { from: at('2026-01-31T00:00:00Z'), to: at('2026-02-01T00:00:00Z') };
    expect(barsOf(day, new Map(), NEW_YORK, grainOf(day))).toHaveLength(97);
    const weeks = { from: at('2026-01-01T00:00:00Z'), to: at('2026-01-15T00:00:00Z') };
    expect(barsOf(weeks, new Map(), NEW_YORK, grainOf(weeks))).toHaveLength(337);
  });

  it('of half a year has the days of the zone, one of them an hour shorter', () => {
    const period = { from: at('2026-01-01T12:00:00Z'), to: at('2026-06-30T12:00:00Z') };
    const counts = new Map([
      // The evening of the 31st in New York, and the day that is put forward.
      [at('2026-02-01T04:45:00Z'), 3],
      [at('2026-03-08T05:00:00Z'), 4],
      [at('2026-03-09T03:45:00Z'), 5],
    ]);
    const bars = barsOf(period, counts, NEW_YORK, grainOf(period));
    expect(bars.length).toBe(181);
    expect(bars.filter(({ events }) => events > 0)).toEqual([
      { from: at('2026-01-31T05:00:00Z'), to: at('2026-02-01T04:59:59.999Z'), events: 3 },
      { from: at('2026-03-08T05:00:00Z'), to: at('2026-03-09T03:59:59.999Z'), events: 9 },
    ]);
  });

  it('of nothing has one bar', () => {
    const instant = at('2026-01-31T00:00:00Z');
    expect(barsOf({ from: instant, to: instant }, new Map(), NEW_YORK, 60_000)).toEqual([
      { from: instant, to: instant, events: 0 },
    ]);
  });
});
