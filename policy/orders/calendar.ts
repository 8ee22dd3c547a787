/**
 * Business days on local dates. A zone is applied once, when an instant becomes a date; after that there are only
 * `YYYY-MM-DD` values, so that no daylight-saving change can move a count (replies §3.3).
 */
import { Temporal } from 'temporal-polyfill';
import { type HolidayCalendar, holidaysOfYear, lastListedHoliday } from './holidays.ts';

/** A day of the business zone, `YYYY-MM-DD`; compares as text. */
export type LocalDate = string;

const SATURDAY = 6;
const DAYS_PER_WEEK = 7;
const WEEKDAYS_PER_WEEK = 5;
/** Replies §3.3: the build warns this long before a calendar runs out. */
export const COVERAGE_WARNING_DAYS = 120;

/** The date of an instant (RFC 3339) in an IANA zone, by the zone's rules and never by a fixed offset. */
export function localDate(instant: string, zone: string): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Whether a text is a date that exists; 2026-02-30 does not. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
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
  return isWeekday(Temporal.PlainDate.from(date)) && !(holidaysOfYear(calendar, date.slice(0, 4)) ?? []).includes(date);
}

/** Business days `d` with `after < d <= upTo`; 0 when `upTo` is not later. */
export function businessDaysBetween(after: LocalDate, upTo: LocalDate, calendar: HolidayCalendar): number {
  if (upTo <= after) return 0;
  return weekdaysBetween(after, upTo) - weekdayHolidays(after, upTo, calendar);
}

/** The `count`-th business day after a date. */
export function addBusinessDays(date: LocalDate, count: number, calendar: HolidayCalendar): LocalDate {
  let day = Temporal.PlainDate.from(date);
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    if (isBusinessDay(day.toString(), calendar)) left -= 1;
  }
  return day.toString();
}

/** Whether a build on `today` must warn that the calendar is about to run out (replies §3.3). */
export function runsOutSoon(calendar: HolidayCalendar, today: LocalDate): boolean {
  const last = lastListedHoliday(calendar);
  return last !== null && daysBetween(today, last) <= COVERAGE_WARNING_DAYS;
}

/** Whole weeks hold five each, and of the rest every day is looked at. */
function weekdaysBetween(after: LocalDate, upTo: LocalDate): number {
  const days = daysBetween(after, upTo);
  const fullWeeks = Math.floor(days / DAYS_PER_WEEK);
  let count = fullWeeks * WEEKDAYS_PER_WEEK;
  for (let back = 0; back < days % DAYS_PER_WEEK; back += 1)
    if (isWeekday(Temporal.PlainDate.from(upTo).subtract({ days: back }))) count += 1;
  return count;
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

function weekdayHolidays(after: LocalDate, upTo: LocalDate, calendar: HolidayCalendar): number {
  let count = 0;
  for (let year = yearOf(after); year <= yearOf(upTo); year += 1) {
    for (const holiday of holidaysOfYear(calendar, String(year)) ?? []) {
      if (holiday > after && holiday <= upTo && isWeekday(Temporal.PlainDate.from(holiday))) count += 1;
    }
  }
  return count;
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

function isWeekday(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek < SATURDAY;
}
