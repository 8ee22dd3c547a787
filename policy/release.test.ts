import { describe, expect, it } from 'vitest';
import { isOfThisRelease } from './release.ts';
import { decisionInput } from './testing.ts';

describe('an input is of this release', () => {
  const { versions } = decisionInput();
  it('when all four versions that decide are those of today', () => {
    expect(isOfThisRelease({ versions })).toBe(true);
  });
  it.each(['policy', 'thresholds', 'taxonomy', 'routing'] as const)('and of another when %s differs', (part) => {
    expect(isOfThisRelease({ versions: { ...versions, [part]: '0.0.1' } })).toBe(false);
  });
});
