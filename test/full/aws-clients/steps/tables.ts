/** Tables: listed, described, read and written with conditions; first a partition of the probe's own, then what the product wrote. */
import { anything, holding, inAnyOrder, isRecent, maybe, type Shape } from '../shape.ts';
import type { Step, World } from '../step.ts';
import { names } from './names.ts';

const dynamodb = { service: 'dynamodb' } as const;
const TABLE = 'frontdesk_local_read_models';
const table = { TableName: TABLE };

const key = (letter: string) => ({ model: { S: 'probe' }, key: { S: letter } });
const item = (letter: string, weight: number) => ({
  ...key(letter),
  weight: { N: String(weight) },
  even: { BOOL: weight % 2 === 0 },
});
const ITEMS = [...'abcde'].map((letter, index) => item(letter, index + 1));
const OWN = { KeyConditionExpression: 'model = :model', ExpressionAttributeValues: { ':model': { S: 'probe' } } };

const page = (letters: string, scanned: number, last?: string): Shape => ({
  Items: ITEMS.filter((one) => letters.includes(one.key.S)),
  Count: letters.length,
  ScannedCount: scanned,
  ...(last !== undefined && { LastEvaluatedKey: key(last) }),
});

export function tableSteps({ ready, conversations }: World): Step[] {
  const { tableArn } = names(ready);
  return [
    {
      does: 'lists the tables',
      ...dynamodb,
      operation: 'ListTables',
      gives: {
        TableNames: ['audit_trail', 'conversation_state', 'idempotency', 'read_models', 'vault', 'vendor_limits'].map(
          (name) => `frontdesk_local_${name}`,
        ),
      },
    },
    {
      does: 'lists two tables and says that there are more',
      ...dynamodb,
      operation: 'ListTables',
      input: { ExclusiveStartTableName: 'frontdesk_local_audit_trail', Limit: 2 },
      gives: {
        TableNames: ['frontdesk_local_conversation_state', 'frontdesk_local_idempotency'],
        LastEvaluatedTableName: 'frontdesk_local_idempotency',
      },
    },
    {
      does: 'describes a table',
      ...dynamodb,
      operation: 'DescribeTable',
      input: table,
      gives: {
        Table: {
          TableName: TABLE,
          TableArn: tableArn(TABLE),
          TableId: maybe(/./),
          TableStatus: 'ACTIVE',
          CreationDateTime: isRecent,
          AttributeDefinitions: inAnyOrder(
            { AttributeName: 'key', AttributeType: 'S' },
            { AttributeName: 'model', AttributeType: 'S' },
          ),
          KeySchema: [
            { AttributeName: 'model', KeyType: 'HASH' },
            { AttributeName: 'key', KeyType: 'RANGE' },
          ],
          BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: maybe(isRecent) },
          ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
          ItemCount: anything,
          TableSizeBytes: anything,
        },
      },
    },
    {
      does: 'finds no table that never was',
      ...dynamodb,
      operation: 'Scan',
      input: { TableName: 'nowhere' },
      gives: { error: 'ResourceNotFoundException' },
    },
    {
      does: 'is told that backups are not here',
      ...dynamodb,
      operation: 'ListBackups',
      gives: { error: 'UnknownOperationException' },
    },
    ...ITEMS.map(
      (one): Step => ({
        does: `puts the item ${one.key.S}`,
        ...dynamodb,
        operation: 'PutItem',
        input: { ...table, Item: one },
        gives: {},
      }),
    ),
    {
      does: 'refuses to put what is there when it must be absent',
      ...dynamodb,
      operation: 'PutItem',
      input: {
        ...table,
        Item: item('a', 9),
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': 'key' },
      },
      gives: { error: 'ConditionalCheckFailedException' },
    },
    {
      does: 'gets an item, the chosen attributes of it',
      ...dynamodb,
      operation: 'GetItem',
      input: { ...table, Key: key('b'), ProjectionExpression: 'weight', ConsistentRead: true },
      gives: { Item: { weight: { N: '2' } } },
    },
    {
      does: 'gets nothing where nothing is',
      ...dynamodb,
      operation: 'GetItem',
      input: { ...table, Key: key('z') },
      gives: {},
    },
    {
      does: 'queries a partition',
      ...dynamodb,
      operation: 'Query',
      input: { ...table, ...OWN },
      gives: page('abcde', 5),
    },
    {
      does: 'queries page by page: the first',
      ...dynamodb,
      operation: 'Query',
      input: { ...table, ...OWN, Limit: 2 },
      gives: page('ab', 2, 'b'),
    },
    {
      does: 'queries page by page: the next',
      ...dynamodb,
      operation: 'Query',
      input: { ...table, ...OWN, Limit: 2, ExclusiveStartKey: key('b') },
      gives: page('cd', 2, 'd'),
    },
    {
      does: 'filters after the limit, as DynamoDB does',
      ...dynamodb,
      operation: 'Query',
      input: {
        ...table,
        KeyConditionExpression: 'model = :model AND #key BETWEEN :from AND :to',
        FilterExpression: 'weight > :light AND even = :even',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: {
          ':model': { S: 'probe' },
          ':from': { S: 'b' },
          ':to': { S: 'e' },
          ':light': { N: '2' },
          ':even': { BOOL: true },
        },
      },
      gives: page('d', 4),
    },
    {
      does: 'queries from the end, one item',
      ...dynamodb,
      operation: 'Query',
      input: { ...table, ...OWN, ScanIndexForward: false, Limit: 1 },
      gives: page('e', 1, 'e'),
    },
    {
      does: 'scans with a filter',
      ...dynamodb,
      operation: 'Scan',
      input: {
        ...table,
        FilterExpression: 'model = :model AND (weight IN (:two, :five) OR begins_with(#key, :c))',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: {
          ':model': { S: 'probe' },
          ':two': { N: '2' },
          ':five': { N: '5.0' },
          ':c': { S: 'c' },
        },
      },
      gives: {
        Items: ITEMS.filter((one) => 'bce'.includes(one.key.S)),
        Count: 3,
        ScannedCount: (count) => Number(count) >= 5,
      },
    },
    {
      does: 'changes an item on a condition that holds',
      ...dynamodb,
      operation: 'UpdateItem',
      input: update('a', '1'),
      gives: { Attributes: { weight: { N: '11' } } },
    },
    {
      does: 'changes nothing on a condition that does not',
      ...dynamodb,
      operation: 'UpdateItem',
      input: update('a', '1'),
      gives: { error: 'ConditionalCheckFailedException' },
    },
    {
      does: 'refuses an expression that is none',
      ...dynamodb,
      operation: 'Scan',
      input: { ...table, FilterExpression: 'weight >' },
      gives: { error: 'ValidationException' },
    },
    {
      does: 'deletes an item and shows it',
      ...dynamodb,
      operation: 'DeleteItem',
      input: { ...table, Key: key('e'), ReturnValues: 'ALL_OLD' },
      gives: { Attributes: item('e', 5) },
    },
    ...productSteps(conversations),
  ];
}

function update(letter: string, expected: string) {
  return {
    ...table,
    Key: key(letter),
    UpdateExpression: 'ADD weight :ten',
    ConditionExpression: 'weight = :expected',
    ExpressionAttributeValues: { ':ten': { N: '10' }, ':expected': { N: expected } },
    ReturnValues: 'UPDATED_NEW',
  };
}

/** What really happened stands in the product's tables. */
function productSteps(conversations: readonly string[]): Step[] {
  const [first = ''] = conversations;
  return [
    {
      does: 'scans the ledger for the messages that have settled',
      ...dynamodb,
      operation: 'Scan',
      input: {
        TableName: 'frontdesk_local_idempotency',
        FilterExpression: '#status = :settled',
        ProjectionExpression: 'conversation_id',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':settled': { S: 'SETTLED' } },
      },
      gives: {
        Items: holding(...conversations.map((id) => ({ conversation_id: { S: id } }))),
        Count: conversations.length,
        ScannedCount: (count) => Number(count) >= conversations.length,
      },
    },
    {
      does: 'reads the trail of a conversation',
      ...dynamodb,
      operation: 'Query',
      input: {
        TableName: 'frontdesk_local_audit_trail',
        KeyConditionExpression: 'conversation_id = :id',
        ExpressionAttributeValues: { ':id': { S: first } },
        Select: 'COUNT',
      },
      gives: { Count: (count) => Number(count) > 2, ScannedCount: (count) => Number(count) > 2 },
    },
    {
      does: 'gets the state of a conversation',
      ...dynamodb,
      operation: 'GetItem',
      input: {
        TableName: 'frontdesk_local_conversation_state',
        Key: { conversation_id: { S: first } },
        ProjectionExpression: 'conversation_id',
      },
      gives: { Item: { conversation_id: { S: first } } },
    },
  ];
}
