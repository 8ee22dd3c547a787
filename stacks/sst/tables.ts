/// <reference path="../../.sst/platform/config.d.ts" />
import { topology } from '../topology.ts';
import type { TableSpec } from '../topology-types.ts';

/** The tables with their keys, indexes and TTL; on-demand, point-in-time recovery on by default. */
export function createTables(): void {
  for (const table of topology.tables) {
    new sst.aws.Dynamo(`Table-${table.name.replaceAll('_', '-')}`, {
      fields: fieldsOf(table),
      primaryIndex: keysOf(table),
      globalIndexes: Object.fromEntries(table.indexes.map((index) => [index.name, keysOf(index)])),
      ttl: table.ttlAttribute,
      deletionProtection: $app.stage === 'prod',
      transform: { table: { name: `frontdesk_${$app.stage}_${table.name}` } },
    });
  }
}

type Keys = { readonly partitionKey: string; readonly sortKey?: string };

function keysOf({ partitionKey, sortKey }: Keys): { hashKey: string; rangeKey?: string } {
  return sortKey === undefined ? { hashKey: partitionKey } : { hashKey: partitionKey, rangeKey: sortKey };
}

function fieldsOf(table: TableSpec): Record<string, 'string' | 'number'> {
  const names = [table, ...table.indexes].flatMap(({ partitionKey, sortKey }: Keys) =>
    sortKey === undefined ? [partitionKey] : [partitionKey, sortKey],
  );
  return Object.fromEntries(names.map((name) => [name, table.numericKeys?.includes(name) ? 'number' : 'string']));
}
