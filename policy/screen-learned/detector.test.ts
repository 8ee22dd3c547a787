import { describe, expect, it } from 'vitest';
import { featureHash, wordNamesOf } from '../embedded/grams.ts';
import { detectorOf, LEARNED_RULES, type LearnedWeights, learnedHit } from './detector.ts';

/** One feature a row, a weight for each family. */
function weights(rows: Readonly<Record<string, readonly number[]>>, thresholds = [1, 1, 1, 1]): LearnedWeights {
  const sorted = Object.entries(rows)
    .map(([word, row]) => ({ id: featureHash('words', word), row }))
    .toSorted((one, other) => one.id - other.id);
  const hashes = Buffer.alloc(sorted.length * 4);
  for (const [at, { id }] of sorted.entries()) hashes.writeUInt32LE(id, at * 4);
  return {
    version: 'test',
    hashes: hashes.toString('base64'),
    weights: Buffer.from(sorted.flatMap(({ row }) => row).map((value) => value & 0xff)).toString('base64'),
    steps: [1, 1, 1, 1],
    bias: [0, 0, 0, 0],
    thresholds,
  };
}

const BANK = { bank: [5, 0, 0, 0] };
const idOf = (text: string, made: LearnedWeights) => learnedHit(detectorOf(made), text)?.id;

describe('learnedHit', () => {
  it.each(LEARNED_RULES.map(({ id }, k) => ({ id, row: LEARNED_RULES.map((_, other) => (other === k ? 9 : 0)) })))(
    '$id has the weights of its place',
    ({ id, row }) => {
      expect(idOf('bank', weights({ bank: row }))).toBe(id);
    },
  );

  it('names the family that is furthest over its threshold', () => {
    const both = { bank: [9, 8, 0, 0] };
    expect(idOf('bank', weights(both))).toBe('learned.chargeback');
    expect(idOf('bank', weights(both, [3, 1, 1, 1]))).toBe('learned.legal');
  });

  it('is a hit from the threshold on', () => {
    const made = (threshold: number) => weights({ bank: [100, 0, 0, 0] }, [threshold, 1, 1, 1]);
    const value = 2 / Math.sqrt(wordNamesOf(['bank']).length);
    expect(idOf('bank', made(100 * value - 0.001))).toBe('learned.chargeback');
    expect(idOf('bank', made(100 * value + 0.001))).toBeUndefined();
  });

  it('reads under a disguise', () => {
    expect(idOf('b.a.n.k', weights(BANK))).toBe('learned.chargeback');
  });

  it('is of one stretch: many do not add up, and none hides another', () => {
    const mild = weights({ bank: [5, 0, 0, 0] }, [2, 1, 1, 1]);
    const filler = 'I like the lavender one and the walnut finish very much. '.repeat(100);
    expect(idOf('The bank has a nice lamp and I like it a lot.', mild)).toBeUndefined();
    expect(idOf('The bank has a nice lamp and I like it a lot. '.repeat(100), mild)).toBeUndefined();
    expect(idOf(`${filler}\nbank bank bank`, weights({ bank: [60, 0, 0, 0] }))).toBe('learned.chargeback');
  });

  it('finds nothing in nothing', () => {
    expect(idOf('', weights(BANK, [-9, -9, -9, -9]))).toBeUndefined();
  });
});

describe('detectorOf', () => {
  it('refuses weights without a threshold for each family', () => {
    expect(() => detectorOf(weights(BANK, [1, 1, 1]))).toThrow('not one threshold for each family');
  });

  it('refuses weights that do not fit their features', () => {
    expect(() => detectorOf({ ...weights(BANK), weights: '' })).toThrow('not one byte for each feature and label');
  });
});
