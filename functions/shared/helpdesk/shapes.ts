/**
 * What the vendor answers, validated at the edge: only the fields that are used, each lenient about its own type, so that
 * an unknown key or a field gone wrong costs that field and no more (reference §2, §13).
 */
import * as v from 'valibot';

/** A string that says something; `null` for anything else. */
const text = v.fallback(v.nullable(v.pipe(v.string(), v.check(saysSomething))), null);
/** Ids come as text or as numbers. */
const identifier = v.fallback(
  v.nullable(
    v.union([v.pipe(v.string(), v.check(saysSomething)), v.pipe(v.number(), v.safeInteger(), v.transform(String))]),
  ),
  null,
);
/** Boolean, 0 or 1, "true" or "false"; `null` when not told. */
const flag = v.fallback(v.nullable(v.pipe(v.union([v.boolean(), v.number(), v.string()]), v.transform(truth))), null);
/** ISO 8601, epoch milliseconds, or those as text; `null` for what is no instant. */
const instant = v.fallback(v.nullable(v.pipe(v.union([v.number(), v.string()]), v.transform(instantOf))), null);
const items = v.fallback(v.array(v.unknown()), []);

/** Missing, `null`, a list or a text all read like an object without entries. */
function part<E extends v.ObjectEntries>(entries: E) {
  const schema = v.object(entries);
  return v.fallback(schema, v.parse(schema, {}));
}

const COMMENT = part({
  id: identifier,
  author_id: identifier,
  created_at: instant,
  body: text,
  plain_body: text,
  html_body: text,
  attachments: items,
  via: part({ channel: text, is_operator: flag, isOperator: flag }),
  is_operator: flag,
  isOperator: flag,
  public: flag,
  sender_type: text,
});
export type CommentShape = v.InferOutput<typeof COMMENT>;

const TICKET = part({
  id: identifier,
  conversation_no: identifier,
  status: text,
  state: text,
  created_at: instant,
  updated_at: instant,
  subject: text,
  tags: items,
  via: part({
    channel: text,
    // Working code tolerates a plain address (reference §3.1).
    source: part({ from: v.fallback(v.union([v.string(), part({ address: text })]), '') }),
  }),
  comments: items,
  app_client_id: identifier,
  customer_profile: part({ id: identifier, uid: identifier, email: text, name: text, firstName: text }),
});
export type TicketShape = v.InferOutput<typeof TICKET>;

const NAMED = part({ id: identifier, name: text, type: text, business_brand_name: text });
export type NamedShape = v.InferOutput<typeof NAMED>;

export const commentShape = (value: unknown): CommentShape => v.parse(COMMENT, asRecord(value));
export const ticketShape = (value: unknown): TicketShape => v.parse(TICKET, asRecord(value));
/** A tag, a team, a channel or an agent: what all of them may have. */
export const namedShape = (value: unknown): NamedShape => v.parse(NAMED, asRecord(value));

/** An object of the vendor's as it came. */
export type Raw = Readonly<Record<string, unknown>>;

/** An id as text; `null` for what is none. */
export const identifierOf = (value: unknown): string | null => v.parse(identifier, value);

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asRecord(value: unknown): Raw {
  return isRecord(value) ? value : {};
}

function saysSomething(value: string): boolean {
  return value.trim() !== '';
}

function truth(value: boolean | number | string): boolean | null {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 1 || word === 'true' || word === '1') return true;
  return word === false || word === 0 || word === 'false' || word === '0' ? false : null;
}

/** A time without a zone is UTC, as all of theirs are (reference §1.7): `Date.parse` would take that of this machine. */
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** The year 5138: beyond it nothing is a time of a ticket, and ULIDs hold no more than the year 10889. */
const LAST_INSTANT_MS = 1e14;

function instantOf(value: number | string): number | null {
  const at = typeof value === 'number' ? value : instantOfText(value.trim());
  return at >= 0 && at < LAST_INSTANT_MS ? Math.trunc(at) : null;
}

function instantOfText(value: string): number {
  if (/^\d{12,14}(?:\.\d+)?$/.test(value)) return Number(value);
  const [, day, time, zone = 'Z'] = ISO.exec(value) ?? [];
  if (day === undefined) return Number.NaN;
  if (time === undefined) return Date.parse(`${day}T00:00:00Z`);
  const hours = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return Date.parse(`${day}T${time.replace(',', '.')}${hours}`);
}
