/**
 * Business days on local dates. A zone is applied once, when an instant becomes a date; after that there are only
 * `YYYY-MM-DD` values, so that no daylight-saving change can move a count (replies §3.3).
 */
import { type HolidayCalendar, holidaysOfYear, lastListedHoliday } from './holidays.ts';

/** A day of the business zone, `YYYY-MM-DD`; compares as text. */
export type LocalDate = string;

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;
const WEEKDAYS_PER_WEEK = 5;
/** Replies §3.3: the build warns this long before a calendar runs out. */
export const COVERAGE_WARNING_DAYS = 120;

/** The date of an instant (RFC 3339) in an IANA zone, by the zone's rules and never by a fixed offset. */
export function localDate(instant: string, zone: string): LocalDate {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(Date.parse(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** Whether a text is a date that exists; 2026-02-30 does not. */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOfDay(dayOfDate(text)) === text;
}

/** Whether the calendar knows every year from `first` to `last`; without that there is no estimate. */
export function isCovered(first: LocalDate, last: LocalDate, calendar: HolidayCalendar): boolean {
  for (let year = yearOf(first); year <= yearOf(last); year += 1) {
    if (holidaysOfYear(calendar, String(year)) === null) return false;
  }
  return true;
}

/** Monday to Friday, and no holiday of the calendar. */
export function isBusinessDay(date: LocalDate, calendar: HolidayCalendar): boolean {
  return isWeekday(dayOfDate(date)) && !(holidaysOfYear(calendar, date.slice(0, 4)) ?? []).includes(date);
}

/** Business days `d` with `after < d <= upTo`; 0 when `upTo` is not later. */
export function businessDaysBetween(after: LocalDate, upTo: LocalDate, calendar: HolidayCalendar): number {
  const first = dayOfDate(after) + 1;
  const last = dayOfDate(upTo);
  if (last < first) return 0;
  return weekdaysFrom(first, last) - weekdayHolidays(after, upTo, calendar);
}

/** The `count`-th business day after a date. */
export function addBusinessDays(date: LocalDate, count: number, calendar: HolidayCalendar): LocalDate {
  let day = dayOfDate(date);
  for (let left = count; left > 0; ) {
    day += 1;
    if (isBusinessDay(dateOfDay(day), calendar)) left -= 1;
  }
  return dateOfDay(day);
}

/** Whether a build on `today` must warn that the calendar is about to run out (replies §3.3). */
export function runsOutSoon(calendar: HolidayCalendar, today: LocalDate): boolean {
  const last = lastListedHoliday(calendar);
  return last !== null && dayOfDate(last) - dayOfDate(today) <= COVERAGE_WARNING_DAYS;
}

function weekdaysFrom(first: number, last: number): number {
  const days = last - first + 1;
  const fullWeeks = Math.floor(days / DAYS_PER_WEEK);
  let count = fullWeeks * WEEKDAYS_PER_WEEK;
  for (let day = first + fullWeeks * DAYS_PER_WEEK; day <= last; day += 1) if (isWeekday(day)) count += 1;
  return count;
}

function weekdayHolidays(after: LocalDate, upTo: LocalDate, calendar: HolidayCalendar): number {
  let count = 0;
  for (let year = yearOf(after); year <= yearOf(upTo); year += 1) {
    for (const holiday of holidaysOfYear(calendar, String(year)) ?? []) {
      if (holiday > after && holiday <= upTo && isWeekday(dayOfDate(holiday))) count += 1;
    }
  }
  return count;
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** Days since 1970-01-01, which was a Thursday. */
function dayOfDate(date: LocalDate): number {
  return Math.floor(Date.parse(`${date}T00:00:00.000Z`) / DAY_MS);
}

function dateOfDay(day: number): LocalDate {
  const instant = new Date(day * DAY_MS);
  return Number.isFinite(instant.getTime()) ? instant.toISOString().slice(0, 10) : '';
}

function isWeekday(day: number): boolean {
  const sundayBased = (((day + 4) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  return sundayBased !== 0 && sundayBased !== 6;
}
