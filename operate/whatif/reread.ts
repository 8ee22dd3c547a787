/** Recorded decisions with the scores of another reading: tickets are read again, read-only, and text stays in memory. */
import type { Config } from '../../config/schema.ts';
import type { DecisionInput } from '../../events/decision.ts';
import type { Classifier, Clock, HelpdeskReader } from '../../functions/shared/ports.ts';
import { classifierInput } from '../../functions/shared/reading/classification-input.ts';
import { classifierRequest } from '../../functions/shared/reading/classifier-request.ts';
import { readComment } from '../../functions/shared/reading/labels.ts';
import { redactMessage } from '../../functions/shared/reading/redacted.ts';
import { restrict, reveal } from '../../functions/shared/restricted.ts';
import { commentOf } from '../helpdesk/comment.ts';
import type { Recorded } from './recorded.ts';

export type Reread = (decisions: readonly Recorded[]) => Promise<readonly Recorded[]>;

type Parts = {
  readonly tickets: Pick<HelpdeskReader, 'ticket'>;
  readonly classifier: Classifier;
  readonly clock: Clock;
  readonly config: Config;
};

/** What a reading puts into an input; the name of what is missing where none came about. */
type Reading =
  | { readonly missing: string }
  | {
      readonly classifier: DecisionInput['classifier'];
      readonly versions: Pick<DecisionInput['versions'], 'classifier' | 'calibration'>;
      readonly language: DecisionInput['message']['language']['model'];
      readonly moderation: DecisionInput['turn']['moderation'];
      readonly nanoUsd: number;
    };

/** As long as a person waits for one message. */
const ANSWER_WITHIN_MS = 60_000;

/** @returns of one message, its decisions on what is read today. */
export function rereadFrom(parts: Parts): Reread {
  return async (decisions) => {
    const asked = decisions.find(({ input }) => input !== null && input.classifier.kind !== null);
    // Nobody was asked about it, and nobody needs to be: the screen or the missing text decides.
    if (asked?.input == null) return decisions;
    const reading = await readAgain(parts, asked, asked.input);
    return decisions.map((recorded) => onReading(recorded, reading));
  };
}

function onReading(recorded: Recorded, reading: Reading): Recorded {
  const { input, stage } = recorded;
  if (input === null) return recorded;
  if ('missing' in reading) return { ...recorded, input: null, missing: reading.missing };
  const { classifier, versions, language, moderation, nanoUsd } = reading;
  return {
    ...recorded,
    ...(stage === 'classification' && { nanoUsdAfter: nanoUsd }),
    input: {
      ...input,
      message: { ...input.message, language: { ...input.message.language, model: language } },
      turn: { ...input.turn, moderation },
      classifier: { ...classifier, mayReply: input.classifier.mayReply },
      versions: { ...input.versions, ...versions },
    },
  };
}

async function readAgain(
  parts: Parts,
  { conversationId, messageKey }: Recorded,
  input: DecisionInput,
): Promise<Reading> {
  const { classifier, clock, config } = parts;
  const found = await commentOf(parts, conversationId, messageKey);
  if (found === null) return { missing: 'ticket' };
  const own = restrict(reveal(readComment(found.comment).clean).own);
  const silent = { clock, config, log: () => {}, metrics: { count: () => {}, observe: () => {} } };
  const redaction = redactMessage(silent, own);
  if (!redaction.ok) return { missing: 'redaction' };
  const answer = await classifier.classify({
    ...classifierRequest(input.message, own, redaction.text),
    model: {
      identityKnown: input.history.customerKnown,
      isReduced: false,
      mayModerate: !input.flags.safe_mode,
      attempts: 2,
      endsAt: clock.monotonic() + ANSWER_WITHIN_MS,
    },
  });
  if (answer.failure !== undefined) return { missing: 'classifier' };
  return {
    classifier: classifierInput(classifier, answer, { isAsked: true, mayReply: true }),
    versions: { classifier: classifier.version, calibration: classifier.calibration },
    language: answer.model?.language ?? null,
    moderation: answer.model?.moderation ?? null,
    nanoUsd: answer.model?.spend.nanoUsd ?? 0,
  };
}
