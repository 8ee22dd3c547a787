/** Query and Scan over tables and indexes: order, ranges, pages, filters. */
import type { Item } from '../values/attribute-value.ts';
import { B, type Case, invalid, M, N, names, S, type TableKind, values } from './case.ts';

/** Numbers in an order that is neither that of their texts nor that of doubles. */
const NUMBERS = [
  '-1e100',
  '-100',
  '-12.5',
  '-12.25',
  '-1',
  '-1e-50',
  '0',
  '1e-50',
  '0.5',
  '2',
  '10',
  '10.000000000000000000000000000001',
  '1e100',
];
const sorted = (s: string | number, more: Item = {}): Item => ({ p: S('a'), s: N(s), ...more });

const SMALL = [1, 2, 3, 4, 5].map((s) => sorted(s, { v: N(s * 10) }));
const small = (...wanted: number[]) => wanted.map((s) => sorted(s, { v: N(s * 10) }));
const OTHERS: readonly Item[] = [
  { p: S('b'), s: N(1) },
  { p: S('ab'), s: N(2) },
];

type RangeRow = readonly [condition: string, given: Item, found: readonly Item[]];

const NUMBER_RANGES: readonly RangeRow[] = [
  ['p = :p', {}, SMALL],
  ['p = :p AND s = :s', { s: N(3) }, small(3)],
  ['p = :p AND s = :s', { s: N('3.0') }, small(3)],
  ['p = :p AND s = :s', { s: N('3.5') }, []],
  ['p = :p AND s < :s', { s: N(3) }, small(1, 2)],
  ['p = :p AND s <= :s', { s: N(3) }, small(1, 2, 3)],
  ['p = :p AND s > :s', { s: N(3) }, small(4, 5)],
  ['p = :p AND s >= :s', { s: N(3) }, small(3, 4, 5)],
  ['p = :p AND s > :s', { s: N('2.999') }, small(3, 4, 5)],
  ['p = :p AND s BETWEEN :s AND :t', { s: N(2), t: N(4) }, small(2, 3, 4)],
  ['p = :p AND s BETWEEN :s AND :t', { s: N(3), t: N(3) }, small(3)],
  ['p = :p AND s BETWEEN :s AND :t', { s: N(6), t: N(9) }, []],
  ['s > :s AND p = :p', { s: N(4) }, small(5)],
  [':p = p AND :s < s', { s: N(4) }, small(5)],
  ['(p = :p) AND (s >= :s)', { s: N(5) }, small(5)],
];

const TEXTS = ['a', 'A', 'ab', 'abc', 'b', 'é', 'z', '～', '😀', 'a\u0000', '1', '10', '2'].map(
  (s): Item => ({ p: S('a'), s: S(s) }),
);
const text = (...wanted: string[]) => wanted.map((s): Item => ({ p: S('a'), s: S(s) }));

/** By their UTF-8 bytes. */
const TEXT_RANGES: readonly RangeRow[] = [
  ['p = :p', {}, text('1', '10', '2', 'A', 'a', 'a\u0000', 'ab', 'abc', 'b', 'z', 'é', '～', '😀')],
  ['p = :p AND begins_with(s, :s)', { s: S('a') }, text('a', 'a\u0000', 'ab', 'abc')],
  ['p = :p AND begins_with(s, :s)', { s: S('ab') }, text('ab', 'abc')],
  ['p = :p AND begins_with(s, :s)', { s: S('x') }, []],
  ['p = :p AND begins_with(s, :s)', { s: S('😀') }, text('😀')],
  ['p = :p AND s > :s', { s: S('b') }, text('z', 'é', '～', '😀')],
  ['p = :p AND s > :s', { s: S('a') }, text('a\u0000', 'ab', 'abc', 'b', 'z', 'é', '～', '😀')],
  ['p = :p AND s < :s', { s: S('ab') }, text('1', '10', '2', 'A', 'a', 'a\u0000')],
  ['p = :p AND s BETWEEN :s AND :t', { s: S('1'), t: S('2') }, text('1', '10', '2')],
];

const BYTES = ['\x00', '\x00\x00', '\x7f', '\x80', '\xff', '\xff\x01'].map((s): Item => ({ p: N(1), s: B(s) }));
const bytes = (...wanted: string[]) => wanted.map((s): Item => ({ p: N(1), s: B(s) }));

const BYTE_RANGES: readonly RangeRow[] = [
  ['p = :p', {}, bytes('\x00', '\x00\x00', '\x7f', '\x80', '\xff', '\xff\x01')],
  ['p = :p AND s >= :s', { s: B('\x80') }, bytes('\x80', '\xff', '\xff\x01')],
  ['p = :p AND begins_with(s, :s)', { s: B('\xff') }, bytes('\xff', '\xff\x01')],
  ['p = :p AND begins_with(s, :s)', { s: B('\x00') }, bytes('\x00', '\x00\x00')],
];

function ranges(table: TableKind, given: readonly Item[], p: Item[string], rows: readonly RangeRow[]): Case[] {
  return rows.flatMap(([condition, more, found]) =>
    [true, false].map((ScanIndexForward): Case => {
      const Items = ScanIndexForward ? found : [...found].reverse();
      return {
        name: `${table}: ${condition} ${JSON.stringify(Object.values(more))} ${ScanIndexForward ? '' : 'backward'}`,
        table,
        given,
        operation: 'Query',
        input: { KeyConditionExpression: condition, ScanIndexForward, ...values({ p, ...more }) },
        expected: { output: { Items, Count: found.length, ScannedCount: found.length } },
      };
    }),
  );
}

const OF_A = { KeyConditionExpression: 'p = :p', ...values({ p: S('a') }) };
const INVALID = 'One or more parameter values were invalid: ';

const PAGES: readonly Case[] = [
  page('the first two', { ...OF_A, Limit: 2 }, small(1, 2), 2, sorted(2)),
  page('the next two', { ...OF_A, Limit: 2, ExclusiveStartKey: sorted(2) }, small(3, 4), 2, sorted(4)),
  page('the last', { ...OF_A, Limit: 2, ExclusiveStartKey: sorted(4) }, small(5), 1, null),
  page('nothing behind the last', { ...OF_A, ExclusiveStartKey: sorted(5) }, [], 0, null),
  page('exactly all: more may come', { ...OF_A, Limit: 5 }, SMALL, 5, sorted(5)),
  page('more than all', { ...OF_A, Limit: 6 }, SMALL, 5, null),
  page('backward', { ...OF_A, Limit: 2, ScanIndexForward: false }, small(5, 4), 2, sorted(4)),
  page(
    'backward from the middle',
    { ...OF_A, ScanIndexForward: false, ExclusiveStartKey: sorted(3) },
    small(2, 1),
    2,
    null,
  ),
  page('a place that is not there', { ...OF_A, ExclusiveStartKey: sorted('2.5') }, small(3, 4, 5), 3, null),
  page(
    'a limit before the filter',
    { ...OF_A, Limit: 3, FilterExpression: 'v > :v', ...values({ p: S('a'), v: N(20) }) },
    small(3),
    3,
    sorted(3),
  ),
  page(
    'a range with a start inside',
    {
      KeyConditionExpression: 'p = :p AND s > :s',
      ...values({ p: S('a'), s: N(1) }),
      ExclusiveStartKey: sorted(2),
      Limit: 1,
    },
    small(3),
    1,
    sorted(3),
  ),
];

function page(name: string, input: object, Items: readonly Item[], ScannedCount: number, last: Item | null): Case {
  return {
    name: `a page: ${name}`,
    table: 'sorted',
    given: [...SMALL, ...OTHERS],
    operation: 'Query',
    input,
    expected: {
      output: { Items, Count: Items.length, ScannedCount, ...(last !== null && { LastEvaluatedKey: last }) },
    },
  };
}

const INDEXED: readonly Item[] = [
  sorted(1, { g: S('x'), r: N(3), extra: S('e'), more: S('m') }),
  sorted(2, { g: S('x'), r: N(-1), more: S('m') }),
  { p: S('b'), s: N(1), g: S('x'), r: N(10), l: S('q') },
  { p: S('b'), s: N(2), g: S('y'), r: N(1), l: S('o') },
  { p: S('b'), s: N(3), g: S('x') },
  { p: S('b'), s: N(4), r: N(1), l: S('p') },
];
const [ONE, TWO, THREE, FOUR, , SIX] = INDEXED;
const OF_X = { KeyConditionExpression: 'g = :g', ...values({ g: S('x') }) };

function indexed(name: string, input: object, output: object): Case {
  return {
    name: `an index: ${name}`,
    table: 'sorted',
    given: INDEXED,
    operation: 'Query',
    input,
    expected: { output },
  };
}
const all = (...Items: unknown[]) => ({ Items, Count: Items.length, ScannedCount: Items.length });

const INDEXES: readonly Case[] = [
  indexed('is sparse and in order', { IndexName: 'by-g', ...OF_X }, all(TWO, ONE, THREE)),
  indexed('backward', { IndexName: 'by-g', ...OF_X, ScanIndexForward: false }, all(THREE, ONE, TWO)),
  indexed(
    'a range',
    { IndexName: 'by-g', KeyConditionExpression: 'g = :g AND r < :r', ...values({ g: S('x'), r: N(10) }) },
    all(TWO, ONE),
  ),
  indexed(
    'one page',
    { IndexName: 'by-g', ...OF_X, Limit: 1 },
    { ...all(TWO), LastEvaluatedKey: { p: S('a'), s: N(2), g: S('x'), r: N(-1) } },
  ),
  indexed(
    'the next page',
    { IndexName: 'by-g', ...OF_X, ExclusiveStartKey: { p: S('a'), s: N(2), g: S('x'), r: N(-1) } },
    all(ONE, THREE),
  ),
  indexed(
    'the page before, backward',
    {
      IndexName: 'by-g',
      ...OF_X,
      ScanIndexForward: false,
      ExclusiveStartKey: { p: S('a'), s: N(1), g: S('x'), r: N(3) },
    },
    all(TWO),
  ),
  indexed(
    'some attributes',
    { IndexName: 'by-g-some', ...OF_X, FilterExpression: 'attribute_exists(extra)' },
    { ...all(sorted(1, { g: S('x'), r: N(3), extra: S('e') })), ScannedCount: 3 },
  ),
  indexed('a count', { IndexName: 'by-g-keys', ...OF_X, Select: 'COUNT' }, { Count: 4, ScannedCount: 4 }),
  indexed(
    'keys only',
    { IndexName: 'by-g-keys', KeyConditionExpression: 'g = :g', ...values({ g: S('y') }) },
    all({ p: S('b'), s: N(2), g: S('y') }),
  ),
  indexed(
    'a local one, in its own order',
    { IndexName: 'local-l', KeyConditionExpression: 'p = :p', ...values({ p: S('b') }), ConsistentRead: true },
    all(...[FOUR, SIX, THREE].map((item) => ({ p: item?.p, s: item?.s, l: item?.l }))),
  ),
  indexed(
    'a local one that fetches from its table',
    {
      IndexName: 'local-l',
      KeyConditionExpression: 'p = :p AND l = :l',
      ...values({ p: S('b'), l: S('q') }),
      Select: 'ALL_ATTRIBUTES',
    },
    all(THREE),
  ),
  {
    name: 'an index follows what an update does to its key',
    table: 'sorted',
    given: [sorted(1, { g: S('x'), r: N(1) })],
    operation: 'UpdateItem',
    input: { Key: sorted(1), UpdateExpression: 'REMOVE g', ReturnValues: 'ALL_NEW' },
    expected: { output: { Attributes: sorted(1, { r: N(1) }) } },
  },
];

const SCANS: readonly Case[] = [
  scan('all', {}, { Count: 6, ScannedCount: 6 }),
  scan('a filter', { FilterExpression: 'g = :g', ...values({ g: S('x') }) }, { Count: 4, ScannedCount: 6 }),
  scan('a filter on a key', { FilterExpression: 's > :s', ...values({ s: N(2) }) }, { Count: 2, ScannedCount: 6 }),
  scan('an index', { IndexName: 'by-g' }, { Count: 4, ScannedCount: 4 }),
  scan('an index without sort key', { IndexName: 'by-g-keys' }, { Count: 5, ScannedCount: 5 }),
  scan('a local index', { IndexName: 'local-l' }, { Count: 3, ScannedCount: 3 }),
  scan('one segment of one', { Segment: 0, TotalSegments: 1 }, { Count: 6, ScannedCount: 6 }),
];

function scan(name: string, input: object, output: object): Case {
  return {
    name: `a scan: ${name}`,
    table: 'sorted',
    given: INDEXED,
    operation: 'Scan',
    input: { Select: 'COUNT', ...input },
    expected: { output },
  };
}

type Refusal = readonly [name: string, input: object, message: string | RegExp, dynalite?: string];

const REFUSED: readonly Refusal[] = [
  [
    'no key condition',
    {},
    'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
  ],
  ['no partition', keyed('s = :s', { s: N(1) }), 'Query condition missed key schema element: p'],
  ['a range of partitions', keyed('p > :p', { p: S('a') }), 'Query key condition not supported'],
  [
    'another attribute',
    keyed('p = :p AND v = :v', { p: S('a'), v: N(1) }),
    'Query condition missed key schema element: s',
  ],
  ['OR', keyed('p = :p OR s = :s', { p: S('a'), s: N(1) }), 'Invalid operator used in KeyConditionExpression: OR'],
  ['NOT', keyed('NOT p = :p', { p: S('a') }), 'Invalid operator used in KeyConditionExpression: NOT'],
  ['IN', keyed('p IN (:p)', { p: S('a') }), 'Invalid operator used in KeyConditionExpression: IN'],
  ['<>', keyed('p = :p AND s <> :s', { p: S('a'), s: N(1) }), 'Invalid operator used in KeyConditionExpression: <>'],
  [
    'contains',
    keyed('p = :p AND contains(s, :s)', { p: S('a'), s: N(1) }),
    'Invalid operator used in KeyConditionExpression: contains',
  ],
  [
    'attribute_exists',
    keyed('p = :p AND attribute_exists(s)', { p: S('a') }),
    'Invalid operator used in KeyConditionExpression: attribute_exists',
  ],
  [
    'size',
    keyed('p = :p AND size(s) = :s', { p: S('a'), s: N(1) }),
    'KeyConditionExpressions cannot contain nested operations',
  ],
  [
    'the same key twice',
    keyed('p = :p AND s > :s AND s < :t', { p: S('a'), s: N(1), t: N(2) }),
    'KeyConditionExpressions must only contain one condition per key',
  ],
  [
    'three keys',
    keyed('p = :p AND s = :s AND v = :s', { p: S('a'), s: N(1) }),
    'Conditions can be of length 1 or 2 only',
  ],
  [
    'two attributes',
    keyed('p = s AND s = :s', { s: N(1) }),
    'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
  ],
  [
    'a nested attribute',
    keyed('p.x = :p', { p: S('a') }),
    'KeyConditionExpressions cannot have conditions on nested attributes',
  ],
  [
    'no attribute',
    keyed(':p = :q', { p: S('a'), q: S('a') }),
    'Invalid condition in KeyConditionExpression: No key attribute specified',
  ],
  [
    'the wrong type',
    keyed('p = :p AND s = :s', { p: S('a'), s: S('1') }),
    `${INVALID}Condition parameter type does not match schema type`,
  ],
  ['an unknown index', { ...OF_A, IndexName: 'by-nothing' }, 'The table does not have the specified index: by-nothing'],
  [
    'a consistent read of a global index',
    { ...OF_X, IndexName: 'by-g', ConsistentRead: true },
    'Consistent reads are not supported on global secondary indexes',
  ],
  [
    'all attributes of an index that has only some',
    { ...OF_X, IndexName: 'by-g-some', Select: 'ALL_ATTRIBUTES' },
    `${INVALID}Select type ALL_ATTRIBUTES is not supported for global secondary index by-g-some because its projection type is not ALL`,
  ],
  [
    'a filter on the key',
    { ...OF_A, FilterExpression: 's > :s', ...values({ p: S('a'), s: N(1) }) },
    'Filter Expression can only contain non-primary key attributes: Primary key attribute: s',
  ],
  [
    'a limit of nothing',
    { ...OF_A, Limit: 0 },
    "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    'a start in another partition',
    { ...OF_A, ExclusiveStartKey: { p: S('b'), s: N(1) } },
    'The provided starting key is outside query boundaries based on provided conditions',
  ],
  [
    'a start outside the range',
    { ...keyed('p = :p AND s > :s', { p: S('a'), s: N(3) }), ExclusiveStartKey: sorted(2) },
    'The provided starting key does not match the range key predicate',
  ],
  ['a start that is no key', { ...OF_A, ExclusiveStartKey: { p: S('a') } }, /^The provided starting key is invalid/],
  [
    'a start without the index key',
    { ...OF_X, IndexName: 'by-g', ExclusiveStartKey: sorted(1) },
    'The provided starting key is invalid',
  ],
  ['an expression with a syntax error', keyed('p = ', {}), /^Invalid KeyConditionExpression: Syntax error; /],
  [
    'a reserved word',
    keyed('key = :p', { p: S('a') }),
    'Invalid KeyConditionExpression: Attribute name is a reserved keyword; reserved keyword: key',
  ],
  ['a filter with a syntax error', { ...OF_A, FilterExpression: 'v >' }, /^Invalid FilterExpression: Syntax error; /],
  [
    'unused values',
    { ...OF_A, ...values({ p: S('a'), q: S('b') }) },
    'Value provided in ExpressionAttributeValues unused in expressions: keys: {:q}',
  ],
  [
    'unused names',
    { ...OF_A, ...names({ q: 'b' }) },
    'Value provided in ExpressionAttributeNames unused in expressions: keys: {#q}',
  ],
  [
    'chosen attributes that are not named',
    { ...OF_A, Select: 'SPECIFIC_ATTRIBUTES' },
    'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    'does not look at it',
  ],
  [
    'an unknown choice',
    { ...OF_A, Select: 'EVERYTHING' },
    /^1 validation error detected: Value 'EVERYTHING' at 'select' failed to satisfy constraint: Member must satisfy enum value set: \[/,
  ],
  [
    'legacy conditions',
    { KeyConditions: {} },
    'KeyConditions is a legacy parameter that this endpoint does not have: use KeyConditionExpression',
    'still has the parameters of 2012',
  ],
];

function keyed(KeyConditionExpression: string, given: Item): object {
  return { KeyConditionExpression, ...values(given) };
}

const SCAN_REFUSED: readonly Refusal[] = [
  [
    'a segment without their number',
    { Segment: 1 },
    'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
  ],
  [
    'segments without one of them',
    { TotalSegments: 2 },
    'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
  ],
  [
    'a segment beyond the last',
    { Segment: 2, TotalSegments: 2 },
    'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2',
  ],
  [
    'a start that is no key',
    { ExclusiveStartKey: { p: S('a') } },
    'The provided starting key is invalid: The provided key element does not match the schema',
  ],
  ['an unknown index', { IndexName: 'by-nothing' }, 'The table does not have the specified index: by-nothing'],
];

export const QUERIES: readonly Case[] = [
  ...ranges('sorted', [...OTHERS, ...SMALL], S('a'), NUMBER_RANGES),
  ...ranges(
    'sorted',
    NUMBERS.map((s) => sorted(s)),
    S('a'),
    [['p = :p', {}, NUMBERS.map((s) => sorted(plain(s)))]],
  ),
  ...ranges('texts', TEXTS, S('a'), TEXT_RANGES),
  ...ranges('bytes', BYTES, N(1), BYTE_RANGES),
  ...PAGES,
  ...INDEXES,
  ...SCANS,
  {
    name: 'a projection of a query',
    table: 'sorted',
    given: [sorted(1, { d: M({ x: N(1), y: N(2) }) })],
    operation: 'Query',
    input: { ...OF_A, ProjectionExpression: 's, d.x' },
    expected: { output: all({ s: N(1), d: M({ x: N(1) }) }) },
  },
  {
    name: 'the units of a query: half for each 4 KB of all it read',
    table: 'sorted',
    given: [sorted(1, { v: S('x'.repeat(3_000)) }), sorted(2, { v: S('x'.repeat(3_000)) })],
    operation: 'Query',
    input: { ...OF_A, Select: 'COUNT', ReturnConsumedCapacity: 'TOTAL' },
    expected: {
      output: { Count: 2, ScannedCount: 2, ConsumedCapacity: { TableName: 'sorted', CapacityUnits: 1 } },
    },
  },
  ...REFUSED.map(([name, input, message, dynalite]) => refusal('Query', name, input, message, dynalite)),
  ...SCAN_REFUSED.map(([name, input, message, dynalite]) => refusal('Scan', name, input, message, dynalite)),
];

function refusal(
  operation: 'Query' | 'Scan',
  name: string,
  input: object,
  message: string | RegExp,
  dynalite: string | undefined,
): Case {
  return {
    name: `${operation} refuses ${name}`,
    table: 'sorted',
    given: SMALL,
    operation,
    input,
    expected: invalid(message),
    ...(dynalite !== undefined && { dynalite }),
  };
}

/** Without exponent, as numbers come back. */
function plain(text: string): string {
  const [digits = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  const power = Number(exponent);
  const sign = digits.startsWith('-') ? '-' : '';
  const one = digits.replace('-', '');
  return power > 0 ? sign + one.padEnd(power + 1, '0') : `${sign}0.${one.padStart(-power, '0')}`;
}
