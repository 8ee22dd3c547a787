/** The language of expected.yaml, told in its head. */
import { describe, expect, it } from 'vitest';
import { differences } from './match.ts';

describe('differences', () => {
  it('lets what is not named be anything', () => {
    expect(differences({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } })).toEqual([]);
  });

  it('names the path of what differs, and of what is missing', () => {
    expect(differences({ a: { b: [1, 2] } }, { a: { b: [1, 3], c: true } })).toEqual([
      'a.b[1] is 2, expected 3',
      'a.c is missing, expected true',
    ]);
  });

  it('wants a list whole, in its order', () => {
    expect(differences([1, 2], [1])).toHaveLength(1);
    expect(differences([1, 2], [2, 1])).toHaveLength(2);
  });

  it.each([
    { way: { $any: true }, fits: ['x', 0, false], not: [undefined, null, ''] },
    { way: { $none: true }, fits: [undefined, null], not: ['', 0, false] },
    { way: { $like: '^a+$' }, fits: ['aa'], not: ['ab', 1, undefined] },
    { way: { $min: 3 }, fits: [3, 4], not: [2, '3', undefined] },
    { way: { $max: 3 }, fits: [3, 2], not: [4, '3', undefined] },
    { way: { $between: [1, 4] }, fits: [1, 4], not: [0, 5, undefined] },
    { way: { $in: ['a', null] }, fits: ['a', null, undefined], not: ['b'] },
    { way: { $has: [{ a: 1 }] }, fits: [[{ a: 2 }, { a: 1, b: 1 }]], not: [[{ a: 2 }], undefined] },
    { way: { $lacks: [{ a: 1 }] }, fits: [[{ a: 2 }], undefined], not: [[{ a: 1, b: 1 }]] },
    { way: { $only: ['b', 'a'] }, fits: [['a', 'b']], not: [['a'], ['a', 'b', 'c']] },
  ])('compares by $way', ({ way, fits, not }) => {
    for (const value of fits) expect(differences(value, way), JSON.stringify(value)).toEqual([]);
    for (const value of not) expect(differences(value, way), JSON.stringify(value)).toHaveLength(1);
  });

  it('takes $or for what it is in a pattern of EventBridge', () => {
    expect(differences({ $or: [{ a: 1 }] }, { $or: [{ a: 1 }] })).toEqual([]);
    expect(differences({ $or: [{ a: 1 }] }, { $or: [{ a: 2 }] })).toHaveLength(1);
  });
});
