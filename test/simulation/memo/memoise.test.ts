import { describe, expect, it } from 'vitest';
import { CHECKED_EVERY, memoised, memoisedByObject } from './memoise.ts';

describe('a memo by the object', () => {
  it('computes once for a frozen object, and always for one that may change', () => {
    let computed = 0;
    const size = memoisedByObject('size', (given) => {
      computed += 1;
      return Object.keys(given as object).length;
    });
    const frozen = Object.freeze({ a: 1 });
    expect([size(frozen), size(frozen), computed]).toEqual([1, 1, 1]);
    const open: Record<string, number> = { a: 1 };
    expect(size(open)).toBe(1);
    open.b = 2;
    expect([size(open), size('text'), computed]).toEqual([2, 4, 4]);
  });

  it('finds a function whose answer depends on more than its content, within so many calls', () => {
    let calls = 0;
    const impure = memoisedByObject('impure', () => {
      calls += 1;
      return calls;
    });
    const given = Object.freeze({});
    for (let count = 0; count < CHECKED_EVERY; count += 1) impure(given);
    expect(() => impure(given)).toThrow('impure is not a pure function');
  });
});

describe('a memo', () => {
  it('computes once for equal content', () => {
    let computed = 0;
    const length = memoised('length', (given: { text: string }) => {
      computed += 1;
      return [given.text.length];
    });
    expect(length({ text: 'abc' })).toEqual([3]);
    expect(length({ text: 'abc' })).toEqual([3]);
    expect(length({ text: 'abcd' })).toEqual([4]);
    expect(computed).toBe(2);
  });

  it('gives what nobody can change', () => {
    const answer = memoised('answer', (text: string) => ({ words: [text] }));
    expect(() => answer('a').words.push('b')).toThrow(TypeError);
  });

  it('finds a function whose answer depends on more than its content, within so many calls', () => {
    let calls = 0;
    const impure = memoised('impure', (text: string) => {
      calls += 1;
      return `${text} ${calls}`;
    });
    const ask = (times: number) => {
      for (let count = 0; count < times; count += 1) impure('a');
    };
    ask(CHECKED_EVERY);
    expect(() => ask(1)).toThrow('impure is not a pure function');
  });

  it('leaves leading arguments out of the key where it is told to', () => {
    const scaled = memoised('scaled', (by: { factor: number }, value: number) => by.factor * value, 1);
    expect(scaled({ factor: 2 }, 3)).toBe(6);
    expect(scaled({ factor: 5 }, 3)).toBe(6);
  });
});
