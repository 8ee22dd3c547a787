/** Message rows in JSON Lines (interfaces §2): what can be read is read, what cannot is named by its line. */
import * as v from 'valibot';
import { INTENTS, OUTCOMES, REASON_CODES, TEAMS, TEMPLATE_IDS } from '../../events/words.ts';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
// `v.record` would take an array for an object.
const Order = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const Intent = v.picklist(INTENTS);
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const At = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/),
  v.check((text) => Number.isFinite(Date.parse(text))),
);

const Expected = v.object({
  intent: v.optional(Intent),
  intents: v.optional(v.pipe(v.array(Intent), v.minLength(1))),
  tier: v.optional(v.nullable(v.picklist([0, 1, 2]))),
  department: v.optional(v.nullable(v.picklist(TEAMS))),
  /** `null`: no reply was sent. */
  templateId: v.optional(v.nullable(v.picklist(TEMPLATE_IDS))),
  outcome: v.optional(v.picklist(OUTCOMES)),
  /** The deciding one, first of `reasonCodes`. */
  reasonCode: v.optional(v.picklist(REASON_CODES)),
  /** Each of them is among `reasonCodes`. */
  reasons: v.optional(v.array(v.picklist(REASON_CODES))),
  secondaryIntents: v.optional(v.array(Intent)),
  confidence: v.optional(v.nullable(Share)),
  margin: v.optional(v.nullable(Share)),
  templateCandidate: v.optional(v.nullable(v.picklist(TEMPLATE_IDS))),
  /** Each of them is among `tagsAdded`. */
  tags: v.optional(v.array(v.string())),
  /** None of them is among `tagsAdded`. */
  noTags: v.optional(v.array(v.string())),
  /** Each of them stands in `replyText`. */
  replyHas: v.optional(v.array(v.string())),
});
export type Expected = v.InferOutput<typeof Expected>;

/** Keys of no meaning here are ignored. */
export const MessageRow = v.object({
  id: Id,
  text: v.string(),
  channel: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(100)))),
  conversationId: v.optional(v.nullable(Id)),
  subject: v.optional(v.nullable(v.string())),
  attachments: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)))),
  at: v.optional(v.nullable(At)),
  burst: v.optional(v.nullable(v.boolean())),
  customer: v.optional(
    v.nullable(v.object({ firstName: v.optional(v.nullable(v.string())), email: v.optional(v.nullable(v.string())) })),
  ),
  order: v.optional(v.nullable(v.union([v.array(Order), Order]))),
  expected: v.optional(v.nullable(Expected)),
});
export type MessageRow = v.InferOutput<typeof MessageRow>;

/** 1-based. `problem` names a key, never a value. */
export type InvalidLine = { readonly line: number; readonly problem: string };
export type Rows = { readonly rows: readonly MessageRow[]; readonly invalid: readonly InvalidLine[] };

const ONE_OBJECT = 'give one JSON object on a line';

/** What cures a key; those below `expected` have closed lists. */
const WANTED: Readonly<Record<string, string>> = {
  id: 'a text of 1 to 512 characters',
  text: 'a text, which may be empty',
  channel: 'a text of 1 to 100 characters',
  conversationId: 'a text of 1 to 512 characters',
  subject: 'a text',
  attachments: 'a whole number from 0 to 100',
  at: 'an instant with zone such as 2026-01-31T09:30:00Z',
  burst: 'true or false',
  customer: 'an object with firstName and email',
  order: 'an object, an array of objects, or null',
  expected: 'an object',
};

/** Empty lines are no rows. */
export function parseRows(text: string): Rows {
  const rows: MessageRow[] = [];
  const invalid: InvalidLine[] = [];
  const lines = text.replace(/^\u{FEFF}/u, '').split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const row = parseRow(line);
    if (typeof row === 'string') invalid.push({ line: index + 1, problem: row });
    else rows.push(row);
  }
  return { rows, invalid };
}

export function conversationOf(row: MessageRow): string {
  return row.conversationId ?? row.id;
}

/** The row, or what is wrong with it. */
function parseRow(line: string): MessageRow | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return `no JSON: ${ONE_OBJECT}`;
  }
  const parsed = v.safeParse(MessageRow, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const key = v.getDotPath(issue);
  if (key === null) return `no object: ${ONE_OBJECT}`;
  const wanted =
    WANTED[key.startsWith('expected.') ? key : (key.split('.')[0] ?? key)] ?? 'one of the values the interfaces name';
  return `${key} is ${issue.received === 'undefined' ? 'missing' : 'not right'}: give ${wanted}`;
}
