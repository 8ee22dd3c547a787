/** Hours of the shop's day in UTC, which is what CloudWatch knows. Pure. */

/** A day of each half of the year, so that both offsets of a zone with summer time are seen. */
const DAYS = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];
const HOUR_MS = 3_600_000;

/**
 * The hours of UTC that lie within `from` to `to` of the zone's clock all year round: an hour that does so in summer only is
 * left out, since a watch in an hour of sleep wakes people for nothing.
 */
export function hoursInUtc(zone: string, from: number, to: number): number[] {
  const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  return Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    DAYS.every((day) => {
      const local = Number(hourOf.format(day + hour * HOUR_MS));
      return local >= from && local < to;
    }),
  );
}
