/** The requests that are measured: the kinds the functions send, on items of about 1 KB. */
export const TABLE = 'measured';
export const ITEMS = 1_000;

export const CREATE_TABLE = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'k', AttributeType: 'S' },
    { AttributeName: 'open', AttributeType: 'S' },
    { AttributeName: 'due', AttributeType: 'N' },
  ],
  KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'open-due',
      KeySchema: [
        { AttributeName: 'open', KeyType: 'HASH' },
        { AttributeName: 'due', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
} as const;

export const KINDS = ['put', 'get', 'update', 'query'] as const;
export type Kind = (typeof KINDS)[number];
export type Load = {
  readonly operation: 'PutItem' | 'GetItem' | 'UpdateItem' | 'Query';
  readonly input: Readonly<Record<string, unknown>>;
};

/** The `turn`-th request of its kind; puts come first and make what the others look for. */
export function load(kind: Kind, turn: number): Load {
  const number = turn % ITEMS;
  const Key = { k: { S: `evt:${number}` } };
  switch (kind) {
    case 'put':
      return { operation: 'PutItem', input: { TableName: TABLE, Item: { ...Key, ...body(number) } } };
    case 'get':
      return { operation: 'GetItem', input: { TableName: TABLE, Key, ConsistentRead: true } };
    case 'update':
      return {
        operation: 'UpdateItem',
        input: {
          TableName: TABLE,
          Key,
          UpdateExpression: 'SET #s = :s, #f = if_not_exists(#f, :f) ADD #n :one',
          ConditionExpression: '(attribute_exists(#k) AND #n < :most)',
          ExpressionAttributeNames: { '#s': 'status', '#f': 'first', '#n': 'attempts', '#k': 'k' },
          ExpressionAttributeValues: {
            ':s': { S: 'IN_PROGRESS' },
            ':f': { S: '2026-01-31T09:30:00.000Z' },
            ':one': { N: '1' },
            ':most': { N: '1000000' },
          },
          ReturnValues: 'ALL_NEW',
        },
      };
    case 'query':
      return {
        operation: 'Query',
        input: {
          TableName: TABLE,
          IndexName: 'open-due',
          KeyConditionExpression: '#o = :o AND #d >= :d',
          ExpressionAttributeNames: { '#o': 'open', '#d': 'due' },
          ExpressionAttributeValues: { ':o': { S: '1' }, ':d': { N: String(number) } },
          Limit: 10,
        },
      };
    default:
      return kind satisfies never;
  }
}

function body(number: number): object {
  return {
    open: { S: '1' },
    due: { N: String(number) },
    attempts: { N: '0' },
    envelope: { S: 'e'.repeat(800) },
    route: { M: { team: { S: 'orders' }, tags: { L: [{ S: 'route-orders' }, { S: 'tier-1' }] } } },
    expires_at: { N: '1900000000' },
  };
}
