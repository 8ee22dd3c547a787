import { describe, expect, it } from 'vitest';
import { dayBefore, fieldOf, instantOf } from './zone-time.ts';

const at = (text: string): number => Date.parse(text);
const NEW_YORK = 'America/New_York';

describe('a date and time field', () => {
  it.each([
    ['2026-01-31T14:30:00Z', NEW_YORK, '2026-01-31T09:30'],
    ['2026-07-01T14:30:00Z', NEW_YORK, '2026-07-01T10:30'],
    ['2026-01-31T14:30:00Z', 'Asia/Kathmandu', '2026-01-31T20:15'],
    ['2026-01-31T14:30:00Z', 'UTC', '2026-01-31T14:30'],
    ['2026-06-30T22:00:00Z', 'Europe/Berlin', '2026-07-01T00:00'],
    ['2026-03-08T06:59:00Z', NEW_YORK, '2026-03-08T01:59'],
    ['2026-03-08T07:00:00Z', NEW_YORK, '2026-03-08T03:00'],
  ])('%s in %s is %s, and back', (instant, zone, field) => {
    expect(fieldOf(at(instant), zone)).toBe(field);
    expect(instantOf(field, zone)).toBe(at(instant));
  });

  it('takes the first of two hours that have the same face', () =>
    expect(instantOf('2026-11-01T01:30', NEW_YORK)).toBe(at('2026-11-01T05:30:00Z')));

  it('takes the hour after for one that a clock skips', () =>
    expect(instantOf('2026-03-08T02:30', NEW_YORK)).toBe(at('2026-03-08T07:30:00Z')));

  it('takes the first where a clock is put back by half an hour', () =>
    expect(instantOf('2026-04-05T01:45', 'Australia/Lord_Howe')).toBe(at('2026-04-04T14:45:00Z')));

  it.each(['', '2026-01-31', 'soon', '2026-13-40T00:00'])('takes %j for no time', (field) =>
    expect(instantOf(field, NEW_YORK)).toBeNull(),
  );
});

describe('yesterday', () => {
  it.each([
    ['2026-01-31T14:30:00Z', '2026-01-30T05:00:00Z', '2026-01-31T05:00:00Z'],
    // Late in the evening in New York it is tomorrow in UTC.
    ['2026-01-31T03:30:00Z', '2026-01-29T05:00:00Z', '2026-01-30T05:00:00Z'],
    // A day of 23 hours.
    ['2026-03-09T16:00:00Z', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
  ])('of %s', (now, from, to) => expect(dayBefore(at(now), NEW_YORK)).toEqual({ from: at(from), to: at(to) }));
});
