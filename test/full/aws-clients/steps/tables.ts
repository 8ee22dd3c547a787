/** Tables: listed, described, read and written with conditions; first a partition of the probe's own, then what the product wrote. */
import { anything, holding, inAnyOrder, isRecent, maybe, type Shape } from '../shape.ts';
import { dynamodb, refused, type Step, type World } from '../step.ts';
import { names } from './names.ts';

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
    dynamodb(
      'lists the tables',
      'ListTables',
      {},
      {
        TableNames: ['audit_trail', 'conversation_state', 'idempotency', 'read_models', 'vault', 'vendor_limits'].map(
          (name) => `frontdesk_local_${name}`,
        ),
      },
    ),
    dynamodb(
      'lists two tables and says that there are more',
      'ListTables',
      { ExclusiveStartTableName: 'frontdesk_local_audit_trail', Limit: 2 },
      {
        TableNames: ['frontdesk_local_conversation_state', 'frontdesk_local_idempotency'],
        LastEvaluatedTableName: 'frontdesk_local_idempotency',
      },
    ),
    dynamodb('describes a table', 'DescribeTable', table, {
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
    }),
    dynamodb('finds no table that never was', 'Scan', { TableName: 'nowhere' }, refused('ResourceNotFoundException')),
    dynamodb('is told that backups are not here', 'ListBackups', {}, refused('UnknownOperationException')),
    ...ITEMS.map((one): Step => dynamodb(`puts the item ${one.key.S}`, 'PutItem', { ...table, Item: one }, {})),
    dynamodb(
      'refuses to put what is there when it must be absent',
      'PutItem',
      {
        ...table,
        Item: item('a', 9),
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': 'key' },
      },
      refused('ConditionalCheckFailedException'),
    ),
    dynamodb(
      'gets an item, the chosen attributes of it',
      'GetItem',
      { ...table, Key: key('b'), ProjectionExpression: 'weight', ConsistentRead: true },
      { Item: { weight: { N: '2' } } },
    ),
    dynamodb('gets nothing where nothing is', 'GetItem', { ...table, Key: key('z') }, {}),
    dynamodb('queries a partition', 'Query', { ...table, ...OWN }, page('abcde', 5)),
    dynamodb('queries page by page: the first', 'Query', { ...table, ...OWN, Limit: 2 }, page('ab', 2, 'b')),
    dynamodb(
      'queries page by page: the next',
      'Query',
      { ...table, ...OWN, Limit: 2, ExclusiveStartKey: key('b') },
      page('cd', 2, 'd'),
    ),
    dynamodb(
      'filters after the limit, as DynamoDB does',
      'Query',
      {
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
      page('d', 4),
    ),
    dynamodb(
      'queries from the end, one item',
      'Query',
      { ...table, ...OWN, ScanIndexForward: false, Limit: 1 },
      page('e', 1, 'e'),
    ),
    dynamodb(
      'scans with a filter',
      'Scan',
      {
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
      {
        Items: ITEMS.filter((one) => 'bce'.includes(one.key.S)),
        Count: 3,
        ScannedCount: (count) => Number(count) >= 5,
      },
    ),
    dynamodb('changes an item on a condition that holds', 'UpdateItem', update('a', '1'), {
      Attributes: { weight: { N: '11' } },
    }),
    dynamodb(
      'changes nothing on a condition that does not',
      'UpdateItem',
      update('a', '1'),
      refused('ConditionalCheckFailedException'),
    ),
    dynamodb(
      'refuses an expression that is none',
      'Scan',
      { ...table, FilterExpression: 'weight >' },
      refused('ValidationException'),
    ),
    dynamodb(
      'deletes an item and shows it',
      'DeleteItem',
      { ...table, Key: key('e'), ReturnValues: 'ALL_OLD' },
      { Attributes: item('e', 5) },
    ),
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
    dynamodb(
      'scans the ledger for the messages that have settled',
      'Scan',
      {
        TableName: 'frontdesk_local_idempotency',
        FilterExpression: '#status = :settled',
        ProjectionExpression: 'conversation_id',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':settled': { S: 'SETTLED' } },
      },
      {
        Items: holding(...conversations.map((id) => ({ conversation_id: { S: id } }))),
        Count: conversations.length,
        ScannedCount: (count) => Number(count) >= conversations.length,
      },
    ),
    dynamodb(
      'reads the trail of a conversation',
      'Query',
      {
        TableName: 'frontdesk_local_audit_trail',
        KeyConditionExpression: 'conversation_id = :id',
        ExpressionAttributeValues: { ':id': { S: first } },
        Select: 'COUNT',
      },
      { Count: (count) => Number(count) > 2, ScannedCount: (count) => Number(count) > 2 },
    ),
    dynamodb(
      'gets the state of a conversation',
      'GetItem',
      {
        TableName: 'frontdesk_local_conversation_state',
        Key: { conversation_id: { S: first } },
        ProjectionExpression: 'conversation_id',
      },
      { Item: { conversation_id: { S: first } } },
    ),
  ];
}
