/** The store on DynamoDB: one conditional single-item request per operation, strongly consistent reads (protocols §1). */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { asking, vendorErrorOf } from '../aws/live-client.ts';
import type { Clock, Store, StoreQuery } from '../ports.ts';
import { type Expressions, expressions } from './expressions.ts';
import type { Item, TableName } from './language.ts';
import { TABLE_KEYS } from './tables.ts';

type Attributes = Record<string, AttributeValue>;

/** Tables are named `frontdesk_<env>_<table>`. Throws `VendorError`; a condition that does not hold is an answer. */
export function dynamoStore(client: DynamoDBClient, env: string, clock: Pick<Clock, 'now'>): Store {
  const named = (table: TableName) => `frontdesk_${env}_${table}`;
  const isLive = (item: Item) =>
    typeof item.expires_at !== 'number' || item.expires_at > Math.floor(clock.now() / 1000);
  const send = (ReturnValues: 'ALL_NEW' | 'NONE', ...[table, key, changes, condition]: Parameters<Store['update']>) => {
    const built = expressions();
    const conditional = condition && { ConditionExpression: built.condition(condition) };
    const update = built.update(changes);
    return unlessConditionFails(() =>
      client.send(
        new UpdateItemCommand({
          TableName: named(table),
          Key: marshall(key),
          ...(update !== undefined && { UpdateExpression: update }),
          ...conditional,
          ...placeholders(built),
          ReturnValues,
        }),
      ),
    );
  };
  return {
    async get(table, key) {
      const { Item: found } = await asking('dynamodb', 'read', () =>
        client.send(new GetItemCommand({ TableName: named(table), Key: marshall(key), ConsistentRead: true })),
      );
      const item = found && fromAttributes(found);
      return item && isLive(item) ? item : null;
    },
    async put(table, item, condition) {
      const built = expressions();
      const conditional = condition && { ConditionExpression: built.condition(condition) };
      const answer = await unlessConditionFails(() =>
        client.send(
          new PutItemCommand({
            TableName: named(table),
            Item: marshall(item, { removeUndefinedValues: true }),
            ...conditional,
            ...placeholders(built),
          }),
        ),
      );
      return answer !== null;
    },
    async update(...call) {
      const answer = await send('ALL_NEW', ...call);
      return answer === null ? null : fromAttributes(answer.Attributes ?? marshall(call[1]));
    },
    async change(...call) {
      return (await send('NONE', ...call)) !== null;
    },
    async remove(table, key) {
      await asking('dynamodb', 'write', () =>
        client.send(new DeleteItemCommand({ TableName: named(table), Key: marshall(key) })),
      );
    },
    async query(table, query) {
      const request = queryInput(named(table), table, query);
      const items: Item[] = [];
      let from: Attributes | undefined;
      do {
        const start = from;
        const page = await asking('dynamodb', 'read', () =>
          client.send(new QueryCommand({ ...request, ...(start && { ExclusiveStartKey: start }) })),
        );
        items.push(...(page.Items ?? []).map(fromAttributes).filter(isLive));
        from = page.LastEvaluatedKey;
      } while (from !== undefined && items.length < query.limit);
      return items.slice(0, query.limit);
    },
  };
}

function queryInput(tableName: string, table: TableName, query: StoreQuery): QueryCommandInput {
  const keys = query.index === undefined ? TABLE_KEYS[table] : TABLE_KEYS[table].indexes[query.index];
  if (!keys) throw new Error(`no index ${query.index}`);
  const built = expressions();
  const parts = [`${built.name(keys.partitionKey)} = ${built.value(query.partition)}`];
  const { sortKey } = keys;
  if (sortKey !== undefined) parts.push(...sortRange(built, sortKey, query));
  return {
    TableName: tableName,
    KeyConditionExpression: parts.join(' AND '),
    ...placeholders(built),
    ScanIndexForward: !query.newestFirst,
    Limit: query.limit,
    // Global indexes are eventually consistent; what they find is read again before it is acted upon.
    ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
  };
}

/** A key condition may name the sort key once only. */
function sortRange(built: Expressions, sortKey: string, { from, upTo }: StoreQuery): string[] {
  const bound = (value: string | number) => built.value(value);
  if (from !== undefined && upTo !== undefined)
    return [`${built.name(sortKey)} BETWEEN ${bound(from)} AND ${bound(upTo)}`];
  if (from !== undefined) return [`${built.name(sortKey)} >= ${bound(from)}`];
  return upTo === undefined ? [] : [`${built.name(sortKey)} <= ${bound(upTo)}`];
}

function placeholders({ names, values }: Expressions) {
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshall(values) }),
  };
}

function fromAttributes(attributes: Attributes): Item {
  return unmarshall(attributes) as Item;
}

async function unlessConditionFails<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw vendorErrorOf('dynamodb', 'write', error);
  }
}
