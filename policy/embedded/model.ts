/** The embedded classifier: one logistic regression for each intent over the features of a message (decisions §3.8). */
import { type Channel, INTENTS, type Intent } from '../../events/words.ts';
import { type Features, featuresOf } from './features.ts';
import { partsOf } from './parts.ts';

/** As the training script writes it: little-endian, base64. */
export type PackedWeights = {
  /** Changes with every byte of the weights. */
  readonly version: string;
  /** Feature hashes, ascending, 32 bits each. */
  readonly hashes: string;
  /** Row by row, one signed byte for each intent in table order. */
  readonly weights: string;
  /** What one step of a byte is worth, by intent. */
  readonly steps: readonly number[];
  readonly bias: readonly number[];
};

export type EmbeddedModel = {
  readonly version: string;
  readonly rows: ReadonlyMap<number, number>;
  readonly weights: Int8Array;
  readonly steps: readonly number[];
  readonly bias: readonly number[];
};

const COUNT = INTENTS.length;

/** @throws when hashes and weights do not belong together */
export function unpackWeights(packed: PackedWeights): EmbeddedModel {
  const hashes = bytesOf(packed.hashes);
  const weights = new Int8Array(bytesOf(packed.weights).buffer);
  const view = new DataView(hashes.buffer);
  const rows = new Map<number, number>();
  for (let row = 0; row < hashes.length / 4; row += 1) rows.set(view.getUint32(row * 4, true), row);
  if (weights.length !== rows.size * COUNT)
    throw new Error('embedded weights: not one byte for each feature and intent');
  return { version: packed.version, rows, weights, steps: packed.steps, bias: packed.bias };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
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

function logitsOf({ rows, weights, steps, bias }: EmbeddedModel, features: Features): number[] {
  const sums = new Float64Array(COUNT);
  for (const [id, value] of features) {
    const row = rows.get(id);
    if (row === undefined) continue;
    const base = row * COUNT;
    for (let k = 0; k < COUNT; k += 1) (sums[k] as number) += (weights[base + k] as number) * value;
  }
  return INTENTS.map((_, k) => (bias[k] ?? 0) + (steps[k] ?? 0) * (sums[k] as number));
}
