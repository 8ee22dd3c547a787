/** Date and time fields, which know no zone, in the zone that is shown. Pure. */

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(instant: number, zone: string): Readonly<Record<string, string>> {
  const known =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, known);
  return Object.fromEntries(known.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}

/** `2026-01-31T09:30`, as a field of kind `datetime-local` holds it. */
export function fieldOf(instant: number, zone: string): string {
  const { year, month, day, hour, minute } = partsIn(instant, zone);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** Epoch milliseconds; `null` for what is no time. Of an hour that a clock has twice the first; of one that it skips, the one after. */
export function instantOf(field: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(field)) return null;
  const asUtc = Date.parse(`${field}Z`);
  if (!Number.isFinite(asUtc)) return null;
  const offset = (at: number): number => Date.parse(`${fieldOf(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  const [first = asUtc, second = first] = [asUtc - offset(asUtc - DAY_MS), asUtc - offset(asUtc + DAY_MS)].toSorted(
    (a, b) => a - b,
  );
  return [first, second].find((at) => fieldOf(at, zone) === field.slice(0, 16)) ?? second;
}

/** The first instant of the day before the one in which an instant lies, and the first of that day. */
export function dayBefore(instant: number, zone: string): { readonly from: number; readonly to: number } {
  const today = instantOf(`${fieldOf(instant, zone).slice(0, 10)}T00:00`, zone) ?? instant;
  const from = instantOf(`${fieldOf(today - 12 * 3_600_000, zone).slice(0, 10)}T00:00`, zone) ?? today;
  return { from, to: today };
}
