import { describe, expect, it } from 'vitest';
import { HOLIDAY_CALENDARS, HOLIDAYS, holidaysOfYear, lastListedHoliday } from './holidays.ts';

describe('carrier holidays (replies §3.3)', () => {
  it('are those of the launch calendars', () => {
    expect(HOLIDAY_CALENDARS).toEqual(['none', 'us_parcel']);
    expect(Object.keys(HOLIDAYS.us_parcel)).toEqual(['2025', '2026', '2027']);
    expect(holidaysOfYear('none', '2025')).toEqual([]);
    expect(holidaysOfYear('us_parcel', '2024')).toBeNull();
    expect(lastListedHoliday('none')).toBeNull();
    expect(lastListedHoliday('us_parcel')).toBe('2027-12-24');
  });

  it.each(Object.entries(HOLIDAYS.us_parcel))('of %s are six working days, as the law moves them', (year, days) => {
    expect(holidaysOfYear('us_parcel', year)).toEqual(days);
    const at = (month: number, day: number) => new Date(Date.UTC(Number(year), month, day));
    const iso = (date: Date) => date.toISOString().slice(0, 10);
    /** A Saturday's holiday is kept on Friday, a Sunday's on Monday. */
    const kept = (month: number, day: number) => {
      const weekday = at(month, day).getUTCDay();
      return iso(at(month, day + (weekday === 6 ? -1 : weekday === 0 ? 1 : 0)));
    };
    const nth = (month: number, weekday: number, count: number) =>
      iso(at(month, 1 + ((7 + weekday - at(month, 1).getUTCDay()) % 7) + 7 * (count - 1)));
    const last = (month: number, weekday: number) => {
      const end = at(month + 1, 0);
      return iso(at(month, end.getUTCDate() - ((7 + end.getUTCDay() - weekday) % 7)));
    };
    expect(days).toEqual([kept(0, 1), last(4, 1), kept(6, 4), nth(8, 1, 1), nth(10, 4, 4), kept(11, 25)]);
  });
});
