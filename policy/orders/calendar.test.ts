import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  businessDaysBetween,
  isBusinessDay,
  isCovered,
  isLocalDate,
  localDate,
  runsOutSoon,
} from './calendar.ts';
import { HOLIDAYS, type HolidayCalendar } from './holidays.ts';

const day = fc.integer({ min: Date.UTC(2025, 0, 1) / 86_400_000, max: Date.UTC(2027, 10, 1) / 86_400_000 });
const dateOf = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);
const calendar = fc.constantFrom<HolidayCalendar>('none', 'us_parcel');

describe('local dates', () => {
  it.each([
    ['2025-12-02T04:30:00.000Z', 'America/New_York', '2025-12-01'],
    ['2025-12-04T04:59:59.999Z', 'America/New_York', '2025-12-03'],
    ['2025-12-04T05:00:00.000Z', 'America/New_York', '2025-12-04'],
    ['2026-07-04T03:59:00.000Z', 'America/New_York', '2026-07-03'], // summer: four hours behind
    ['2026-01-01T10:30:00.000Z', 'Pacific/Auckland', '2026-01-01'],
    ['2026-01-01T11:30:00.000Z', 'Pacific/Auckland', '2026-01-02'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(localDate(instant, zone)).toBe(expected);
  });

  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['tomorrow', false],
  ])('%s is a date: %s', (text, real) => {
    expect(isLocalDate(text)).toBe(real);
  });
});

/** New York by the rule of the law and nothing else: on from the second Sunday of March, 2 h, to the first of November, 2 h. */
function newYorkDate(at: number): string {
  const year = new Date(at).getUTCFullYear();
  const sunday = (month: number, nth: number) => {
    const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
    return 1 + ((7 - first) % 7) + 7 * (nth - 1);
  };
  const isSummer = at >= Date.UTC(year, 2, sunday(2, 2), 7) && at < Date.UTC(year, 10, sunday(10, 1), 6);
  return new Date(at - (isSummer ? 4 : 5) * 3_600_000).toISOString().slice(0, 10);
}

describe('days on which the clock or the year changes', () => {
  it.each([2025, 2026, 2027, 2028])(
    'every half hour of the weeks around both changes and the new year of %i',
    (year) => {
      for (const start of [Date.UTC(year, 2, 1), Date.UTC(year, 9, 28), Date.UTC(year, 11, 28)]) {
        for (let at = start; at < start + 15 * 86_400_000; at += 1_800_000)
          expect([at, localDate(new Date(at).toISOString(), 'America/New_York')]).toEqual([at, newYorkDate(at)]);
      }
    },
  );

  it.each([
    // Wed 2025-12-31 to Fri 2026-01-02: Thursday and Friday; New Year is a carriers' holiday.
    ['2025-12-31', '2026-01-02', 'none', 2],
    ['2025-12-31', '2026-01-02', 'us_parcel', 1],
    // Sat and Sun on either side of the new year.
    ['2027-12-31', '2028-01-03', 'none', 1],
    // A leap day that is a Tuesday.
    ['2028-02-28', '2028-03-01', 'none', 2],
    // The clock changes on Sunday, which is no business day anyway.
    ['2026-03-06', '2026-03-09', 'none', 1],
    ['2026-10-30', '2026-11-02', 'none', 1],
  ] as const)('%s to %s under %s: %i', (after, upTo, holidays, expected) => {
    expect(businessDaysBetween(after, upTo, holidays)).toBe(expected);
  });
});

describe('business days', () => {
  it.each([
    ['2025-12-05', 'none', true], // Friday
    ['2025-12-06', 'none', false],
    ['2025-12-07', 'none', false],
    ['2025-12-25', 'none', true], // a Thursday; the launch calendar knows no holidays
    ['2025-12-25', 'us_parcel', false],
    ['2026-07-03', 'us_parcel', false], // observed
    ['2026-07-02', 'us_parcel', true],
  ] as const)('%s under %s: %s', (date, holidays, expected) => {
    expect(isBusinessDay(date, holidays)).toBe(expected);
  });

  it('counts as a day-by-day walk does', () => {
    fc.assert(
      fc.property(day, fc.nat(500), calendar, (from, length, holidays) => {
        fc.pre(from + length <= Date.UTC(2027, 11, 31) / 86_400_000);
        let walked = 0;
        for (let each = from + 1; each <= from + length; each += 1)
          if (isBusinessDay(dateOf(each), holidays)) walked += 1;
        expect(businessDaysBetween(dateOf(from), dateOf(from + length), holidays)).toBe(walked);
      }),
    );
  });

  it('adding n business days makes n of them elapse, ending on one', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), calendar, (from, count, holidays) => {
        const end = addBusinessDays(dateOf(from), count, holidays);
        expect(businessDaysBetween(dateOf(from), end, holidays)).toBe(count);
        expect(isBusinessDay(end, holidays)).toBe(true);
      }),
    );
  });

  it('counts nothing backwards', () => {
    expect(businessDaysBetween('2025-12-03', '2025-12-01', 'none')).toBe(0);
  });
});

describe('coverage', () => {
  it('lists only weekdays, each in its own year', () => {
    for (const [year, dates] of Object.entries(HOLIDAYS.us_parcel)) {
      for (const date of dates) {
        expect(isLocalDate(date)).toBe(true);
        expect(date.startsWith(year)).toBe(true);
        expect(isBusinessDay(date, 'none')).toBe(true);
      }
    }
  });

  it.each([
    ['2025-01-01', '2027-12-31', 'us_parcel', true],
    ['2024-12-31', '2025-01-02', 'us_parcel', false],
    ['2027-12-31', '2028-01-03', 'us_parcel', false],
    ['1999-01-01', '2050-01-01', 'none', true],
  ] as const)('%s to %s under %s: %s', (first, last, holidays, expected) => {
    expect(isCovered(first, last, holidays)).toBe(expected);
  });

  // The last listed date is 2027-12-24; 120 days before it is 2027-08-26.
  it.each([
    ['2027-08-25', 'us_parcel', false],
    ['2027-08-26', 'us_parcel', true],
    ['2027-08-26', 'none', false],
  ] as const)('on %s the build warns about %s: %s', (today, holidays, expected) => {
    expect(runsOutSoon(holidays, today)).toBe(expected);
  });
});
