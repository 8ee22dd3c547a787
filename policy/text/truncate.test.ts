import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASSIFIER_CAP, MOST_INPUT_CHARS, REDUCED_CAP, truncateText } from './truncate.ts';

describe('truncateText (decisions §3.3 step 7)', () => {
  it.each([
    { cap: CLASSIFIER_CAP, head: 3_000, tail: 1_000 },
    { cap: REDUCED_CAP, head: 1_500, tail: 500 },
  ])('keeps the first $head and the last $tail characters', ({ cap, head, tail }) => {
    const text = `${'a'.repeat(head)}${'b'.repeat(5_000)}${'c'.repeat(tail)}`;
    expect(truncateText(text, cap)).toBe(`${'a'.repeat(head)}[…]${'c'.repeat(tail)}`);
  });

  it('leaves what fits exactly, and cuts one character more', () => {
    const fits = 'a'.repeat(4_000);
    expect(truncateText(fits, CLASSIFIER_CAP)).toBe(fits);
    expect(truncateText(`${fits}b`, CLASSIFIER_CAP)).toBe(`${'a'.repeat(3_000)}[…]${'a'.repeat(999)}b`);
  });

  it('keeps a demand in the last line', () => {
    const text = `${'Lovely lamp. '.repeat(500)}I will file a chargeback.`;
    expect(truncateText(text, CLASSIFIER_CAP)).toMatch(/I will file a chargeback\.$/);
  });

  it('no cap lets more than 8,000 characters through', () => {
    const wide = { head: 20_000, tail: 20_000 };
    expect(truncateText('a'.repeat(30_000), wide)).toHaveLength(MOST_INPUT_CHARS);
    expect(truncateText('a'.repeat(64_000), wide)).toHaveLength(MOST_INPUT_CHARS);
  });

  it('cuts before a pair that the cap would split, on either side', () => {
    const text = `${'a'.repeat(1_499)}😀${'b'.repeat(3_000)}😀${'c'.repeat(499)}`;
    expect(truncateText(text, REDUCED_CAP)).toBe(`${'a'.repeat(1_499)}[…]${'c'.repeat(499)}`);
  });

  it('never splits a pair', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom('😀', 'a', '👩‍🚀', 'é'), { minLength: 3, maxLength: 40 })
          .map((parts) => parts.join('')),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (text, head, tail) => {
          const kept = truncateText(text, { head, tail });
          expect(kept.isWellFormed()).toBe(true);
          expect(kept.length).toBeLessThanOrEqual(Math.max(head + tail + 3, 0));
        },
      ),
    );
  });
});
