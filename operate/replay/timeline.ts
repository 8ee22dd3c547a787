/** An archive as a time line: bars of events by minutes, hours or days of the zone, as many as can be seen side by side. Pure. */
import { localTime, parseInstant, type Zone } from '../instants.ts';

export type Bar = { readonly from: number; readonly to: number; readonly events: number };
export type Period = { readonly from: number; readonly to: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** More are thinner than they are worth. */
const MOST_BARS = 400;
const WIDTHS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR] as const;
const QUARTER = 15 * MINUTE;
/** A longer period is counted by quarters of an hour, as the archive keeps them. */
const FINE_MS = 6 * HOUR;

/** What is counted by: every zone's days begin on a quarter of an hour. */
export function grainOf(period: Period): number {
  return Math.min(widthOf(period) ?? QUARTER, QUARTER);
}

/** `null`: by days. */
function widthOf({ from, to }: Period): number | null {
  const length = to - from;
  return WIDTHS.find((width) => length / width <= MOST_BARS && (width >= QUARTER || length <= FINE_MS)) ?? null;
}

/** @param grainMs  what was counted by: no bar is narrower */
export function barsOf(
  period: Period,
  byGrain: ReadonlyMap<number, number>,
  zone: Zone,
  grainMs: number,
): readonly Bar[] {
  const starts = startsOf(period, zone, grainMs);
  const events = new Array<number>(starts.length).fill(0);
  let index = 0;
  for (const [grain, count] of [...byGrain].sort(([left], [right]) => left - right)) {
    while (index + 1 < starts.length && grain >= (starts[index + 1] ?? 0)) index += 1;
    events[index] = (events[index] ?? 0) + count;
  }
  return starts.map((from, at) => ({
    from,
    to: (starts[at + 1] ?? Math.max(period.to, from) + 1) - 1,
    events: Math.round(events[at] ?? 0),
  }));
}

function startsOf(period: Period, zone: Zone, grainMs: number): number[] {
  const wanted = widthOf(period);
  const starts: number[] = [];
  if (wanted !== null) {
    const width = Math.max(wanted, grainMs);
    for (let at = period.from - (period.from % width); at <= period.to; at += width) starts.push(at);
    return starts;
  }
  // A day has 23 to 25 hours: noon of the next is never skipped.
  for (let at = midnightOf(period.from, zone); at <= period.to; at = midnightOf(at + DAY + 12 * HOUR, zone))
    starts.push(at);
  return starts;
}

function midnightOf(instant: number, zone: Zone): number {
  return parseInstant(localTime(instant, zone).slice(0, 10), zone, instant);
}
