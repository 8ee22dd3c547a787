/** Message rows of interfaces §2 as the proof reads them, and what their `expected` demands. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { INTENTS, REASON_CODES, TEAMS, TEMPLATE_IDS } from '../../../events/words.ts';

const order = v.record(v.string(), v.unknown());

const Expected = v.strictObject({
  intent: v.optional(v.picklist(INTENTS)),
  intents: v.optional(v.pipe(v.array(v.picklist(INTENTS)), v.minLength(1))),
  tier: v.optional(v.nullable(v.picklist([0, 1, 2]))),
  department: v.optional(v.nullable(v.picklist(TEAMS))),
  templateId: v.optional(v.nullable(v.picklist(TEMPLATE_IDS))),
  outcome: v.optional(v.picklist(['failed', 'replied', 'suppressed', 'routed'])),
  /** The deciding one, first of `reasonCodes`. */
  reasonCode: v.optional(v.picklist(REASON_CODES)),
  /** Each of them is among `reasonCodes`. */
  reasons: v.optional(v.array(v.picklist(REASON_CODES))),
  /** Each of them is among `tagsAdded`. */
  tags: v.optional(v.array(v.string())),
  /** Each of them stands in `replyText`. */
  replyHas: v.optional(v.array(v.string())),
});

const Row = v.object({
  id: v.string(),
  text: v.string(),
  channel: v.optional(v.string()),
  conversationId: v.optional(v.string()),
  subject: v.optional(v.string()),
  attachments: v.optional(v.number()),
  at: v.optional(v.string()),
  burst: v.optional(v.boolean()),
  customer: v.optional(v.strictObject({ firstName: v.optional(v.string()), email: v.optional(v.string()) })),
  order: v.optional(v.nullable(v.union([v.array(order), order]))),
  expected: v.optional(Expected),
});
export type Row = v.InferOutput<typeof Row>;

/** The part of an outcome row (interfaces §2) that `expected` can judge. */
export type Judged = {
  readonly intent: string;
  readonly tier: number | null;
  readonly department: string | null;
  readonly templateId: string | null;
  readonly outcome: string;
  readonly reasonCodes: readonly string[];
  readonly tagsAdded: readonly string[];
  readonly replyText: string | null;
};

export const SHIPPED_ROWS = new URL('../../../local/demo/messages.jsonl', import.meta.url);

/** Throws at the first line that is no row, naming it by number. */
export function readRows(file: URL | string): Row[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = v.safeParse(Row, JSON.parse(line));
    if (!parsed.success) throw new Error(`line ${index + 1} is no message row: ${v.getDotPath(parsed.issues[0])}`);
    return [parsed.output];
  });
}

export type Miss = { readonly id: string; readonly key: string; readonly wanted: string; readonly got: string };

/** Every key of `expected` that is not equal; the others are not judged. */
export function missesOf({ id, expected = {} }: Row, outcome: Judged): Miss[] {
  const { intents, reasonCode, reasons = [], tags = [], replyHas = [], ...single } = expected;
  const misses: Miss[] = [];
  if (intents !== undefined && !intents.some((intent) => intent === outcome.intent)) {
    misses.push({ id, key: 'intents', wanted: intents.join(' or '), got: outcome.intent });
  }
  for (const key of ['intent', 'tier', 'department', 'templateId', 'outcome'] as const) {
    const wanted = single[key];
    if (wanted !== undefined && wanted !== outcome[key]) {
      misses.push({ id, key, wanted: `${wanted}`, got: `${outcome[key]}` });
    }
  }
  const [deciding] = outcome.reasonCodes;
  if (reasonCode !== undefined && reasonCode !== deciding) {
    misses.push({ id, key: 'reasonCode', wanted: reasonCode, got: `${deciding}` });
  }
  for (const reason of reasons.filter((code) => !outcome.reasonCodes.includes(code))) {
    misses.push({ id, key: 'reasons', wanted: reason, got: outcome.reasonCodes.join(' ') });
  }
  for (const tag of tags.filter((name) => !outcome.tagsAdded.includes(name))) {
    misses.push({ id, key: 'tags', wanted: tag, got: outcome.tagsAdded.join(' ') });
  }
  for (const piece of replyHas.filter((text) => !outcome.replyText?.includes(text))) {
    misses.push({ id, key: 'replyHas', wanted: piece, got: `${outcome.replyText}`.replaceAll('\n', ' ') });
  }
  return misses;
}
