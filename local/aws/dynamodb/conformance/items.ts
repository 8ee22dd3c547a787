/** Items, keys and values as they are put, got and deleted. */

import type { Item } from '../values/attribute-value.ts';
import { B, BOOL, BS, type Case, invalid, L, M, N, NS, NULL, S, SS, type TableKind, values } from './case.ts';
import { ACCEPTED_NUMBERS, REFUSED_NUMBERS } from './numbers.ts';

const KEY: Item = { p: S('k') };
const INVALID = 'One or more parameter values were invalid: ';
const NOT_VALID = 'One or more parameter values are not valid. ';
const NO_SCHEMA = 'The provided key element does not match the schema';
const FAILED = { error: 'ConditionalCheckFailedException', message: 'The conditional request failed' };

/** What is put comes back in this form. */
const KEPT: readonly (readonly [name: string, put: Item, got: Item])[] = [
  [
    'every type of value',
    {
      a: S('é😀'),
      b: N(1),
      c: B('\x00\xff'),
      d: BOOL(false),
      e: NULL,
      f: SS('x'),
      g: NS(1),
      h: BS('y'),
      i: L(),
      j: M({}),
    },
    {
      a: S('é😀'),
      b: N(1),
      c: B('\x00\xff'),
      d: BOOL(false),
      e: NULL,
      f: SS('x'),
      g: NS(1),
      h: BS('y'),
      i: L(),
      j: M({}),
    },
  ],
  ['an empty text and an empty binary', { a: S(''), b: B('') }, { a: S(''), b: B('') }],
  ['names of any letters', { 'a b.c[0]': S('x'), '😀': S('y') }, { 'a b.c[0]': S('x'), '😀': S('y') }],
  ['a number inside a map and a list', { a: M({ b: L(N('1.0')) }) }, { a: M({ b: L(N(1)) }) }],
  ['numbers in a set', { a: NS('1.50', '-0') }, { a: NS('1.5', 0) }],
];

const REFUSED: readonly (readonly [name: string, item: Item | object, message: string, dynalite?: string])[] = [
  ['no type', { a: {} }, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
  [
    'two types',
    { a: { S: 'x', N: '1' } },
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  ],
  ['a null that is false', { a: { NULL: false } }, `${INVALID}Null attribute value types must have the value of true`],
  ['an empty set of texts', { a: SS() }, `${INVALID}An string set  may not be empty`],
  ['an empty set of numbers', { a: NS() }, `${INVALID}An number set  may not be empty`],
  ['an empty set of binaries', { a: BS() }, `${INVALID}Binary sets should not be empty`],
  ['a text twice', { a: SS('x', 'y', 'x') }, `${INVALID}Input collection [x, y, x] contains duplicates.`],
  ['a number twice', { a: NS(1, '1.0') }, 'Input collection contains duplicates'],
  ['a binary twice', { a: BS('x', 'x') }, `${INVALID}Input collection [eA==, eA==]of type BS contains duplicates.`],
  ['an empty number', { a: N('') }, 'The parameter cannot be converted to a numeric value'],
  ['a wrong number in a set', { a: NS('x') }, 'The parameter cannot be converted to a numeric value: x'],
  ['a wrong value deep inside', { a: M({ b: L(SS()) }) }, `${INVALID}An string set  may not be empty`],
  ['more than 400 KB', { a: S('x'.repeat(409_600)) }, 'Item size has exceeded the maximum allowed size'],
  [
    'more than 400 KB in UTF-8',
    { a: S('é'.repeat(204_800)) },
    'Item size has exceeded the maximum allowed size',
    'counts letters, not bytes',
  ],
  [
    'more than 32 levels',
    { a: nested(33) },
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    'knows no limit',
  ],
];

const KEY_RULES: readonly (readonly [table: TableKind, item: Item, message: string, dynalite?: string])[] = [
  ['plain', { a: S('x') }, `${INVALID}Missing the key p in the item`],
  ['plain', { p: N(1) }, `${INVALID}Type mismatch for key p expected: S actual: N`],
  [
    'plain',
    { p: S('') },
    `${NOT_VALID}The AttributeValue for a key attribute cannot contain an empty string value. Key: p`,
  ],
  ['plain', { p: S('x'.repeat(2049)) }, `${INVALID}Size of hashkey has exceeded the maximum size limit of2048 bytes`],
  [
    'plain',
    { p: S('é'.repeat(1025)) },
    `${INVALID}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    'counts letters, not bytes',
  ],
  ['sorted', { p: S('a') }, `${INVALID}Missing the key s in the item`],
  ['sorted', { p: S('a'), s: S('1') }, `${INVALID}Type mismatch for key s expected: N actual: S`],
  [
    'texts',
    { p: S('a'), s: S('') },
    `${NOT_VALID}The AttributeValue for a key attribute cannot contain an empty string value. Key: s`,
  ],
  [
    'texts',
    { p: S('a'), s: S('x'.repeat(1025)) },
    `${INVALID}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
  ],
  [
    'bytes',
    { p: N(1), s: B('') },
    `${NOT_VALID}The AttributeValue for a key attribute cannot contain an empty binary value. Key: s`,
  ],
  [
    'sorted',
    { p: S('a'), s: N(1), g: N(1) },
    `${INVALID}Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g`,
  ],
  [
    'sorted',
    { p: S('a'), s: N(1), g: S('') },
    `${NOT_VALID}A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-g, IndexKey: g`,
    'lets empty index keys pass',
  ],
];

const WRONG_KEYS: readonly (readonly [table: TableKind, key: Item | object, message: string])[] = [
  ['plain', {}, NO_SCHEMA],
  ['plain', { q: S('x') }, NO_SCHEMA],
  ['plain', { p: S('x'), q: S('x') }, NO_SCHEMA],
  ['plain', { p: N(1) }, NO_SCHEMA],
  ['sorted', { p: S('x') }, NO_SCHEMA],
  ['sorted', { p: S('x'), s: S('1') }, NO_SCHEMA],
  [
    'plain',
    { p: S('') },
    `${INVALID}The AttributeValue for a key attribute cannot contain an empty string value. Key: p`,
  ],
  ['plain', { p: S('x'.repeat(2049)) }, `${INVALID}Size of hashkey has exceeded the maximum size limit of2048 bytes`],
];

function nested(levels: number): Item[string] {
  return levels === 0 ? S('x') : L(nested(levels - 1));
}

export const ITEMS: readonly Case[] = [
  ...KEPT.map(
    ([name, put, got]): Case => ({
      name: `keeps ${name}`,
      operation: 'PutItem',
      input: { Item: { ...KEY, ...put } },
      expected: { output: {} },
      left: [{ ...KEY, ...got }],
    }),
  ),
  ...ACCEPTED_NUMBERS.map(
    ([text, kept]): Case => ({
      name: `keeps the number ${text} as ${kept}`,
      operation: 'PutItem',
      input: { Item: { ...KEY, n: N(text) } },
      expected: { output: {} },
      left: [{ ...KEY, n: N(kept) }],
    }),
  ),
  ...REFUSED_NUMBERS.map(
    ([text, message]): Case => ({
      name: `refuses the number ${text}`,
      operation: 'PutItem',
      input: { Item: { ...KEY, n: N(text) } },
      expected: invalid(message),
      left: [],
    }),
  ),
  ...REFUSED.map(
    ([name, item, message, dynalite]): Case => ({
      name: `refuses ${name}`,
      operation: 'PutItem',
      input: { Item: { ...KEY, ...item } },
      expected: invalid(message),
      left: [],
      ...(dynalite !== undefined && { dynalite }),
    }),
  ),
  ...KEY_RULES.map(
    ([table, Item, message, dynalite]): Case => ({
      name: `refuses to put ${JSON.stringify(Item).slice(0, 60)} into ${table}`,
      table,
      operation: 'PutItem',
      input: { Item },
      expected: invalid(message),
      left: [],
      ...(dynalite !== undefined && { dynalite }),
    }),
  ),
  ...WRONG_KEYS.flatMap(([table, Key, message]) =>
    (['GetItem', 'DeleteItem', 'UpdateItem'] as const).map(
      (operation): Case => ({
        name: `${operation} refuses the key ${JSON.stringify(Key).slice(0, 40)} of ${table}`,
        table,
        operation,
        input: { Key },
        expected: invalid(message),
      }),
    ),
  ),
  {
    name: 'a value that is nested as deep as may be',
    operation: 'PutItem',
    input: { Item: { ...KEY, a: nested(31) } },
    expected: { output: {} },
  },
  {
    name: 'a put replaces the whole item and returns the old one',
    given: [{ ...KEY, a: N(1), b: N(2) }],
    operation: 'PutItem',
    input: { Item: { ...KEY, c: N(3) }, ReturnValues: 'ALL_OLD' },
    expected: { output: { Attributes: { ...KEY, a: N(1), b: N(2) } } },
    left: [{ ...KEY, c: N(3) }],
  },
  {
    name: 'a first put returns no old item',
    operation: 'PutItem',
    input: { Item: KEY, ReturnValues: 'ALL_OLD' },
    expected: { output: {} },
  },
  ...(['UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'] as const).map(
    (ReturnValues): Case => ({
      name: `a put cannot return ${ReturnValues}`,
      operation: 'PutItem',
      input: { Item: KEY, ReturnValues },
      expected: invalid('ReturnValues can only be ALL_OLD or NONE'),
      left: [],
    }),
  ),
  {
    name: 'a delete returns what it deleted',
    given: [{ ...KEY, a: N(1) }],
    operation: 'DeleteItem',
    input: { Key: KEY, ReturnValues: 'ALL_OLD' },
    expected: { output: { Attributes: { ...KEY, a: N(1) } } },
    left: [],
  },
  {
    name: 'a delete of nothing is no fault',
    operation: 'DeleteItem',
    input: { Key: KEY, ReturnValues: 'ALL_OLD' },
    expected: { output: {} },
  },
  {
    name: 'a get of nothing answers without an item',
    operation: 'GetItem',
    input: { Key: KEY, ConsistentRead: true },
    expected: { output: {} },
  },
  {
    name: 'a claim of what is there fails',
    given: [KEY],
    operation: 'PutItem',
    input: { Item: { ...KEY, a: N(1) }, ConditionExpression: 'attribute_not_exists(p)' },
    expected: FAILED,
    left: [KEY],
  },
  {
    name: 'a claim of what is not there wins',
    operation: 'PutItem',
    input: { Item: KEY, ConditionExpression: 'attribute_not_exists(p)' },
    expected: { output: {} },
    left: [KEY],
  },
  {
    name: 'a condition on an item that is not there sees no attributes',
    operation: 'DeleteItem',
    input: { Key: KEY, ConditionExpression: 'a = :v', ...values({ v: N(1) }) },
    expected: FAILED,
  },
  {
    name: 'a get tells the units of what it read: half for each 4 KB',
    given: [{ ...KEY, a: S('x'.repeat(5_000)) }],
    operation: 'GetItem',
    input: { Key: KEY, ProjectionExpression: 'p', ReturnConsumedCapacity: 'TOTAL' },
    expected: { output: { Item: KEY, ConsumedCapacity: { TableName: 'plain', CapacityUnits: 1 } } },
  },
  {
    name: 'a consistent get costs twice as much',
    given: [{ ...KEY, a: S('x'.repeat(5_000)) }],
    operation: 'GetItem',
    input: { Key: KEY, ProjectionExpression: 'p', ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' },
    expected: { output: { Item: KEY, ConsumedCapacity: { TableName: 'plain', CapacityUnits: 2 } } },
  },
  {
    name: 'a put tells the units of the larger item, one for each 1 KB',
    given: [{ ...KEY, a: S('x'.repeat(2_500)) }],
    operation: 'PutItem',
    input: { Item: KEY, ReturnConsumedCapacity: 'INDEXES' },
    expected: {
      output: { ConsumedCapacity: { TableName: 'plain', CapacityUnits: 3, Table: { CapacityUnits: 3 } } },
    },
  },
  {
    name: 'an update of an index key to another type',
    table: 'sorted',
    operation: 'UpdateItem',
    input: { Key: { p: S('a'), s: N(1) }, UpdateExpression: 'SET g = :v', ...values({ v: N(1) }) },
    expected: invalid(`${INVALID}Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g`),
    left: [],
  },
  {
    name: 'an update of an index key to a computed value of another type',
    table: 'sorted',
    given: [{ p: S('a'), s: N(1), elsewhere: N(1) }],
    operation: 'UpdateItem',
    input: { Key: { p: S('a'), s: N(1) }, UpdateExpression: 'SET g = elsewhere' },
    expected: invalid('The update expression attempted to update the secondary index key to unsupported type'),
  },
  {
    name: 'an update inside an index key',
    table: 'sorted',
    operation: 'UpdateItem',
    input: { Key: { p: S('a'), s: N(1) }, UpdateExpression: 'SET g.x = :v', ...values({ v: N(1) }) },
    expected: invalid(
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g",
    ),
  },
  {
    name: 'an update of an index key to nothing',
    table: 'sorted',
    operation: 'UpdateItem',
    input: { Key: { p: S('a'), s: N(1) }, UpdateExpression: 'SET g = :v', ...values({ v: S('') }) },
    expected: invalid(
      `${NOT_VALID}The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.`,
    ),
    dynalite: 'lets empty index keys pass',
  },
];
