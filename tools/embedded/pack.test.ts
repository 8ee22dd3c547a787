import { describe, expect, it } from 'vitest';
import { WEIGHTS } from '../../policy/embedded/weights.ts';
import { LEARNED_WEIGHTS } from '../../policy/screen-learned/weights.ts';
import { packWeights, versionOf } from './pack.ts';

/** The same bytes with one bit of one of them turned. */
function edited(base64: string, at: number): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString('base64');
}

describe('the version of packed weights', () => {
  it('is that of the shipped bytes', () => {
    expect(versionOf(WEIGHTS)).toBe(WEIGHTS.version);
  });

  it.each([
    { what: 'a weight', part: { weights: edited(WEIGHTS.weights, 12_345) } },
    { what: 'a feature', part: { hashes: edited(WEIGHTS.hashes, 4_321) } },
    { what: 'a step', part: { steps: WEIGHTS.steps.map((step, at) => (at === 3 ? step * 2 : step)) } },
    { what: 'a bias', part: { bias: WEIGHTS.bias.map((bias, at) => (at === 3 ? bias + 1 : bias)) } },
  ])('is another once $what was edited', ({ part }) => {
    expect(versionOf({ ...WEIGHTS, ...part })).not.toBe(WEIGHTS.version);
  });
});

function hasText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'string';
  return Object.values(value).some(hasText);
}

describe('what weights hold', () => {
  it('is a hash and a byte for each n-gram: no word of any message', () => {
    const trained = {
      weights: Float32Array.from([0.5, -0.25, 0.125, 1]),
      bias: Float64Array.from([0.1, -0.1]),
      rows: new Map([
        [0xdeadbeef, 0],
        [7, 1],
      ]),
    };
    const packed = packWeights(trained, 2);
    expect(Object.keys(packed)).toEqual(['version', 'hashes', 'weights', 'steps', 'bias']);
    expect(Buffer.from(packed.hashes, 'base64').toString('hex')).toBe('07000000efbeadde');
  });

  it.each([
    ['the classifier', WEIGHTS],
    ['the learnt screen', LEARNED_WEIGHTS],
  ])('is no more in what is shipped of %s', (_of, shipped) => {
    const { hashes, weights, bias } = shipped;
    const features = Buffer.from(hashes, 'base64').length / 4;
    expect(Buffer.from(weights, 'base64')).toHaveLength(features * bias.length);
    const texts = Object.entries(shipped).flatMap(([name, value]) => (hasText(value) ? [name] : []));
    expect(texts.toSorted()).toEqual(['comment', 'hashes', 'inputs', 'version', 'weights']);
  });
});
