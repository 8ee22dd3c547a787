/** What people say a message was about, line by line beside the data: ids and codes, never a text (architecture §10 ruling 23). */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Instant, Intent, Team, Tier, VendorId } from '../../events/fields.ts';
import { Failure } from '../failure.ts';

export const Labeller = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,39}$/));

const Said = v.strictObject({
  intent: Intent,
  tier: v.optional(Tier),
  team: v.optional(Team),
});

const LabelRow = v.strictObject({
  messageKey: VendorId,
  conversationId: VendorId,
  decided: v.strictObject({ intent: Intent, tier: Tier, team: v.nullable(Team), confidence: v.nullable(v.number()) }),
  label: Said,
  by: Labeller,
  at: Instant,
  /** Settles what two people said differently. */
  adjudicates: v.optional(v.literal(true)),
});
export type LabelRow = v.InferOutput<typeof LabelRow>;

export const LABELS_FILE = 'labels.jsonl';

export function readLabels(dataDir: string): LabelRow[] {
  const file = join(dataDir, LABELS_FILE);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, at) => (line === '' ? [] : [rowOf(line, at + 1, file)]));
}

function rowOf(line: string, number: number, file: string): LabelRow {
  try {
    return v.parse(LabelRow, JSON.parse(line));
  } catch {
    throw new Failure('unreadable_label', `line ${number} of ${file} is no label`, 'correct or remove the line');
  }
}

export function addLabel(dataDir: string, row: LabelRow): void {
  appendFileSync(join(dataDir, LABELS_FILE), `${JSON.stringify(v.parse(LabelRow, row))}\n`, { mode: 0o600 });
}

/** What stands for a message: `settled` where somebody adjudicated or all agree. */
export type Standing = {
  readonly messageKey: string;
  readonly conversationId: string;
  readonly decided: LabelRow['decided'];
  readonly state: 'once' | 'agreed' | 'adjudicated' | 'disputed';
  readonly by: readonly string[];
  /** `null` of a dispute. */
  readonly label: LabelRow['label'] | null;
};

/** The newest word of each person counts; who adjudicates ends the matter. */
export function standingLabels(rows: readonly LabelRow[]): Standing[] {
  return [...Map.groupBy(rows, ({ messageKey }) => messageKey).values()].flatMap((own) => {
    const last = own.at(-1);
    if (last === undefined) return [];
    const { messageKey, conversationId, decided } = last;
    const newest = [...new Map(own.map((row) => [row.by, row])).values()];
    const judge = own.findLast(({ adjudicates }) => adjudicates);
    const intents = new Set(newest.map(({ label }) => label.intent));
    const state = judge ? 'adjudicated' : intents.size > 1 ? 'disputed' : newest.length > 1 ? 'agreed' : 'once';
    const label = state === 'disputed' ? null : (judge ?? last).label;
    return [{ messageKey, conversationId, decided, state, by: newest.map(({ by }) => by), label }];
  });
}

export type Agreement = {
  readonly labelled: number;
  readonly twice: number;
  readonly disputed: number;
  /** Of those that two people labelled; 85 % is the floor (decisions §8.4). */
  readonly agreement: number | null;
};

export function agreementOf(rows: readonly LabelRow[]): Agreement {
  const twice = [...Map.groupBy(rows, ({ messageKey }) => messageKey).values()]
    .map((own) => [
      ...new Map(own.filter(({ adjudicates }) => !adjudicates).map((row) => [row.by, row.label])).values(),
    ])
    .filter((labels) => labels.length > 1);
  const agreed = twice.filter((labels) => new Set(labels.map(({ intent }) => intent)).size === 1).length;
  const standing = standingLabels(rows);
  return {
    labelled: standing.length,
    twice: twice.length,
    disputed: standing.filter(({ state }) => state === 'disputed').length,
    agreement: twice.length === 0 ? null : agreed / twice.length,
  };
}
