import { describe, expect, it } from 'vitest';
import { readNumber } from './number.ts';

const SHARE = { min: 0, max: 1, step: 0.01 };
const COUNT = { min: 1, max: null, step: 1 };
const problem = 'Allowed: a number from 0 to 1.';

describe('a number that is typed', () => {
  it.each(['0', '1', '0.605', '0.90'])('%s is taken for a share', (text) =>
    expect(readNumber(SHARE, text, true)).toEqual({ value: Number(text) }),
  );

  it.each(['2', '15', '-0.1', '1.01'])('%s is none, and the allowed range is told', (text) =>
    expect(readNumber(SHARE, text, true)).toEqual({ problem }),
  );

  it('what is no number is none', () => expect(readNumber(SHARE, '', false)).toEqual({ problem }));

  it.each([
    ['1', { value: 1 }],
    ['900000', { value: 900_000 }],
    ['0', { problem: 'Allowed: a whole number from 1 up.' }],
    ['2.5', { problem: 'Allowed: a whole number from 1 up.' }],
  ])('%s as a count', (text, read) => expect(readNumber(COUNT, text, true)).toEqual(read));
});
