import { describe, expect, it } from 'vitest';
import { WEIGHTS } from '../../policy/embedded/weights.ts';
import { versionOf } from './pack.ts';

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
