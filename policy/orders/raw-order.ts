/** Reading a vendor's JSON, where every field may be missing, renamed or of another type (richpanel-api §1.7, §4.4). */

export type RawRecord = Readonly<Record<string, unknown>>;

/** Epoch milliseconds of 2000-01-01 and 2100-01-01: outside, a number is no order date (or is in seconds). */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;
const ISO_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a field says nothing: missing, `null`, or a text without a letter. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** The first of several spellings that says something: an empty one must not hide what another tells. */
export function pick(record: RawRecord, ...names: string[]): unknown {
  return names.map((name) => record[name]).find((value) => !isBlank(value));
}

/** A trimmed text, or a number as text when it is exact; `undefined` when empty. Large numbers have lost digits. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** A text cut to a length. */
export function shortTextOf(value: unknown, maxChars: number): string | undefined {
  return textOf(value)?.slice(0, maxChars);
}

/** Epoch milliseconds, the same as text, or ISO 8601 with a zone, as an RFC 3339 instant. */
export function instantOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : textOf(value);
  if (text === undefined) return undefined;
  const epoch = /^\d{12,13}(\.\d+)?$/.test(text) ? Math.trunc(Number(text)) : isoEpoch(text);
  if (epoch === undefined || epoch < EARLIEST_MS || epoch >= LATEST_MS) return undefined;
  return new Date(epoch).toISOString();
}

/** The 30th of February is no instant, though `Date.parse` takes some such texts for the 1st or 2nd of March. */
function isoEpoch(text: string): number | undefined {
  if (!ISO_WITH_ZONE.test(text)) return undefined;
  const day = text.slice(0, 10);
  const dayEpoch = Date.parse(`${day}T00:00:00Z`);
  if (!Number.isFinite(dayEpoch) || new Date(dayEpoch).toISOString().slice(0, 10) !== day) return undefined;
  const epoch = Date.parse(text);
  return Number.isFinite(epoch) ? epoch : undefined;
}

export function integerOf(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : Number(textOf(value) ?? Number.NaN);
  return Number.isInteger(number) ? number : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = textOf(value)?.toLowerCase();
  if (word === '1' || word === 'true' || word === 'yes') return true;
  return word === '0' || word === 'false' || word === 'no' ? false : undefined;
}

/** An array as it is, a single record or text as one element, anything else as none. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

export function recordsOf(value: unknown): readonly RawRecord[] {
  return listOf(value).filter(isRecord);
}
