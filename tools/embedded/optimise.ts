/** One logistic regression for each label, trained together: AdaGrad, dropout on the features, a little weight decay. */
import { seeded, shuffle } from './random.ts';

export type Sample = {
  /** Hashes of its features, each once. */
  readonly ids: Uint32Array;
  readonly values: Float64Array;
  /** Which labels it has, by their numbers. */
  readonly labels: readonly number[];
  readonly weight: number;
};

export type Trained = {
  /** Feature hash → row. */
  readonly rows: ReadonlyMap<number, number>;
  /** Row by row, one weight for each label. */
  readonly weights: Float32Array;
  readonly bias: Float64Array;
};

export type Settings = {
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
  /** Share of a message's features that it is read without. */
  readonly dropout: number;
  /** 0: every message counts the same; 1: every label does. */
  readonly balance: number;
  readonly minMessages: number;
};

/** Tried on author files that were left out of the training; more epochs or a rarer vocabulary gained nothing. */
export const SETTINGS: Settings = { epochs: 10, rate: 0.3, decay: 3e-4, dropout: 0.4, balance: 0.5, minMessages: 3 };

const SEED = 20_251_125;

/**
 * @param count  labels there are
 * @param say    told of every epoch
 */
export function optimise(
  samples: readonly Sample[],
  count: number,
  say: (line: string) => void,
  settings: Settings = SETTINGS,
): Trained {
  const rows = vocabulary(samples, settings.minMessages);
  const weights = new Float32Array(rows.size * count);
  const squares = new Float64Array(rows.size).fill(1e-3);
  const bias = new Float64Array(count).fill(-2);
  const biasSquares = new Float64Array(count).fill(1e-3);
  const encoded = encode(samples, rows, count, settings.balance);
  const random = seeded(SEED);
  const slope = new Float64Array(count);
  const mean = { weights: new Float32Array(weights.length), bias: new Float64Array(count), epochs: 0 };
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    say(`epoch ${epoch + 1} of ${settings.epochs}: ${samples.length} examples, ${rows.size} features`);
    for (const { ids, values, targets, weight } of shuffle(encoded, random)) {
      slope.set(bias);
      const kept: number[] = [];
      for (let at = 0; at < ids.length; at += 1) {
        if (random() < settings.dropout) continue;
        kept.push(at);
        const base = (ids[at] as number) * count;
        const value = values[at] as number;
        for (let k = 0; k < count; k += 1) (slope[k] as number) += (weights[base + k] as number) * value;
      }
      let energy = 0;
      for (let k = 0; k < count; k += 1) {
        const error = (1 / (1 + Math.exp(-(slope[k] as number))) - (targets[k] as number)) * weight;
        slope[k] = error;
        energy += error * error;
        (biasSquares[k] as number) += error * error;
        (bias[k] as number) -= (settings.rate * error) / Math.sqrt(biasSquares[k] as number);
      }
      for (const at of kept) {
        const base = (ids[at] as number) * count;
        const value = values[at] as number;
        // One rate for a feature, not for each of its weights: nearly the same in the end, and twice as fast.
        const square = (squares[ids[at] as number] as number) + energy * value * value;
        squares[ids[at] as number] = square;
        const rate = settings.rate / Math.sqrt(square);
        for (let k = 0; k < count; k += 1) {
          const weight = weights[base + k] as number;
          weights[base + k] = weight - rate * ((slope[k] as number) * value + settings.decay * weight);
        }
      }
    }
    // The mean of the later epochs errs less than where the last one happened to end.
    if (epoch >= settings.epochs / 2) joinMean(mean, weights, bias);
  }
  return { rows, weights: mean.weights, bias: mean.bias };
}

type Mean = { readonly weights: Float32Array; readonly bias: Float64Array; epochs: number };

function joinMean(mean: Mean, weights: Float32Array, bias: Float64Array): void {
  mean.epochs += 1;
  for (const [sum, now] of [
    [mean.weights, weights],
    [mean.bias, bias],
  ] as const)
    for (let at = 0; at < now.length; at += 1)
      (sum[at] as number) += ((now[at] as number) - (sum[at] as number)) / mean.epochs;
}

function vocabulary(samples: readonly Sample[], minMessages: number): Map<number, number> {
  const messages = new Map<number, number>();
  for (const { ids } of samples) for (const id of ids) messages.set(id, (messages.get(id) ?? 0) + 1);
  const kept = [...messages].filter(([, count]) => count >= minMessages).map(([id]) => id);
  return new Map(kept.sort((a, b) => a - b).map((id, row) => [id, row]));
}

type Encoded = {
  readonly ids: Uint32Array;
  readonly values: Float64Array;
  readonly targets: Float64Array;
  readonly weight: number;
};

function encode(
  samples: readonly Sample[],
  rows: ReadonlyMap<number, number>,
  count: number,
  balance: number,
): Encoded[] {
  const counts = new Float64Array(count);
  for (const { labels } of samples) for (const label of labels) (counts[label] as number) += 1;
  const mean = samples.length / count;
  return samples.map(({ ids, values, labels, weight }) => {
    const known = [...ids.keys()].filter((at) => rows.has(ids[at] as number));
    const rarity = labels.map((label) => (mean / (counts[label] as number)) ** balance);
    return {
      ids: Uint32Array.from(known, (at) => rows.get(ids[at] as number) as number),
      values: Float64Array.from(known, (at) => values[at] as number),
      targets: Float64Array.from({ length: count }, (_, label) => (labels.includes(label) ? 1 : 0)),
      weight: weight * (rarity.length > 0 ? Math.max(...rarity) : 1),
    };
  });
}
