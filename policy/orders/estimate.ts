/** The delivery window of an order without tracking: order date to delivery, in business days (replies §3). */
import { addBusinessDays, businessDaysBetween, isCovered, type LocalDate, localDate } from './calendar.ts';
import type { HolidayCalendar } from './holidays.ts';
import type { Window } from './transit.ts';

/** Where and how a shop counts days. */
export type DayCount = { readonly zone: string; readonly calendar: HolidayCalendar };

export type Estimate = {
  readonly kind: 'window';
  readonly bucket: string;
  readonly slaMinBd: number;
  readonly slaMaxBd: number;
  readonly elapsedBd: number;
  readonly remainingMinBd: number;
  readonly remainingMaxBd: number;
  readonly isLate: boolean;
  /** What the customer reads; `null` when late. */
  readonly etaText: string | null;
  /** For the audit block and the late check, never rendered. */
  readonly orderDate: LocalDate;
  readonly askedDate: LocalDate;
  readonly lastDay: LocalDate;
};

export type NoEstimate = { readonly kind: 'none'; readonly why: 'clock_skew' | 'calendar_not_covered' };

/** Counts the window of a bucket for a customer who asks at `asOf`; both instants RFC 3339. */
export function estimate(
  order: { createdAt: string; bucket: string; window: Window },
  asOf: string,
  { zone, calendar }: DayCount,
): Estimate | NoEstimate {
  const orderDate = localDate(order.createdAt, zone);
  const askedDate = localDate(asOf, zone);
  if (askedDate < orderDate) return { kind: 'none', why: 'clock_skew' };
  if (!isCovered(orderDate, askedDate, calendar)) return { kind: 'none', why: 'calendar_not_covered' };

  const [slaMinBd, slaMaxBd] = order.window;
  const lastDay = addBusinessDays(orderDate, slaMaxBd, calendar);
  // The window is promised up to its last day, so that day's year must be known too.
  if (!isCovered(orderDate, lastDay, calendar)) return { kind: 'none', why: 'calendar_not_covered' };

  const elapsedBd = businessDaysBetween(orderDate, askedDate, calendar);
  const remainingMinBd = Math.max(0, slaMinBd - elapsedBd);
  const remainingMaxBd = Math.max(0, slaMaxBd - elapsedBd);
  return {
    kind: 'window',
    bucket: order.bucket,
    slaMinBd,
    slaMaxBd,
    elapsedBd,
    remainingMinBd,
    remainingMaxBd,
    isLate: remainingMaxBd === 0,
    etaText: etaText(remainingMinBd, remainingMaxBd),
    orderDate,
    askedDate,
    lastDay,
  };
}

/** The words of `eta_remaining_human` (replies §3.4), or `null` when nothing remains. */
export function etaText(min: number, max: number): string | null {
  if (max === 0) return null;
  const unit = max === 1 ? 'business day' : 'business days';
  if (min === max) return `${max} ${unit}`;
  return min === 0 ? `up to ${max} ${unit}` : `${min}–${max} ${unit}`;
}
