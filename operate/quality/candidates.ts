/** Messages of which an agent says that they were decided wrongly: candidates for the golden set, never labels (decisions §8.9). Pure. */
import type { FeedbackCode, FeedbackKind } from '../../events/feedback.ts';
import type { Intent, Team, TemplateId } from '../../events/words.ts';
import type { Message, Said } from './message.ts';

export type Candidate = {
  readonly messageKey: string;
  readonly conversationId: string;
  /** When the first tag was set, epoch milliseconds. */
  readonly at: number;
  readonly decided: {
    readonly intent: Intent;
    readonly tier: Message['tier'];
    readonly team: Team | null;
    readonly confidence: number | null;
    readonly templateId: TemplateId | null;
  };
  readonly says: {
    readonly codes: readonly FeedbackCode[];
    /** It is about this. */
    readonly intent: Intent | null;
    /** It is about something else than was decided. */
    readonly isOtherIntent: boolean;
    readonly team: Team | null;
  };
};

/** These judge our reply or our silence, or the route; "it helped" does not make a candidate. */
const AGAINST: readonly FeedbackKind[] = [
  'misroute',
  'wrong_intent',
  'correct_dept',
  'bad_reply',
  'should_have_automated',
  'should_not_automate',
  'chargeback_mishandled',
  'pii_risk',
  'new_intent_candidate',
];

/** One for each message, the newest word first. */
export function candidatesOf(said: readonly Said[]): Candidate[] {
  const against = said.filter(({ feedback, about }) => about !== null && AGAINST.includes(feedback.kind));
  return [...Map.groupBy(against, ({ about }) => about).entries()]
    .flatMap(([message, words]) => (message === null ? [] : [candidate(message, words)]))
    .toSorted((a, b) => b.at - a.at);
}

function candidate(message: Message, words: readonly Said[]): Candidate {
  const { messageKey, conversationId, intent, tier, team, confidence, templateId } = message;
  const named = words.flatMap(({ feedback }) => feedback.intent ?? []);
  // `wrong_intent` with the intent that we read says what it is not; with another, what it is.
  const other = named.filter((one) => one !== intent);
  return {
    messageKey,
    conversationId,
    at: Math.min(...words.map(({ at }) => at)),
    decided: { intent, tier, team, confidence, templateId },
    says: {
      codes: words.map(({ feedback }) => feedback.code),
      intent: other.length === 1 ? (other[0] ?? null) : null,
      isOtherIntent: named.length > 0,
      team: words.find(({ feedback }) => feedback.team !== null)?.feedback.team ?? null,
    },
  };
}
