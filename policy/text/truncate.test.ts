import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginning, CLASSIFIER_CAP, REDUCED_CAP, truncateText } from './truncate.ts';

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
    expect(truncateText('a'.repeat(30_000), wide)).toHaveLength(8_000);
    expect(truncateText('a'.repeat(64_000), wide)).toHaveLength(8_000);
  });

  it('cuts before a pair that the cap would split, on either side', () => {
    const text = `${'a'.repeat(1_499)}😀${'b'.repeat(3_000)}😀${'c'.repeat(499)}`;
    expect(truncateText(text, REDUCED_CAP)).toBe(`${'a'.repeat(1_499)}[…]${'c'.repeat(499)}`);
  });

  it.each([
    { what: 'the first pair there is', text: 'a\u{10000}b', kept: 'a' },
    { what: 'the last pair there is', text: 'a\u{10FFFF}b', kept: 'a' },
    { what: 'the last sign before the halves', text: 'a\uD7FFb', kept: 'a\uD7FF' },
    { what: 'the first sign after the halves', text: 'a\uE000b', kept: 'a\uE000' },
    { what: 'a second half, which ends a pair', text: '\u{10000}b', kept: '\u{10000}' },
    { what: 'all of what fits', text: 'a\uD800', kept: 'a\uD800' },
  ])('a beginning of two units keeps whole characters: $what', ({ text, kept }) => {
    expect(beginning(text, 2)).toBe(kept);
  });

  it.each([
    { what: 'half of the first pair', tail: '\u{10000}', kept: '' },
    { what: 'half of the last pair', tail: '\u{10FFFF}', kept: '' },
    { what: 'half of a pair between', tail: '\u{1F600}', kept: '' },
    { what: 'the last sign before the halves', tail: '\uD7FF', kept: '\uD7FF' },
    { what: 'the first sign after the halves', tail: '\uE000', kept: '\uE000' },
    { what: 'a first half alone', tail: '\uDBFF', kept: '\uDBFF' },
  ])('a tail of one unit keeps whole characters: $what', ({ tail, kept }) => {
    expect(truncateText(`abcd${tail}`, { head: 2, tail: 1 })).toBe(`ab[…]${kept}`);
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
