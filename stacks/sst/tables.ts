/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import { topology } from '../topology.ts';
import type { TableSpec } from '../topology-types.ts';

/** The tables with their keys, indexes and TTL: on demand, encrypted with the stage's key. */
export function createTables({ name: env, data }: Pick<DeployableStage, 'name' | 'data'>, key: aws.kms.Key): void {
  for (const table of topology.tables) {
    new sst.aws.Dynamo(`Table-${table.name.replaceAll('_', '-')}`, {
      fields: fieldsOf(table),
      primaryIndex: keysOf(table),
      globalIndexes: Object.fromEntries(table.indexes.map((index) => [index.name, keysOf(index)])),
      ttl: table.ttlAttribute,
      deletionProtection: data.deletionProtection,
      transform: {
        table: (args, options) => {
          args.name = `frontdesk_${env}_${table.name}`;
          args.serverSideEncryption = { enabled: true, kmsKeyArn: key.arn };
          args.pointInTimeRecovery = { enabled: data.pointInTimeRecovery };
          options.retainOnDelete = data.isRetained;
        },
      },
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
