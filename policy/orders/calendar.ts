/**
 * Business days on local dates. A zone is applied once, when an instant becomes a date; after that there are only
 * `YYYY-MM-DD` values, so that no daylight-saving change can move a count (replies §3.3).
 */
// The functions rather than the classes of Temporal: a bundle holds only those that are used (docs/bundles.md).
import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
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
  return PlainDate.toString(ZonedDateTime.toPlainDate(Instant.toZonedDateTimeISO(Instant.fromString(instant), zone)));
}

/** Whether a text is a date that exists; 2026-02-30 does not. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return PlainDate.toString(dateOf(text)) === text;
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
  return isWeekday(dateOf(date)) && !(holidaysOfYear(calendar, date.slice(0, 4)) ?? []).includes(date);
}

/** Business days `d` with `after < d <= upTo`; 0 when `upTo` is not later. */
export function businessDaysBetween(after: LocalDate, upTo: LocalDate, calendar: HolidayCalendar): number {
  if (upTo <= after) return 0;
  return weekdaysBetween(after, upTo) - weekdayHolidays(after, upTo, calendar);
}

/** The `count`-th business day after a date. */
export function addBusinessDays(date: LocalDate, count: number, calendar: HolidayCalendar): LocalDate {
  let day = dateOf(date);
  for (let left = count; left > 0; ) {
    day = PlainDate.addDays(day, 1);
    if (isBusinessDay(PlainDate.toString(day), calendar)) left -= 1;
  }
  return PlainDate.toString(day);
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
    if (isWeekday(PlainDate.subtractDays(dateOf(upTo), back))) count += 1;
  return count;
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return PlainDate.diffDays(dateOf(from), dateOf(to));
}

function weekdayHolidays(after: LocalDate, upTo: LocalDate, calendar: HolidayCalendar): number {
  let count = 0;
  for (let year = yearOf(after); year <= yearOf(upTo); year += 1) {
    for (const holiday of holidaysOfYear(calendar, String(year)) ?? []) {
      if (holiday > after && holiday <= upTo && isWeekday(dateOf(holiday))) count += 1;
    }
  }
  return count;
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** Throws for a date that does not exist. */
function dateOf(text: string): PlainDate.Record {
  return PlainDate.fromString(text, getISO);
}

function isWeekday(day: PlainDate.Record): boolean {
  return PlainDate.dayOfWeek(day) < SATURDAY;
}
