/** A table that is gone: whoever meets it says which one, and the way back. Tables are named as `aws dynamodb` takes them. */
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { VendorError } from '../../functions/shared/errors.ts';
import type { TableName } from '../../functions/shared/store/language.ts';
import { TABLE_KEYS } from '../../functions/shared/store/tables.ts';
import { fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { AwsError } from '../../local/aws/service.ts';
import { Failure } from '../failure.ts';
import { asking, type Reachable, tableClient } from './clients.ts';
import { type Instance, stageOf } from './instance.ts';

/** `awsEndpoint` is `null` for AWS itself, and left out for the folder of an instance that does not run. */
type Home = { readonly awsEndpoint?: string | null };

export const TABLE_MISSING = 'table_missing';
const TABLES = Object.keys(TABLE_KEYS) as TableName[];

/** The start of an instance makes what is missing; a stage has deployments for that, and nobody closes its past unasked. */
export const cureOfMissing = ({ awsEndpoint }: Home): string =>
  awsEndpoint === null
    ? 'bring it back as docs/recovery.md says under "On AWS"'
    : 'stop the instance and run `npm start` again, which makes it anew and closes the past where the ledger was lost; then follow docs/recovery.md';

/** Runs one call at a table; that DynamoDB knows no such table becomes a failure. */
export async function atTable<T>(home: Home, table: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw isMissing(error) ? missing(home, [table]) : error;
  }
}

/** Throws where the stage lacks a table: beside one that is gone nothing is rebuilt. */
export async function refuseMissingTables(stage: Reachable & Pick<Instance, 'busName'>): Promise<void> {
  const gone = await missingTables(stage);
  if (gone.length > 0) throw missing(stage, gone);
}

/** Every table of the topology that DynamoDB does not know. */
export async function missingTables(stage: Reachable & Pick<Instance, 'busName'>): Promise<string[]> {
  const client = tableClient(stage);
  try {
    const names = TABLES.map((table) => fullTableName(stageOf(stage), table));
    const areThere = await Promise.all(names.map((name) => isThere(client, name)));
    return names.filter((_, index) => areThere[index] === false);
  } finally {
    client.destroy();
  }
}

function isThere(client: DynamoDBClient, TableName: string): Promise<boolean> {
  return asking('DynamoDB', async () => {
    try {
      await client.send(new DescribeTableCommand({ TableName }));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  });
}

/** As the SDK says it, the store of the functions, and the tables of a folder. */
function isMissing(error: unknown): boolean {
  if (error instanceof VendorError) return error.vendor === 'dynamodb' && error.kind === 'not_found';
  const name = error instanceof AwsError ? error.type : error instanceof Error ? error.name : '';
  return name === 'ResourceNotFoundException';
}

function missing(home: Home, tables: readonly string[]): Failure {
  return new Failure(TABLE_MISSING, `missing in DynamoDB: ${tables.join(', ')}`, cureOfMissing(home));
}
