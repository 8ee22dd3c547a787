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

/** What is counted by: every zone's days begin on a quarter of an hour. */
export function grainOf(period: Period): number {
  return widthOf(period) ?? 15 * MINUTE;
}

/** `null`: by days. */
function widthOf({ from, to }: Period): number | null {
  return WIDTHS.find((width) => (to - from) / width <= MOST_BARS) ?? null;
}

export function barsOf(period: Period, byGrain: ReadonlyMap<number, number>, zone: Zone): readonly Bar[] {
  const starts = startsOf(period, zone);
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

function startsOf(period: Period, zone: Zone): number[] {
  const width = widthOf(period);
  const starts: number[] = [];
  if (width !== null) {
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
