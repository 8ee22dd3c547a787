/** The embedded classifier: one logistic regression for each intent over the features of a message (decisions §3.8). */
import { type Channel, INTENTS, type Intent } from '../../events/words.ts';
import { featuresOf } from './features.ts';
import { type LinearModel, logitsOf, type PackedWeights, unpackLinear } from './linear.ts';
import { partsOf } from './parts.ts';

export type EmbeddedModel = LinearModel;

const COUNT = INTENTS.length;

/** @throws when hashes and weights do not belong together */
export function unpackWeights(packed: PackedWeights): EmbeddedModel {
  return unpackLinear(packed, COUNT);
}

/** What the wish that stands alone in a part of the message counts beside the message as a whole. */
const PART_SHARE = 0.25;

export type Reading = {
  /** Independent scores of all intents, 0 to 1, not yet calibrated. */
  readonly scores: Record<Intent, number>;
  /** Those of each part read alone; one where the message has one part. */
  readonly parts: readonly Record<Intent, number>[];
};

/**
 * The message scores what it scores as a whole, and what the part of it does that speaks most for the intent, so that a wish in one
 * sentence is not drowned by the story around it.
 */
export function readText(model: EmbeddedModel, text: string, channel: Channel): Reading {
  const whole = logitsOf(model, featuresOf(text, channel));
  const parts = partsOf(text).map((part) => logitsOf(model, featuresOf(part, channel)));
  if (parts.length < 2) return { scores: scoresOf(whole), parts: [scoresOf(whole)] };
  const mixed = whole.map(
    (own, k) => (1 - PART_SHARE) * own + PART_SHARE * Math.max(...parts.map((part) => part[k] ?? 0)),
  );
  return { scores: scoresOf(mixed), parts: parts.map(scoresOf) };
}

export function scoreText(model: EmbeddedModel, text: string, channel: Channel): Record<Intent, number> {
  return readText(model, text, channel).scores;
}

function scoresOf(logits: readonly number[]): Record<Intent, number> {
  return Object.fromEntries(INTENTS.map((intent, k) => [intent, 1 / (1 + Math.exp(-(logits[k] ?? 0)))])) as Record<
    Intent,
    number
  >;
}
