/** The embedded classifier: one logistic regression for each intent over the features of a message (decisions §3.8). */
import { type Channel, INTENTS, type Intent } from '../../events/words.ts';
import { type Features, featuresOf } from './features.ts';

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
  if (weights.length !== rows.size * COUNT) throw new Error('embedded weights: not one byte for each feature and intent');
  return { version: packed.version, rows, weights, steps: packed.steps, bias: packed.bias };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Independent scores of all intents, 0 to 1, not yet calibrated. */
export function scoreText(model: EmbeddedModel, text: string, channel: Channel): Record<Intent, number> {
  return scoreFeatures(model, featuresOf(text, channel));
}

export function scoreFeatures({ rows, weights, steps, bias }: EmbeddedModel, features: Features): Record<Intent, number> {
  const sums = new Float64Array(COUNT);
  for (const [id, value] of features) {
    const row = rows.get(id);
    if (row === undefined) continue;
    const base = row * COUNT;
    for (let k = 0; k < COUNT; k += 1) (sums[k] as number) += (weights[base + k] as number) * value;
  }
  const score = (k: number): number => 1 / (1 + Math.exp(-((bias[k] ?? 0) + (steps[k] ?? 0) * (sums[k] as number))));
  return Object.fromEntries(INTENTS.map((intent, k) => [intent, score(k)])) as Record<Intent, number>;
}
