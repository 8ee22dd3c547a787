/** Tables of the topology as DynamoDB requests. */
import type { TableSpec } from '../../../stacks/topology-types.ts';
import { AwsError } from '../service.ts';
import type { Engine } from './engine.ts';

export function fullTableName(env: string, table: string): string {
  return `frontdesk_${env}_${table}`;
}

/** Makes what is missing; refuses a table whose keys or indexes are not those of the topology. */
export async function ensureTable(engine: Engine, env: string, spec: TableSpec): Promise<void> {
  const wanted = createTableInput(env, spec);
  try {
    const { Table } = await engine.run('DescribeTable', { TableName: wanted.TableName });
    if (shapeOf(Table) !== shapeOf(wanted)) {
      throw new Error(
        `table ${wanted.TableName} has other keys or indexes than the topology says: migrate the data folder`,
      );
    }
  } catch (error) {
    if (!(error instanceof AwsError) || error.type !== 'ResourceNotFoundException') throw error;
    await engine.run('CreateTable', wanted);
  }
  await untilActive(engine, wanted.TableName);
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

type Described = { KeySchema?: unknown; GlobalSecondaryIndexes?: readonly { IndexName: string; KeySchema: unknown }[] };

function shapeOf(table: unknown): string {
  const { KeySchema, GlobalSecondaryIndexes = [] }: Described = Object(table);
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys }) => JSON.stringify([IndexName, keys]));
  return JSON.stringify([KeySchema, indexes.sort()]);
}

async function untilActive(engine: Engine, TableName: string): Promise<void> {
  for (;;) {
    const { Table } = await engine.run('DescribeTable', { TableName });
    if (Object(Table).TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
