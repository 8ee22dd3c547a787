/** A table as DescribeTable shows it: counts and bytes are those of this moment. */
import type { IndexRequest, Table } from '../storage/tables.ts';
import type { TableStore } from './store.ts';

export type TableStatus = 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING';

export function describe(store: TableStore, table: Table, status: TableStatus = 'ACTIVE'): Record<string, unknown> {
  const { definition } = table;
  const { rows } = store.items;
  const { items, bytes } = rows.totals(table.id);
  const arn = `arn:aws:dynamodb:${store.region}:${store.accountId}:table/${table.name}`;
  const index = (request: IndexRequest, number: number): Record<string, unknown> => {
    const totals = rows.indexTotals(table.id, number);
    return {
      IndexName: request.IndexName,
      IndexArn: `${arn}/index/${request.IndexName}`,
      KeySchema: request.KeySchema,
      Projection: request.Projection,
      ItemCount: totals.items,
      IndexSizeBytes: totals.bytes,
    };
  };
  const global = definition.GlobalSecondaryIndexes;
  const local = definition.LocalSecondaryIndexes;
  return {
    TableName: table.name,
    TableArn: arn,
    TableId: definition.TableId,
    TableStatus: status,
    CreationDateTime: definition.CreationDateTime,
    AttributeDefinitions: definition.AttributeDefinitions,
    KeySchema: definition.KeySchema,
    ItemCount: items,
    TableSizeBytes: bytes,
    ProvisionedThroughput: throughputOf(definition),
    ...(definition.BillingMode === 'PAY_PER_REQUEST' && { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } }),
    ...(global && {
      GlobalSecondaryIndexes: global.map((request, number) => ({
        ...index(request, number),
        IndexStatus: status,
        ProvisionedThroughput: throughputOf(request),
      })),
    }),
    ...(local && {
      LocalSecondaryIndexes: local.map((request, number) => index(request, number + (global?.length ?? 0))),
    }),
  };
}

function throughputOf({ ProvisionedThroughput }: Pick<IndexRequest, 'ProvisionedThroughput'>): object {
  const units = ProvisionedThroughput ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
  return { ...units, NumberOfDecreasesToday: 0 };
}
