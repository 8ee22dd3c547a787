import { describe, expect, it } from 'vitest';
import {
  booleanOf,
  instantOf,
  integerOf,
  isRecord,
  listOf,
  pick,
  recordsOf,
  shortTextOf,
  textOf,
} from './raw-order.ts';

const BIG = 2 ** 53;

describe('reading what may be missing, renamed or of another type', () => {
  it('a record is an object and no list', () => {
    expect([{}, { a: 1 }, [], null, undefined, 'x', 1].map(isRecord)).toEqual([true, true, ...Array(5).fill(false)]);
  });

  it('the first spelling that says something, zero and no included, empty text not', () => {
    expect(pick({ b: 2, c: 3 }, 'a', 'b', 'c')).toBe(2);
    expect(pick({ a: null, b: '', c: ' ', d: 'x' }, 'a', 'b', 'c', 'd')).toBe('x');
    expect(pick({ a: null, b: '' }, 'a', 'b')).toBeUndefined();
    expect(pick({ a: false, b: true }, 'a', 'b')).toBe(false);
    expect(pick({ a: undefined, b: 0 }, 'a', 'b')).toBe(0);
    expect(pick({}, 'a')).toBeUndefined();
  });

  it.each([
    [' x ', 'x'],
    [' ', undefined],
    [12, '12'],
    [BIG - 1, `${BIG - 1}`],
    [BIG, undefined],
    [1.5, undefined],
    [true, undefined],
    [null, undefined],
  ])('the text of %j is %j', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it('a text is cut to its length', () => {
    expect(shortTextOf(' abcdef ', 3)).toBe('abc');
    expect(shortTextOf('ab', 3)).toBe('ab');
    expect(shortTextOf({}, 3)).toBeUndefined();
  });

  it.each([
    [1764597600000, '2025-12-01T14:00:00.000Z'],
    ['1764597600000', '2025-12-01T14:00:00.000Z'],
    ['1764597600000.9', '2025-12-01T14:00:00.000Z'],
    [946_684_800_000, '2000-01-01T00:00:00.000Z'],
    [946_684_799_999, undefined],
    [4_102_444_799_999, '2099-12-31T23:59:59.999Z'],
    [4_102_444_800_000, undefined],
    [1_764_597_600, undefined],
    ['2025-12-01T14:00:00Z', '2025-12-01T14:00:00.000Z'],
    ['2025-12-01T14:00+01:00', '2025-12-01T13:00:00.000Z'],
    ['2025-12-01T14:00:00.123456789-0500', '2025-12-01T19:00:00.123Z'],
    ['2025-12-01T14:00:00', undefined],
    ['2025-12-01', undefined],
    ['2025-02-30T14:00:00Z', undefined],
    ['2025-13-01T14:00:00Z', undefined],
    ['2025-12-01T25:00:00Z', undefined],
    ['x2025-12-01T14:00:00Z', undefined],
    ['2025-12-01T14:00:00Zx', undefined],
    [null, undefined],
    [{}, undefined],
  ])('the instant of %j is %s', (value, instant) => {
    expect(instantOf(value)).toBe(instant);
  });

  it.each([
    [3, 3],
    ['3', 3],
    [' 4 ', 4],
    [1.5, undefined],
    ['1.5', undefined],
    ['', undefined],
    [null, undefined],
    [Number.NaN, undefined],
  ])('the whole number of %j is %j', (value, number) => {
    expect(integerOf(value)).toBe(number);
  });

  it.each([
    [true, true],
    [1, true],
    ['1', true],
    ['true', true],
    ['yes', true],
    [' TRUE ', true],
    ['No', false],
    [false, false],
    [0, false],
    ['0', false],
    ['false', false],
    ['no', false],
    ['unknown', undefined],
    ['', undefined],
    [2, undefined],
    [null, undefined],
  ])('%j says %j', (value, said) => {
    expect(booleanOf(value)).toBe(said);
  });

  it('a list as it is, one thing as a list of one, nothing as none', () => {
    expect(listOf([1, null])).toEqual([1, null]);
    expect(listOf({ a: 1 })).toEqual([{ a: 1 }]);
    expect([undefined, null, ''].map(listOf)).toEqual([[], [], []]);
    expect(listOf(0)).toEqual([0]);
    expect(recordsOf([{ a: 1 }, 'x', null, []])).toEqual([{ a: 1 }]);
    expect(recordsOf({ a: 1 })).toEqual([{ a: 1 }]);
  });
});
