import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strictObject } from './strict-json.ts';

const read = (text: string) => strictObject(Buffer.from(text));
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('strictObject', () => {
  it.each([
    ['a key twice', '{"a":1,"a":1}'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a key twice in depth', '{"x":[{"y":{"a":1,"b":2,"a":3}}]}'],
    ['a key twice, blanks before the colon', '{"a" :1,"a"\t\r\n :2}'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}'],
    ['17 levels', nested(17)],
    ['17 levels of lists', `{"a":${'['.repeat(16)}${']'.repeat(16)}}`],
    ['thousands of levels', '['.repeat(30_000)],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['nothing', ''],
    ['a comma too many', '{"a":1,}'],
    ['a comment', '{"a":1/**/}'],
    ['single quotes', "{'a':1}"],
    ['a raw line break in a string', '{"a":"x\ny"}'],
    ['two values', '{}{}'],
    ['a form', 'a=b'],
    ['a byte order mark', '\uFEFF{}'],
    ['NaN', '{"a":NaN}'],
  ])('refuses %s', (_, text) => {
    expect(read(text)).toBeNull();
  });

  it.each([
    ['a byte that is no UTF-8', [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]],
    ['an overlong quote', [0x7b, 0xc0, 0xa2, 0x7d]],
    ['half a surrogate pair in UTF-8', [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('refuses %s', (_, bytes) => {
    expect(strictObject(Uint8Array.from(bytes))).toBeNull();
  });

  it('takes the same key in different objects, braces and quotes in strings, and 16 levels', () => {
    expect(read('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toEqual({ a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] });
    expect(read('{"a":"{[\\"a\\":\\\\","b":"a"}')).toEqual({ a: '{["a":\\', b: 'a' });
    expect(read(nested(16))).not.toBeNull();
  });

  it('keeps __proto__ and constructor as plain keys and touches no prototype', () => {
    const value = read('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(Object.keys(value ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reads every object as JSON.parse does, however it is written', () => {
    const shallow = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 6 }));
    fc.assert(
      fc.property(shallow, fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(read(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });
});
