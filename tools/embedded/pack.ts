/** Trained weights → what the repository keeps: the strongest features, one signed byte for each weight. */
import { createHash } from 'node:crypto';
import type { PackedWeights } from '../../policy/embedded/linear.ts';
import type { Trained } from './optimise.ts';

const LARGEST = 127;

/** Keeps the `most` features with the largest weights together; ties go to the smaller hash. */
export function packWeights(trained: Trained, most: number): PackedWeights {
  const count = trained.bias.length;
  const rows = [...trained.rows]
    .map(([id, row]) => ({ id, row, power: powerOf(trained, row) }))
    .sort((a, b) => b.power - a.power || a.id - b.id)
    .slice(0, most)
    .sort((a, b) => a.id - b.id);
  const steps = Array.from(trained.bias, (_, k) => largestOf(trained, rows, k) / LARGEST);
  const hashes = Buffer.alloc(rows.length * 4);
  const weights = Buffer.alloc(rows.length * count);
  for (const [at, { id, row }] of rows.entries()) {
    hashes.writeUInt32LE(id, at * 4);
    for (const [k, step] of steps.entries())
      weights.writeInt8(Math.round((trained.weights[row * count + k] as number) / step), at * count + k);
  }
  const content = {
    hashes: hashes.toString('base64'),
    weights: weights.toString('base64'),
    steps,
    bias: [...trained.bias],
  };
  return { version: versionOf(content), ...content };
}

/** The version that stands for these bytes: 12 digits of their SHA-256. */
export function versionOf({ hashes, weights, steps, bias }: Omit<PackedWeights, 'version'>): string {
  return createHash('sha256')
    .update(Buffer.from(hashes, 'base64'))
    .update(Buffer.from(weights, 'base64'))
    .update(JSON.stringify([steps, bias]))
    .digest('hex')
    .slice(0, 12);
}

function powerOf({ weights, bias }: Trained, row: number): number {
  let sum = 0;
  for (let k = 0; k < bias.length; k += 1) sum += (weights[row * bias.length + k] as number) ** 2;
  return sum;
}

function largestOf({ weights, bias }: Trained, rows: readonly { readonly row: number }[], k: number): number {
  return rows.reduce((most, { row }) => Math.max(most, Math.abs(weights[row * bias.length + k] as number)), 1e-9);
}
