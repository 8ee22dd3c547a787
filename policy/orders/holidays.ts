/** Carrier holidays by calendar and year, as local dates (replies §3.3). A year that is not listed is not covered. */
export const HOLIDAYS = {
  us_parcel: {
    '2025': ['2025-01-01', '2025-05-26', '2025-07-04', '2025-09-01', '2025-11-27', '2025-12-25'],
    '2026': ['2026-01-01', '2026-05-25', '2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25'],
    '2027': ['2027-01-01', '2027-05-31', '2027-07-05', '2027-09-06', '2027-11-25', '2027-12-24'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

/** `none` counts Monday to Friday only, in every year (replies §3.3, the launch value). */
export const HOLIDAY_CALENDARS = ['none', 'us_parcel'] as const;
export type HolidayCalendar = (typeof HOLIDAY_CALENDARS)[number];

/** The holidays of one year, or `null` when the calendar says nothing about that year. */
export function holidaysOfYear(calendar: HolidayCalendar, year: string): readonly string[] | null {
  if (calendar === 'none') return [];
  const years: Record<string, readonly string[]> = HOLIDAYS[calendar];
  return years[year] ?? null;
}

/** The last date a calendar lists, `null` for `none`, which never runs out. */
export function lastListedHoliday(calendar: HolidayCalendar): string | null {
  if (calendar === 'none') return null;
  return Object.values(HOLIDAYS[calendar]).flat().sort().at(-1) ?? null;
}
