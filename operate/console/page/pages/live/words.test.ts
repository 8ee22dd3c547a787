import { describe, expect, it } from 'vitest';
import { shortNumber, shortTime } from './words.ts';

describe('numbers in little room', () => {
  it.each([
    [0, '0'],
    [0.04, '<0.1'],
    [0.34, '0.3'],
    [2, '2'],
    [12.4, '12'],
    [999, '999'],
    [1_240, '1.2k'],
    [9_949, '9.9k'],
    [45_300, '45k'],
    [1_500_000, '1.5M'],
  ])('%d is %s', (value, text) => expect(shortNumber(value)).toBe(text));

  it.each([
    [null, '–'],
    [84.4, '84 ms'],
    [1_240, '1.2 s'],
    [45_000, '45 s'],
    [180_000, '3 min'],
    [21_600_000, '6 h'],
  ])('%s ms is %s', (ms, text) => expect(shortTime(ms)).toBe(text));
});
