/** Expectations: style §4 (strict for producers, tolerant for consumers, nested objects too). */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Code, Count } from './fields.ts';
import { type AnySchema, tolerant, walk } from './schema.ts';

const Row = v.strictObject({ code: Code, more: v.optional(v.strictObject({ n: Count })) });
const Whole = v.strictObject({
  row: Row,
  rows: v.pipe(v.array(Row), v.maxLength(2)),
  maybe: v.nullable(Row),
  byKey: v.record(v.picklist(['a', 'b']), Row),
  choice: v.union([Count, Row]),
});
const row = { code: 'x', more: { n: 1 } };
const value = { row, rows: [row], maybe: row, byKey: { a: row }, choice: row };
const grown = { code: 'x', more: { n: 1, added: true }, added: 'later' };
const grownValue = { row: grown, rows: [grown], maybe: grown, byKey: { a: grown }, choice: grown, added: [1] };

describe('tolerant', () => {
  const opened = tolerant(Whole);

  it('drops unknown fields at every depth, which the strict schema refuses', () => {
    expect(v.parse(opened, grownValue)).toEqual(value);
    expect(v.is(Whole, grownValue)).toBe(false);
    for (const key of ['row', 'rows', 'maybe', 'byKey', 'choice'] as const)
      expect(v.is(Whole, { ...value, [key]: grownValue[key] }), key).toBe(false);
  });

  it('takes what the strict schema takes, unchanged', () => {
    expect(v.parse(opened, value)).toEqual(value);
    expect(v.parse(Whole, value)).toEqual(value);
  });

  it.each([
    { what: 'a missing field', broken: { ...value, row: { more: { n: 1 } } } },
    { what: 'a wrong type', broken: { ...value, row: { code: 1 } } },
    { what: 'a value off its pattern', broken: { ...value, rows: [{ code: 'Not A Code' }] } },
    { what: 'a list that is too long', broken: { ...value, rows: [row, row, row] } },
    { what: 'an unknown key of a record', broken: { ...value, byKey: { c: row } } },
    { what: 'null where none may be', broken: { ...value, row: null } },
  ])('is as strict as before about $what', ({ broken }) => {
    expect(v.is(opened, broken)).toBe(false);
    expect(v.is(Whole, broken)).toBe(false);
  });

  it('keeps a default', () => {
    const schema = v.strictObject({ n: v.optional(Count, 7) });
    expect(v.parse(tolerant(schema), {})).toEqual({ n: 7 });
  });

  it('refuses what it could not open without losing fields, and types that no event may use', () => {
    const choice = v.union([v.strictObject({ a: Count }), v.strictObject({ a: Count, b: Count })]);
    expect(() => tolerant(choice as AnySchema)).toThrow('may not choose between objects');
    expect(() => tolerant(v.date() as unknown as AnySchema)).toThrow('schema type "date"');
  });
});

describe('walk', () => {
  it('names every schema inside, keys of records too', () => {
    const schema = v.strictObject({
      list: v.pipe(v.array(v.strictObject({ a: Count })), v.maxLength(1)),
      record: v.record(v.picklist(['k']), Count),
      maybe: v.nullable(Code),
    });
    const found = [...walk(schema)].map(({ path, schema: { type } }) => `${path}:${type}`);
    expect(found).toEqual([
      ':strict_object',
      'list:array',
      'list[]:strict_object',
      'list[].a:number',
      'record:record',
      'record{}:picklist',
      'record{}:number',
      'maybe:nullable',
      'maybe:string',
    ]);
  });
});
