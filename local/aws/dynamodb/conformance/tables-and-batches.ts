/** Tables that are made wrongly, and requests over several items. */
import type { Item } from '../values/attribute-value.ts';
import { type Case, invalid, N, S, values } from './case.ts';

const INVALID = 'One or more parameter values were invalid: ';
const named = (AttributeName: string, AttributeType = 'S') => ({ AttributeName, AttributeType });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });
const GOOD = {
  TableName: 'wrong',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [named('p'), named('s')],
  KeySchema: [hash('p'), range('s')],
};
const index = (more: object = {}) => ({
  IndexName: 'by-x',
  KeySchema: [hash('x')],
  Projection: { ProjectionType: 'ALL' },
  ...more,
});
const WITH_X = { ...GOOD, AttributeDefinitions: [named('p'), named('s'), named('x')] };

const WRONG_TABLES: readonly (readonly [name: string, input: object, message: string | RegExp, dynalite?: string])[] = [
  [
    'a key that is not defined',
    { ...GOOD, AttributeDefinitions: [named('p'), named('x')] },
    `${INVALID}Some index key attributes are not defined in AttributeDefinitions. Keys: [p, s], AttributeDefinitions: [p, x]`,
  ],
  [
    'a definition that is not used',
    WITH_X,
    `${INVALID}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
  ],
  [
    'the same key twice',
    { ...GOOD, KeySchema: [hash('p'), range('p')] },
    'Both the Hash Key and the Range Key element in the KeySchema have the same name',
  ],
  [
    'a sort key first',
    { ...GOOD, KeySchema: [range('p'), hash('s')] },
    'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
  ],
  [
    'two partition keys',
    { ...GOOD, KeySchema: [hash('p'), hash('s')] },
    'Invalid KeySchema: The second KeySchemaElement is not a RANGE key type',
  ],
  [
    'no billing',
    { ...GOOD, BillingMode: 'PROVISIONED' },
    `${INVALID}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
  ],
  [
    'two billings',
    { ...GOOD, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
  ],
  [
    'a key of no scalar type',
    { ...GOOD, AttributeDefinitions: [named('p', 'M'), named('s')] },
    /^1 validation error detected: Value 'M' at '.*attributeType' failed to satisfy constraint: Member must satisfy enum value set: \[/,
  ],
  [
    'an empty list of indexes',
    { ...GOOD, GlobalSecondaryIndexes: [] },
    `${INVALID}List of GlobalSecondaryIndexes is empty`,
  ],
  [
    'an index on nothing known',
    { ...GOOD, GlobalSecondaryIndexes: [index()] },
    `${INVALID}Some index key attributes are not defined in AttributeDefinitions. Keys: [x], AttributeDefinitions: [p, s]`,
  ],
  [
    'two indexes of one name',
    { ...WITH_X, GlobalSecondaryIndexes: [index(), index()] },
    `${INVALID}Duplicate index name: by-x`,
  ],
  [
    'an index that shows nothing known',
    { ...WITH_X, GlobalSecondaryIndexes: [index({ Projection: {} })] },
    `${INVALID}Unknown ProjectionType: null`,
  ],
  [
    'names for an index of all',
    {
      ...WITH_X,
      GlobalSecondaryIndexes: [index({ Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['y'] } })],
    },
    `${INVALID}ProjectionType is ALL, but NonKeyAttributes is specified`,
  ],
  [
    'a local index in a table without sort key',
    {
      ...GOOD,
      AttributeDefinitions: [named('p'), named('x')],
      KeySchema: [hash('p')],
      LocalSecondaryIndexes: [index({ KeySchema: [hash('p'), range('x')] })],
    },
    `${INVALID}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
  ],
  [
    'a local index of another partition',
    { ...WITH_X, LocalSecondaryIndexes: [index({ KeySchema: [hash('x'), range('s')] })] },
    `${INVALID}Index KeySchema does not have the same leading hash key as table KeySchema for index: by-x. index hash key: x, table hash key: p`,
  ],
];

const NOT_FOUND = { error: 'ResourceNotFoundException', message: 'Requested resource not found' };
const TABLE_NOT_FOUND = {
  error: 'ResourceNotFoundException',
  message: 'Requested resource not found: Table: nowhere not found',
};
const [ONE, TWO, THREE]: readonly Item[] = [{ p: S('one') }, { p: S('two') }, { p: S('three'), n: N(3) }];

/** `TableName` of the case's own table has no place in a batch; it is ignored. */
function batch(name: string, operation: 'BatchGetItem' | 'BatchWriteItem', more: object): Case {
  return { name, operation, input: {}, expected: { output: {} }, ...more };
}
const gets = (Keys: readonly Item[], more: object = {}) => ({ RequestItems: { plain: { Keys, ...more } } });
const writes = (...list: object[]) => ({ RequestItems: { plain: list } });
const put = (Item: Item) => ({ PutRequest: { Item } });
const remove = (Key: Item) => ({ DeleteRequest: { Key } });
const many = (count: number) => Array.from({ length: count }, (_, at): Item => ({ p: S(`k${at}`) }));

const BATCHES: readonly Case[] = [
  batch('a batch gets one that is there', 'BatchGetItem', {
    given: [THREE],
    input: gets([{ p: S('three') }, { p: S('absent') }]),
    expected: { output: { Responses: { plain: [THREE] }, UnprocessedKeys: {} } },
  }),
  batch('a batch shows what is asked for', 'BatchGetItem', {
    given: [THREE],
    input: gets([{ p: S('three') }], { ProjectionExpression: 'n' }),
    expected: { output: { Responses: { plain: [{ n: N(3) }] }, UnprocessedKeys: {} } },
  }),
  batch('a batch gets no key twice', 'BatchGetItem', {
    input: gets([{ p: S('a') }, { p: S('a') }]),
    expected: invalid('Provided list of item keys contains duplicates'),
  }),
  batch('a batch gets 100 at most', 'BatchGetItem', {
    input: { RequestItems: { plain: { Keys: many(60) }, texts: { Keys: many(41) } } },
    expected: invalid('Too many items requested for the BatchGetItem call'),
  }),
  batch('a batch gets from tables that are there', 'BatchGetItem', {
    input: { RequestItems: { nowhere: { Keys: [{ p: S('a') }] } } },
    expected: NOT_FOUND,
  }),
  batch('a batch gets by whole keys', 'BatchGetItem', {
    input: gets([{ q: S('a') }]),
    expected: invalid('The provided key element does not match the schema'),
  }),
  batch('a batch puts and deletes', 'BatchWriteItem', {
    given: [ONE, TWO],
    input: writes(put(THREE ?? {}), remove({ p: S('one') }), remove({ p: S('absent') })),
    expected: { output: { UnprocessedItems: {} } },
    left: [TWO, THREE],
  }),
  batch('a batch writes no key twice', 'BatchWriteItem', {
    input: writes(put({ p: S('a') }), remove({ p: S('a') })),
    expected: invalid('Provided list of item keys contains duplicates'),
    left: [],
  }),
  batch('a batch checks every value before it writes any', 'BatchWriteItem', {
    input: writes(put({ p: S('a') }), put({ p: S('b'), n: N('x') })),
    expected: invalid('The parameter cannot be converted to a numeric value: x'),
    left: [],
  }),
  batch('a batch writes 25 at most', 'BatchWriteItem', {
    input: writes(...many(26).map(put)),
    expected: invalid(
      /failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 25/,
    ),
    left: [],
  }),
  batch('a batch writes whole keys', 'BatchWriteItem', {
    input: writes(remove({ q: S('a') })),
    expected: invalid('The provided key element does not match the schema'),
  }),
];

export const TABLES_AND_BATCHES: readonly Case[] = [
  ...WRONG_TABLES.map(
    ([name, input, message, dynalite]): Case => ({
      name: `no table with ${name}`,
      operation: 'CreateTable',
      input,
      expected: invalid(message),
      ...(dynalite !== undefined && { dynalite }),
    }),
  ),
  {
    name: 'no second table of one name',
    operation: 'CreateTable',
    input: { ...GOOD, TableName: 'plain' },
    expected: { error: 'ResourceInUseException', message: /.*/ },
  },
  {
    name: 'a table that is not there cannot be described',
    operation: 'DescribeTable',
    input: { TableName: 'nowhere' },
    expected: TABLE_NOT_FOUND,
  },
  {
    name: 'a table that is not there cannot be deleted',
    operation: 'DeleteTable',
    input: { TableName: 'nowhere' },
    expected: TABLE_NOT_FOUND,
  },
  {
    name: 'nothing is got from a table that is not there',
    operation: 'GetItem',
    input: { TableName: 'nowhere', Key: { p: S('a') } },
    expected: NOT_FOUND,
  },
  {
    name: 'nothing is put into a table that is not there',
    operation: 'PutItem',
    input: { TableName: 'nowhere', Item: { p: S('a') } },
    expected: NOT_FOUND,
  },
  {
    name: 'nothing is found in a table that is not there',
    operation: 'Query',
    input: { TableName: 'nowhere', KeyConditionExpression: 'p = :p', ...values({ p: S('a') }) },
    expected: NOT_FOUND,
  },
  {
    name: 'a table needs a name of three letters',
    operation: 'GetItem',
    input: { TableName: 'ab', Key: { p: S('a') } },
    expected: invalid(
      "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ),
  },
  {
    name: 'a table needs a name of allowed letters',
    operation: 'GetItem',
    input: { TableName: 'a b c', Key: { p: S('a') } },
    expected: invalid(
      "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ),
  },
  {
    name: 'a put needs an item',
    operation: 'PutItem',
    input: {},
    expected: invalid(
      "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null",
    ),
  },
  {
    name: 'a get needs a key',
    operation: 'GetItem',
    input: {},
    expected: invalid(
      "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null",
    ),
  },
  {
    name: 'a value of the wrong JSON type',
    operation: 'PutItem',
    input: { Item: { p: { S: 1 } } },
    expected: { error: 'SerializationException', message: 'NUMBER_VALUE cannot be converted to String' },
  },
  {
    name: 'a binary that is not base64',
    operation: 'PutItem',
    input: { Item: { p: S('a'), b: { B: 'abc' } } },
    expected: {
      error: 'SerializationException',
      message: 'Base64 encoded length is expected a multiple of 4 bytes but found: 3',
    },
  },
  ...BATCHES,
];
