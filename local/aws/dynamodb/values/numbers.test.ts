import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNumbers, canonicalNumber, compareNumbers, sortableNumber, subtractNumbers } from './numbers.ts';

/** A number as whole digits and a power of ten: the reference counts with nothing but BigInt. */
type Reference = { readonly digits: bigint; readonly power: number };

const reference = fc.record({
  digits: fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }),
  power: fc.integer({ min: -15, max: 15 }),
});
const extreme = fc.record({
  digits: fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
  power: fc.integer({ min: -125, max: 80 }),
});
const textOf = ({ digits, power }: Reference) => `${digits}e${power}`;
/** Both as whole numbers of the smaller of their powers. */
function aligned(one: Reference, two: Reference): [bigint, bigint, number] {
  const power = Math.min(one.power, two.power);
  const whole = ({ digits, power: own }: Reference) => digits * 10n ** BigInt(own - power);
  return [whole(one), whole(two), power];
}

describe('numbers', () => {
  it('add and subtract as whole numbers do', () => {
    fc.assert(
      fc.property(reference, reference, (one, two) => {
        const [a, b, power] = aligned(one, two);
        fc.pre(String(a).length < 36 && String(b).length < 36);
        expect(addNumbers(textOf(one), textOf(two))).toBe(canonicalNumber(`${a + b}e${power}`));
        expect(subtractNumbers(canonicalNumber(textOf(one)), canonicalNumber(textOf(two)))).toBe(
          canonicalNumber(`${a - b}e${power}`),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('sort as whole numbers do, as texts and as bytes', () => {
    fc.assert(
      fc.property(fc.oneof(reference, extreme), fc.oneof(reference, extreme), (one, two) => {
        const [a, b] = aligned(one, two);
        const wanted = a < b ? -1 : Number(a > b);
        const [left, right] = [canonicalNumber(textOf(one)), canonicalNumber(textOf(two))];
        expect(Math.sign(compareNumbers(left, right))).toBe(wanted);
        expect(Buffer.compare(sortableNumber(left), sortableNumber(right))).toBe(wanted);
      }),
      { numRuns: 2_000 },
    );
  });

  it('have one text each, which is their own', () => {
    fc.assert(
      fc.property(extreme, (one) => {
        const text = canonicalNumber(textOf(one));
        expect(text).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(canonicalNumber(text)).toBe(text);
      }),
    );
  });

  it.each([
    ['1', '2', -1],
    ['-1', '-2', 1],
    ['10', '9', 1],
    ['-10', '-9', -1],
    ['0.1', '0.12', -1],
    ['-0.1', '-0.12', 1],
    ['1', '1', 0],
    ['0', '-0.001', 1],
  ])('%s and %s', (left, right, wanted) => {
    expect(Math.sign(compareNumbers(left, right))).toBe(wanted);
    expect(Buffer.compare(sortableNumber(left), sortableNumber(right))).toBe(wanted);
  });
});
