/** The store of the functions at the place of a command: a table that is gone is named. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Store } from '../../functions/shared/ports.ts';
import type { TableName } from '../../functions/shared/store/language.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { atTable } from './missing-table.ts';
import type { Place } from './place.ts';

export function endpointStore(client: DynamoDBClient, place: Place): Store {
  const { get, put, update, change, remove, query } = dynamoStore(client, place.env, { now: Date.now });
  const named =
    <More extends readonly unknown[], T>(call: (table: TableName, ...more: More) => Promise<T>) =>
    (table: TableName, ...more: More): Promise<T> =>
      atTable(place, fullTableName(place.env, table), () => call(table, ...more));
  return {
    get: named(get),
    put: named(put),
    update: named(update),
    change: named(change),
    remove: named(remove),
    query: named(query),
  };
}
