/** Tables of the topology as DynamoDB requests. */
import type { TableSpec } from '../../../stacks/topology-types.ts';
import { transact } from '../database.ts';
import { createTable, setTimeToLive } from './operations/manage-tables.ts';
import type { TableStore } from './operations/store.ts';
import { keyOf } from './storage/keys.ts';
import type { Definition, Table } from './storage/tables.ts';
import type { Item } from './values/attribute-value.ts';
import { itemSize } from './values/size.ts';

export function fullTableName(env: string, table: string): string {
  return `frontdesk_${env}_${table}`;
}

/** What an item of an older release becomes when its table gets an index; the same item where it stays. */
export type Remake = (item: Item) => Item;

/**
 * Makes what is missing; refuses a table whose keys or indexes are not those of the topology. An index over attributes that no
 * item has yet is added, as UpdateTable would.
 */
export function ensureTable(store: TableStore, env: string, spec: TableSpec, remake?: Remake): void {
  const wanted = createTableInput(env, spec);
  const name = wanted.TableName;
  const present = store.tables.find(name);
  if (present === undefined) createTable(store, wanted);
  else if (isWithoutIndexes(present.definition, wanted)) addIndexes(store, present, wanted, remake);
  else if (shapeOf(present.definition) !== shapeOf(wanted)) {
    throw new Error(`table ${name} has other keys or indexes than the topology says: migrate the data folder`);
  }
  const table = store.tables.get(name);
  if (table.ttlAttribute !== spec.ttlAttribute) setTimeToLive(store, table, spec.ttlAttribute);
}

function isWithoutIndexes({ GlobalSecondaryIndexes: had = [], KeySchema }: Shaped, wanted: Shaped): boolean {
  const { GlobalSecondaryIndexes: has = [] } = wanted;
  return had.length === 0 && has.length > 0 && JSON.stringify(KeySchema) === JSON.stringify(wanted.KeySchema);
}

/** In one transaction: an item that is remade stands in the new index at once. */
function addIndexes(store: TableStore, present: Table, wanted: Wanted, remake: Remake = (item) => item): void {
  const { TableName: _, ...shape } = wanted;
  transact(store.database, () => {
    const table = store.tables.redefine(present, { ...present.definition, ...shape } as Definition);
    for (const { id, item: text, bytes } of store.items.rows.every(table.id)) {
      const item = JSON.parse(text) as Item;
      const key = keyOf(item, table.keys);
      const remade = remake(item);
      if (key !== null && remade !== item) store.items.write(table, key, { id, item, bytes }, remade, itemSize(remade));
    }
  });
}

function createTableInput(env: string, { name, partitionKey, sortKey, indexes, numericKeys = [] }: TableSpec) {
  const keys = [...new Set([partitionKey, ...(sortKey === undefined ? [] : [sortKey]), ...indexes.flatMap(keysOf)])];
  return {
    TableName: fullTableName(env, name),
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((AttributeName) => ({
      AttributeName,
      AttributeType: numericKeys.includes(AttributeName) ? 'N' : 'S',
    })),
    KeySchema: keySchema(partitionKey, sortKey),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  };
}

function keysOf(index: { readonly partitionKey: string; readonly sortKey: string }): string[] {
  return [index.partitionKey, index.sortKey];
}

function keySchema(partitionKey: string, sortKey: string | undefined) {
  const hash = { AttributeName: partitionKey, KeyType: 'HASH' };
  return sortKey === undefined ? [hash] : [hash, { AttributeName: sortKey, KeyType: 'RANGE' }];
}

type Wanted = ReturnType<typeof createTableInput>;
type Shaped = {
  readonly AttributeDefinitions: readonly object[];
  readonly KeySchema: readonly object[];
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string; readonly KeySchema: readonly object[] }[];
};

function shapeOf({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [] }: Shaped): string {
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys }) => JSON.stringify([IndexName, keys]));
  const types = AttributeDefinitions.map((one) => JSON.stringify(one));
  return JSON.stringify([KeySchema, types.sort(), indexes.sort()]);
}
