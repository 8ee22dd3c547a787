/** What agents say by tag (platform §9.6): the closed list, and how a tag is read. A tag's own text never travels, its code does. */
import { INTENTS, type Intent, ROUTE_TAG_OF_TEAM, TEAMS, type Team } from './words.ts';

/** Without a word after them, in the order of platform §9.6. */
const PLAIN = [
  'misroute',
  'bad_reply',
  'should_have_automated',
  'should_not_automate',
  'pii_risk',
  'chargeback_mishandled',
  'auto_reply_helpful',
  'new_intent_candidate',
] as const;
export const FEEDBACK_KINDS = [...PLAIN, 'wrong_intent', 'correct_dept'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

export type FeedbackCode = `mw:feedback:${string}`;
export type Feedback = {
  readonly kind: FeedbackKind;
  /** As facts write it, whatever separators the tag had. */
  readonly code: FeedbackCode;
  /** Of `wrong_intent`. */
  readonly intent: Intent | null;
  /** Of `correct_dept`: the team that should have had the ticket. */
  readonly team: Team | null;
};

/** These two do not wait for the weekly triage (platform §9.6). */
export const URGENT_FEEDBACK = {
  pii: 'mw:feedback:pii_risk',
  chargeback: 'mw:feedback:chargeback_mishandled',
} as const;

const said = (kind: FeedbackKind, word: string | null, about: Partial<Feedback> = {}): Feedback => ({
  kind,
  code: `mw:feedback:${kind}${word === null ? '' : `:${word}`}`,
  intent: null,
  team: null,
  ...about,
});

/** Every code that there is. */
export const FEEDBACK: readonly Feedback[] = [
  ...PLAIN.map((kind) => said(kind, null)),
  ...INTENTS.map((intent) => said('wrong_intent', intent, { intent })),
  ...TEAMS.map((team) => said('correct_dept', teamWord(team), { team })),
];

/** Of a team: what follows `route-` in its tag. */
function teamWord(team: Team): string {
  return ROUTE_TAG_OF_TEAM[team].slice('route-'.length).replaceAll('-', '_');
}

/** `:`, `_`, `-` and blanks are read alike, capitals too. */
const folded = (tag: string): string =>
  tag
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');

const BY_TAG: ReadonlyMap<string, Feedback> = new Map(
  FEEDBACK.flatMap((feedback) => {
    const names = [feedback.code, ...(feedback.team === null ? [] : [`mw_feedback_correct_dept_${feedback.team}`])];
    return names.map((name) => [folded(name), feedback] as const);
  }),
);

/** `null` for any other tag, and for one about an intent or a team that does not exist. */
export function feedbackOf(tag: string): Feedback | null {
  return BY_TAG.get(folded(tag)) ?? null;
}

/** What the tags of a ticket say, each thing once. */
export function feedbackIn(tags: readonly string[]): Feedback[] {
  const found = tags.flatMap((tag) => feedbackOf(tag) ?? []);
  return [...new Map(found.map((feedback) => [feedback.code, feedback])).values()];
}
