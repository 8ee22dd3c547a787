import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { indexPatterns } from './pattern-index.ts';

const names = ['a', 'b', 'ab'] as const;
const name = fc.constantFrom(...names);
const matcher = fc.oneof(
  name,
  fc.constantFrom(1, 2, null, true),
  name.map((prefix) => ({ prefix })),
  name.map((suffix) => ({ suffix })),
  name.map((excluded) => ({ 'anything-but': excluded })),
  fc.constantFrom(1, 2).map((bottom) => ({ numeric: ['>=', bottom] })),
  fc.boolean().map((exists) => ({ exists })),
);
const values = fc.array(matcher, { minLength: 1, maxLength: 3 });
const hasFields = (fields: object) => Object.keys(fields).length > 0;
const detail = fc.record(
  { n: values, list: fc.record({ x: values, y: values }, { requiredKeys: ['x'] }) },
  { requiredKeys: [] },
);
const fields = fc.record(
  { source: values, 'detail-type': values, 'replay-name': values, detail: detail.filter(hasFields) },
  { requiredKeys: [] },
);
const choice = fc
  .tuple(
    fc.array(fc.record({ source: values }), { minLength: 2, maxLength: 3 }),
    fc.record({ detail: fc.record({ n: values }) }, { requiredKeys: [] }),
  )
  .map(([$or, rest]) => ({ ...rest, $or }));
const pattern = fc.oneof(fields.filter(hasFields), choice);

const leaf = fc.constantFrom<unknown>('a', 'b', 'ab', 1, 2, null, true);
const event = fc.record(
  {
    source: name,
    'detail-type': name,
    'replay-name': name,
    detail: fc.record(
      {
        n: fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })),
        list: fc.array(fc.record({ x: leaf, y: leaf }, { requiredKeys: [] })),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['source', 'detail-type', 'detail'] },
);

describe('indexPatterns', () => {
  it('finds exactly the patterns that match, in their order', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), event, (patterns, candidate) => {
        const index = indexPatterns(patterns.map((one, value) => ({ pattern: one, value })));
        const expected = patterns.flatMap((one, value) => (compilePattern(one)(candidate) ? [value] : []));
        expect(index(candidate)).toEqual(expected);
      }),
      { seed: 20260131, numRuns: 1_000 },
    );
  });

  it.each([
    { by: 'detail type', rule: (n: number) => ({ 'detail-type': [`type-${n}`], detail: { n: [1] } }) },
    { by: 'prefix', rule: (n: number) => ({ 'replay-name': [{ prefix: `type-${n}-` }], detail: { n: [1] } }) },
    {
      by: 'alternatives',
      rule: (n: number) => ({ $or: [{ source: [`x-${n}`] }, { 'detail-type': [`type-${n}`] }], detail: { n: [1] } }),
    },
  ])('tries only the patterns that could match, told apart by $by', ({ rule }) => {
    let tried = 0;
    const index = indexPatterns(Array.from({ length: 100 }, (_, n) => ({ pattern: rule(n), value: n })));
    const counting = {
      source: 's',
      'detail-type': 'type-7',
      'replay-name': 'type-7-01',
      get detail() {
        tried += 1;
        return { n: 1 };
      },
    };
    expect(index(counting)).toEqual([7]);
    expect(tried).toBeLessThanOrEqual(2);
  });
});
