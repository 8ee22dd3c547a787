/** From labels and a classifier's answer to what is decided on. Pure: evaluation decides with the very code that runs live. */
import type { DecisionInput } from '../../../events/decision.ts';
import type { Channel } from '../../../events/words.ts';
import type { FallbackEvidence } from '../../../policy/fallback.ts';
import { keywordHits } from '../../../policy/text/keywords.ts';
import type { Classifier, ClassifierAnswer } from '../ports.ts';
import { type Restricted, reveal } from '../restricted.ts';
import type { ReadComment } from './labels.ts';
import { messageInput, turnInput } from './message-input.ts';

export type Labels = Pick<DecisionInput, 'message' | 'turn'>;

export type Surroundings = {
  readonly channel: Channel;
  /** How many comments the turn itself holds. */
  readonly comments: number;
  /** Hosts of carriers' tracking pages, as the redaction of the same text knows them. */
  readonly carrierHosts: readonly string[];
};

/**
 * @param read    everything unanswered, the newest among it
 * @param newest  the comment to be answered
 */
export function readLabels(
  read: readonly ReadComment[],
  newest: ReadComment,
  { channel, comments, carrierHosts }: Surroundings,
): Labels {
  return {
    message: messageInput(newest, channel, carrierHosts),
    turn: turnInput(read, newest.comment.id, comments),
  };
}

/** @param answer  `null` where nobody was to be asked; `isAsked` is false as well where nothing could be asked about. */
export function classifierInput(
  classifier: Pick<Classifier, 'kind' | 'calibrate'>,
  answer: ClassifierAnswer | null,
  { isAsked, mayReply }: { readonly isAsked: boolean; readonly mayReply: boolean },
): DecisionInput['classifier'] {
  const scored = answer?.failure === undefined ? answer : null;
  return {
    kind: isAsked ? classifier.kind : null,
    rung: 'primary',
    mayReply,
    failure: answer?.failure ?? null,
    raw: scored ? rounded(scored.raw) : {},
    calibrated: scored ? rounded(classifier.calibrate(scored)) : {},
    requested: scored?.model?.requested ?? null,
  };
}

/** What the fallback ladder goes by (decisions §3.8). `second`: of the classifier that stands in; `null` without one. */
export function fallbackEvidence(
  second: { readonly classifier: Pick<Classifier, 'calibrate'>; readonly answer: ClassifierAnswer } | null,
  text: Restricted<string>,
): FallbackEvidence {
  const answer = second?.answer;
  const embedded =
    second && answer?.failure === undefined && answer ? rounded(second.classifier.calibrate(answer)) : null;
  return { embedded, keywordHits: keywordHits(reveal(text)) };
}

/** The input of the classification stage. */
export function classificationInput(
  { message, turn }: Labels,
  answer: ClassifierAnswer | null,
  around: Pick<DecisionInput, 'now' | 'classifier' | 'state' | 'history' | 'flags' | 'setup' | 'age' | 'versions'>,
): DecisionInput {
  const language = answer?.failure === undefined ? (answer?.model?.language ?? null) : null;
  return {
    schema: '1.0',
    stage: 'classification',
    message: { ...message, language: { ...message.language, model: language } },
    turn: { ...turn, moderation: answer?.model?.moderation ?? null },
    order: null,
    verifier: null,
    ...around,
  };
}

/** Numbers are rounded before deciding, once (decisions §5.1). */
function rounded(scores: Readonly<Record<string, number>>): DecisionInput['classifier']['raw'] {
  return Object.fromEntries(
    Object.entries(scores)
      .filter(([, score]) => score > 0)
      .map(([intent, score]) => [intent, Math.round(score * 100) / 100]),
  ) as DecisionInput['classifier']['raw'];
}
