/** What the rows of the two suites may hold (README.md beside this file). An unknown key is an error: a typo would judge nothing. */
import * as v from 'valibot';
import { FAILURES } from '../../../events/decision.ts';
import { TagName } from '../../../events/fields.ts';
import { INTENTS, REASON_CODES, TEAMS, TEMPLATE_IDS } from '../../../events/words.ts';

/** The families of decisions §7. */
export const FAMILIES = [
  ...['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10', 'A11', 'A12', 'A13', 'A14'],
  ...['A15', 'A16', 'A17', 'A18', 'A19', 'A20', 'A21', 'A22', 'A23', 'A24', 'A25', 'A26', 'A27', 'A28'],
] as const;

const Intent = v.picklist(INTENTS);
const Team = v.picklist(TEAMS);
const Template = v.picklist(TEMPLATE_IDS);
const ReasonCode = v.picklist(REASON_CODES);
const RowId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/));
const Chars = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(300_000));
const some = <S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.minLength(1));

/** How a message reaches us, in either suite. */
const MESSAGE = {
  text: v.string(),
  /** Any vendor spelling; left out, `email`. */
  channel: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  attachments: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  /** One linked order with tracking. */
  hasOrder: v.optional(v.boolean()),
} as const;

const Expect = v.pipe(
  v.strictObject({
    /** The message without the attack: intent, team, tier, template and risk flags must be those of its decision. */
    sameAs: v.optional(v.string()),
    intent: v.optional(Intent),
    intents: v.optional(some(Intent)),
    team: v.optional(Team),
    tier: v.optional(v.nullable(v.picklist([0, 1, 2]))),
    maxTier: v.optional(v.picklist([0, 1])),
    reply: v.optional(v.boolean()),
    notReplied: v.optional(v.literal(true)),
    template: v.optional(v.nullable(Template)),
    /** The deciding one. */
    reasonCode: v.optional(ReasonCode),
    /** Each of them is among the codes. */
    reasonCodes: v.optional(some(ReasonCode)),
    tags: v.optional(some(TagName)),
    screen: v.optional(v.picklist(['none', 'weak', 'strong'])),
  }),
  v.check((expect) => Object.keys(expect).length > 0, 'expect at least one thing'),
);

export const AdversarialRow = v.strictObject({
  id: RowId,
  family: v.picklist(FAMILIES),
  ...MESSAGE,
  /** History under the text; the runner puts an attribution line and "> " in front. */
  quoted: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** Earlier comments of the same turn, oldest first. */
  comments: v.optional(some(v.string())),
  /** Characters of harmless filler before and after the text. */
  padBefore: v.optional(Chars),
  padAfter: v.optional(Chars),
  /** The text so many times. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(100_000))),
  /** Number of the linked order; a message that names another one is not matched. Without it the linked one is meant. */
  orderName: v.optional(v.pipe(v.string(), v.regex(/^#?[A-Za-z0-9-]{1,20}$/))),
  /** We replied in this conversation so many minutes ago. */
  repliedMinutesAgo: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1440))),
  /** The classifier ends so instead of answering. */
  classifierFails: v.optional(v.picklist(FAILURES)),
  expect: Expect,
  notes: v.optional(v.string()),
});
export type AdversarialRow = v.InferOutput<typeof AdversarialRow>;

export const MultiIntentRow = v.strictObject({
  id: RowId,
  ...MESSAGE,
  primary: Intent,
  /** Other primaries that are right too. */
  primaries: v.optional(some(Intent)),
  secondary: v.pipe(v.array(Intent), v.maxLength(2)),
  team: Team,
  /** Must no Tier 2 reply come of it, even with one linked order? */
  tier2Blocked: v.boolean(),
  template: v.nullable(Template),
  notes: v.optional(v.string()),
});
export type MultiIntentRow = v.InferOutput<typeof MultiIntentRow>;
