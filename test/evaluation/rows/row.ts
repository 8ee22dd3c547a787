/** A row to evaluate (interfaces §4): what can be read is read, what cannot is named by its line, and never quoted. */
import * as v from 'valibot';
import {
  type Channel,
  INTENTS,
  type Intent,
  TEAMS,
  TEMPLATE_IDS,
  type Team,
  type TemplateId,
} from '../../../events/words.ts';
import { normaliseChannel } from '../../../functions/shared/helpdesk/channels.ts';
import { INTENT_CATALOGUE } from '../../../policy/intents.ts';
import type { Line } from './lines.ts';

const Label = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Labels = v.array(Label);

/** Keys of no meaning here are ignored, so that a file may carry more. */
const Row = v.object({
  id: v.union([v.pipe(v.string(), v.minLength(1), v.maxLength(512)), v.pipe(v.number(), v.integer())]),
  text: v.string(),
  channel: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(100)))),
  attachments: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)))),
  intent: Label,
  intents: v.optional(v.nullable(Labels)),
  secondary: v.optional(v.nullable(Labels)),
  hasOrder: v.optional(v.nullable(v.boolean())),
  tier0: v.optional(v.nullable(v.boolean())),
  split: v.optional(v.nullable(v.string())),
  destination_team: v.optional(v.nullable(v.string())),
  automation_tier_max: v.optional(v.nullable(v.string())),
  template_id: v.optional(v.nullable(v.string())),
  negative: v.optional(v.nullable(v.boolean())),
});
type Row = v.InferOutput<typeof Row>;

export type EvalRow = {
  readonly id: string;
  readonly text: string;
  readonly channel: Channel;
  readonly attachments: number;
  readonly intent: Intent;
  /** Every primary that is right, `intent` among them. */
  readonly accepted: ReadonlySet<Intent>;
  readonly secondary: readonly Intent[];
  readonly hasOrder: boolean;
  /** Labelled with a P0 intent, or `tier0: true`. */
  readonly isTier0: boolean;
  readonly isNegative: boolean;
  readonly split: string | null;
  /** Labels that only a golden file carries; `undefined` where the row says nothing. */
  readonly team: Team | undefined;
  readonly ceiling: string | null | undefined;
  readonly template: TemplateId | null | undefined;
};

/** 1-based. `problem` names a key and its cure, never a value. */
export type InvalidLine = { readonly line: number; readonly problem: string };

const WANTED: Readonly<Record<string, string>> = {
  id: 'a text of 1 to 512 characters',
  text: 'a text, which may be empty',
  channel: 'a text of at most 100 characters',
  attachments: 'a whole number from 0 to 100',
  intent: 'an intent id',
  intents: 'a list of intent ids',
  secondary: 'a list of intent ids',
  hasOrder: 'true or false',
  tier0: 'true or false',
  negative: 'true or false',
};

const ONE_OBJECT = 'give one JSON object on a line';

/** The row, what is wrong with the line, or `null` for an empty line, which is no row. */
export function parseLine(line: Line): EvalRow | InvalidLine | null {
  const invalid = (problem: string): InvalidLine => ({ line: line.line, problem });
  if (line.text === null)
    return invalid(
      line.problem === 'no_utf8'
        ? 'no UTF-8: save the file as UTF-8'
        : 'longer than 8 MB: end each row with a line feed',
    );
  const text = line.text.trim();
  if (text === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid(`no JSON: ${ONE_OBJECT}`);
  }
  const parsed = v.safeParse(Row, value);
  if (parsed.success) return evalRow(parsed.output);
  const [issue] = parsed.issues;
  const key = v.getDotPath(issue)?.split('.')[0];
  if (key === undefined || Array.isArray(value)) return invalid(`no object: ${ONE_OBJECT}`);
  const isMissing = !Object.hasOwn(value as object, key);
  return invalid(`${key} is ${isMissing ? 'missing' : 'not right'}: give ${WANTED[key] ?? 'a text'}`);
}

export const isInvalid = (parsed: EvalRow | InvalidLine): parsed is InvalidLine => 'problem' in parsed;

function evalRow(row: Row): EvalRow {
  const intent = intentOf(row.intent);
  return {
    id: String(row.id),
    text: row.text,
    channel: row.channel === undefined || row.channel === null ? 'email' : normaliseChannel(row.channel),
    attachments: row.attachments ?? 0,
    intent,
    accepted: new Set([intent, ...(row.intents ?? []).map(intentOf)]),
    secondary: (row.secondary ?? []).map(intentOf),
    hasOrder: row.hasOrder ?? false,
    isTier0: INTENT_CATALOGUE[intent].priority === 0 || row.tier0 === true,
    isNegative: row.negative ?? false,
    split: row.split ?? null,
    team: TEAMS.find((team) => team === row.destination_team),
    ceiling: row.automation_tier_max,
    template: row.template_id === null ? null : TEMPLATE_IDS.find((id) => id === row.template_id),
  };
}

/** An intent outside the taxonomy counts as `unknown_other` (interfaces §4). */
function intentOf(label: string): Intent {
  return INTENTS.find((intent) => intent === label) ?? 'unknown_other';
}
