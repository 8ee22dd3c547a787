/** Times as people read and write them: business zone in tables, RFC 3339 or a shorthand on the way in (interfaces §3). */
import { misuse } from './failure.ts';

export type Zone = { readonly name: string };

/** Making one takes longer than a hundred times using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn({ name }: Zone): Intl.DateTimeFormat {
  const known =
    formats.get(name) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
    });
  formats.set(name, known);
  return known;
}

/** `2026-01-31 04:30:00.120` in the zone; milliseconds only when asked for. */
export function localTime(instant: number | string, zone: Zone, precise = false): string {
  const date = new Date(instant);
  const parts = Object.fromEntries(
    formatIn(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second, fractionalSecond } = parts;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}${precise ? `.${fractionalSecond}` : ''}`;
}

/** Time of day only, with milliseconds. */
export function clockTime(instant: number | string, zone: Zone): string {
  return localTime(instant, zone, true).slice(11);
}

const HOUR_MS = 3_600_000;
const RELATIVE = /^-(\d{1,6})(m|h|d)$/;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: HOUR_MS, d: 24 * HOUR_MS };

/**
 * An instant from RFC 3339 with a zone, from a date (midnight in the business zone) or from `-24h`, `-30m`, `-7d`; epoch
 * milliseconds. Throws `Failure` with exit code 2.
 */
export function parseInstant(text: string, zone: Zone, now: number): number {
  const relative = RELATIVE.exec(text);
  if (relative !== null) return now - Number(relative[1]) * (UNITS[relative[2] ?? ''] ?? 0);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDate(text)) return midnight(text, zone);
  if (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
    isRealDate(text.slice(0, 10))
  ) {
    const instant = Date.parse(text);
    if (Number.isFinite(instant)) return instant;
  }
  throw misuse(
    'invalid_time',
    'this is no time',
    'write 2026-01-31T09:30:00Z, 2026-01-31 (midnight in the business zone) or -24h',
  );
}

function isRealDate(date: string): boolean {
  const instant = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(date);
}

/** First instant of the local day: the offset is looked up where the day begins, not where UTC's does. */
function midnight(date: string, zone: Zone): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  const first = utc - offsetAt(utc, zone);
  return utc - offsetAt(first, zone);
}

function offsetAt(instant: number, zone: Zone): number {
  return Date.parse(`${localTime(instant, zone, true).replace(' ', 'T')}Z`) - instant;
}
