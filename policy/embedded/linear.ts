/** A linear model over hashed features: packed as the repository keeps it, unpacked as it is asked. */

/** Feature hash and value. */
export type Feature = readonly [id: number, value: number];
export type Features = ReadonlyMap<number, number>;

/** As the training script writes it: little-endian, base64. */
export type PackedWeights = {
  /** Changes with every byte of the weights. */
  readonly version: string;
  /** Feature hashes, ascending, 32 bits each. */
  readonly hashes: string;
  /** Row by row, one signed byte for each label. */
  readonly weights: string;
  /** What one step of a byte is worth, by label. */
  readonly steps: readonly number[];
  readonly bias: readonly number[];
};

export type LinearModel = {
  readonly version: string;
  readonly count: number;
  readonly rows: ReadonlyMap<number, number>;
  readonly weights: Int8Array;
  readonly steps: readonly number[];
  readonly bias: readonly number[];
};

/**
 * @param count  labels that the model tells apart
 * @throws when hashes and weights do not belong together
 */
export function unpackLinear(packed: PackedWeights, count: number): LinearModel {
  const hashes = bytesOf(packed.hashes);
  const weights = new Int8Array(bytesOf(packed.weights).buffer);
  const view = new DataView(hashes.buffer);
  const rows = new Map<number, number>();
  for (let row = 0; row < hashes.length / 4; row += 1) rows.set(view.getUint32(row * 4, true), row);
  if (weights.length !== rows.size * count) throw new Error('linear weights: not one byte for each feature and label');
  return { version: packed.version, count, rows, weights, steps: packed.steps, bias: packed.bias };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** One logit a label, in their order. */
export function logitsOf(
  { count, rows, weights, steps, bias }: LinearModel,
  ...groups: readonly Iterable<Feature>[]
): number[] {
  const sums = new Float64Array(count);
  for (const features of groups)
    for (const [id, value] of features) {
      const row = rows.get(id);
      if (row === undefined) continue;
      const base = row * count;
      for (let k = 0; k < count; k += 1) (sums[k] as number) += (weights[base + k] as number) * value;
    }
  return Array.from(sums, (sum, k) => (bias[k] ?? 0) + (steps[k] ?? 0) * sum);
}
