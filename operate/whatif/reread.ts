/** Recorded decisions with the scores of another reading: tickets are read again, read-only, and text stays in memory. */
import type { Config } from '../../config/schema.ts';
import type { DecisionInput } from '../../events/decision.ts';
import type { Classifier, Clock, HelpdeskReader } from '../../functions/shared/ports.ts';
import { classifierInput } from '../../functions/shared/reading/classification-input.ts';
import { classifierRequest } from '../../functions/shared/reading/classifier-request.ts';
import { readComment } from '../../functions/shared/reading/labels.ts';
import { redactMessage } from '../../functions/shared/reading/redacted.ts';
import { restrict, reveal } from '../../functions/shared/restricted.ts';
import { Failure } from '../failure.ts';
import { commentOf } from '../helpdesk/comment.ts';
import type { Tables } from '../instance/tables.ts';
import { byMessage, type Recorded, recordedConversations, type Window } from './recorded.ts';

export type Reread = {
  /** @returns of one message, its decisions on what is read today. */
  read(decisions: readonly Recorded[]): Promise<readonly Recorded[]>;
  result(): RereadResult;
};

/** Who read, and how many of the messages that somebody was asked about. */
export type RereadResult = {
  readonly classifier: Classifier['kind'];
  readonly version: string;
  readonly messages: number;
  readonly read: number;
};

type Parts = {
  readonly tickets: Pick<HelpdeskReader, 'ticket'>;
  readonly classifier: Classifier;
  readonly clock: Clock;
  readonly config: Config;
  /** Hears of each message that is read, or cannot be. */
  readonly onMessage: () => void;
  /** Aborted: the next reading throws, and so does the one under way. */
  readonly signal: AbortSignal;
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

export function rereadFrom(parts: Parts): Reread {
  const { classifier, onMessage, signal } = parts;
  let messages = 0;
  let read = 0;
  return {
    async read(decisions) {
      signal.throwIfAborted();
      const asked = askedIn(decisions);
      if (asked === null) return decisions;
      const reading = await orAborted(readAgain(parts, asked, asked.input), signal);
      messages += 1;
      if (!('missing' in reading)) read += 1;
      onMessage();
      return decisions.map((recorded) => onReading(recorded, reading));
    },
    result: () => ({ classifier: classifier.kind, version: classifier.version, messages, read }),
  };
}

/**
 * How many messages of a time would be read again: what makes the minutes is told before it begins.
 *
 * @throws Failure where there are messages and nobody was asked about any of them
 */
export async function countToRead(tables: Pick<Tables, 'scan'>, window: Window, signal: AbortSignal): Promise<number> {
  let messages = 0;
  let toRead = 0;
  for await (const conversation of recordedConversations(tables, window)) {
    signal.throwIfAborted();
    for (const decisions of byMessage(conversation)) {
      messages += 1;
      if (askedIn(decisions) !== null) toRead += 1;
    }
  }
  if (messages > 0 && toRead === 0)
    throw new Failure(
      'nothing_to_reread',
      'no classifier was asked about any message of this window, so none can be read again',
      'leave --reread out, or name another window with --from and --to',
    );
  return toRead;
}

/** `null`: nobody was asked about the message, and nobody needs to be, since the screen or the missing text decides. */
function askedIn(decisions: readonly Recorded[]): (Recorded & { readonly input: DecisionInput }) | null {
  for (const recorded of decisions) {
    const { input } = recorded;
    if (input !== null && input.classifier.kind !== null) return { ...recorded, input };
  }
  return null;
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const settled = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    settled.abort();
  }
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
