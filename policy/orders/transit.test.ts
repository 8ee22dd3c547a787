import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHIPPED_MAP } from './fixtures/transit-map.ts';
import { applyTransitOverride, matchTransit, type TransitMap } from './transit.ts';

const bucketOf = (name: string | undefined, map: TransitMap = SHIPPED_MAP) =>
  matchTransit(name, map)?.label ?? 'unknown';

describe('method names', () => {
  it.each([
    // replies §3.2, the table of examples
    ['Standard Shipping (3-5 Business Days)', 'Standard'],
    ['FREE Standard Shipping', 'Standard'],
    ['Free Shipping', 'Economy'],
    ['Ground Economy', 'Economy'],
    ['UPS 2-Day Express', 'Two-day'],
    ['Next-Day Air', 'Priority'],
    ['Expedited 12-day', 'Expedited'],
    ['USPS Priority Mail', 'unknown'],
    ['Rushed Processing', 'Rushed'],
    ['International Standard', 'unknown'],
    ['Courier', 'unknown'],
    // replies §3.2, the rules
    ['  standard  ', 'Standard'],
    ['ＳＴＡＮＤＡＲＤ', 'Standard'], // NFKC
    ['UPS 2–Day', 'Two-day'], // en dash
    ['UPS 2—Day', 'Two-day'], // em dash
    ['2   Day Air', 'Two-day'],
    ['freestyle', 'unknown'],
    ['12-day', 'unknown'],
    ['Priority Express Mail', 'unknown'],
    ['mail, priority', 'unknown'],
    ['Worldwide Express', 'unknown'],
    ['Store Pickup - Free', 'unknown'],
    ['Free pick-up', 'unknown'],
    ['Local Delivery Standard', 'unknown'],
    ['Standard Freight', 'unknown'],
    ['Free Overnight', 'unknown'], // 7 and 1 are more than five apart
    ['Overnight or Ground', 'unknown'],
    ['Economy Express', 'Express'], // 7 and 2 are not more than five apart; equal length, so the lower end
    ['Rush', 'Rushed'],
    ['Pre-Order Shipping', 'unknown'], // never from the method name
    ['', 'unknown'],
    ['   ', 'unknown'],
  ])('%j is %s', (name, bucket) => {
    expect(bucketOf(name)).toBe(bucket);
  });

  it('takes a name of 120 characters and none of 121', () => {
    expect(bucketOf(`standard${' x'.repeat(56)}`)).toBe('Standard');
    expect(bucketOf(`standard${' x'.repeat(56)}y`)).toBe('unknown');
  });

  it('has no window for a missing name', () => {
    expect(bucketOf(undefined)).toBe('unknown');
  });

  it('breaks a tie by the lower end, then by alphabet', () => {
    const map: TransitMap = [
      { key: 'bbb', window: [1, 4], label: 'B' },
      { key: 'aaa', window: [1, 5], label: 'A' },
      { key: 'ccc', window: [1, 4], label: 'C' },
    ];
    expect(bucketOf('aaa ccc bbb', map)).toBe('B');
  });

  it('does not depend on the order of the map', () => {
    const words = fc.constantFrom(...SHIPPED_MAP.map((rule) => rule.key), 'ups', '3-5', 'shipping', 'x');
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 5 }),
        fc.shuffledSubarray([...SHIPPED_MAP], { minLength: SHIPPED_MAP.length }),
        (parts, map) => {
          const name = parts.join(' ');
          expect(bucketOf(name, map)).toBe(bucketOf(name));
        },
      ),
    );
  });
});

describe('override flag', () => {
  it.each([
    ['', true],
    ['{}', true],
  ])('%j is no override', (flag, isValid) => {
    expect(applyTransitOverride(flag, SHIPPED_MAP)).toEqual({ map: SHIPPED_MAP, isValid });
  });

  it('a valid object replaces the map; a key without label is shown in title case', () => {
    const flag = '{"Eco-Saver plus": [4, 6], "std": {"window": [3, 5], "label": "Standard"}}';
    expect(applyTransitOverride(flag, SHIPPED_MAP)).toEqual({
      map: [
        { key: 'eco-saver plus', window: [4, 6], label: 'Eco-Saver Plus' },
        { key: 'std', window: [3, 5], label: 'Standard' },
      ],
      isValid: true,
    });
  });

  it.each([
    ['no JSON', '{standard: [3,5]}'],
    ['an array', '[[3,5]]'],
    ['a zero', '{"standard":[0,5]}'],
    ['min above max', '{"standard":[5,3]}'],
    ['above 60', '{"standard":[3,61]}'],
    ['a fraction', '{"standard":[3,5.5]}'],
    ['three numbers', '{"standard":[3,4,5]}'],
    ['a text', '{"standard":"3-5"}'],
    ['one bad entry among good ones', '{"ground":[3,7],"standard":[0,5]}'],
    ['an unknown key in an entry', '{"standard":{"window":[3,5],"label":"Standard","x":1}}'],
    ['a label too long to render', '{"standard":{"window":[3,5],"label":"Twenty-one characters"}}'],
    ['an empty key', '{" ":[3,5]}'],
    ['a key twice', '{"Standard":[3,5],"standard ":[3,5]}'],
  ])('%s voids the whole override', (_, flag) => {
    expect(applyTransitOverride(flag, SHIPPED_MAP)).toEqual({ map: SHIPPED_MAP, isValid: false });
  });

  it('takes the bounds 1 and 60', () => {
    expect(applyTransitOverride('{"a":[1,60]}', SHIPPED_MAP).isValid).toBe(true);
  });
});
