import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { indexPatterns } from './pattern-index.ts';

const names = ['a', 'b', 'c'] as const;
const matcher = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(...names).map((prefix) => ({ prefix })),
  fc.constantFrom(...names).map((name) => ({ 'anything-but': name })),
);
const values = fc.array(matcher, { minLength: 1, maxLength: 3 });
const pattern = fc
  .record({ source: values, 'detail-type': values, detail: fc.constant({ n: [1] }) }, { requiredKeys: [] })
  .filter((fields) => Object.keys(fields).length > 0);
const event = fc.record({
  source: fc.constantFrom(...names),
  'detail-type': fc.constantFrom(...names),
  detail: fc.record({ n: fc.constantFrom(1, 2) }),
});

describe('indexPatterns', () => {
  it('finds exactly the patterns that match, in their order', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), event, (patterns, candidate) => {
        const index = indexPatterns(patterns.map((one, value) => ({ pattern: one, value })));
        const expected = patterns.flatMap((one, value) => (compilePattern(one)(candidate) ? [value] : []));
        expect(index(candidate)).toEqual(expected);
      }),
      { seed: 20260131 },
    );
  });

  it('tries only the patterns that could match', () => {
    let tried = 0;
    const patterns = Array.from({ length: 100 }, (_, value) => ({
      pattern: { 'detail-type': [`type-${value}`], detail: { n: [1] } },
      value,
    }));
    const index = indexPatterns(patterns);
    const counting = {
      source: 's',
      'detail-type': 'type-7',
      get detail() {
        tried += 1;
        return { n: 1 };
      },
    };
    expect(index(counting)).toEqual([7]);
    expect(tried).toBe(1);
  });
});
