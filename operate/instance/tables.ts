/** The tables, read-only: through the endpoint of the running instance, or from its file when nothing runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { QueryCommand, type QueryCommandInput, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, TableName } from '../../functions/shared/store/language.ts';
import { openOwnEngine } from '../../local/aws/dynamodb/own-engine.ts';
import { fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { STAGE } from '../../local/platform/stage.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { asking, type Reachable, tableClient } from './clients.ts';
import { findInstance, type Instance, stageOf } from './instance.ts';

type Page = { readonly Items?: unknown; readonly LastEvaluatedKey?: unknown };
type ExclusiveStartKey = NonNullable<QueryCommandInput['ExclusiveStartKey']>;
type Question = Omit<QueryCommandInput & ScanCommandInput, 'TableName'>;

export type Tables = {
  /** Items of a query over a table or an index, page by page. */
  query(table: TableName, question: Question): AsyncGenerator<Item>;
  /** Every item that the filter lets through; slow on a large table. */
  scan(table: TableName, question: Question): AsyncGenerator<Item>;
  close(): Promise<void>;
};

/** Opens the tables of a running instance, else of the folder; a folder without tables has nothing to say. */
export async function openTables(context: Context): Promise<Tables & { readonly instance: Instance | null }> {
  const instance = findInstance(context);
  return { ...(instance === null ? tablesInFolder(context) : endpointTables(instance)), instance };
}

export function endpointTables(instance: Reachable & Pick<Instance, 'busName'>): Tables {
  const client = tableClient(instance);
  return tablesOver(stageOf(instance), {
    query: (input) => asking('DynamoDB', () => client.send(new QueryCommand(input as QueryCommandInput))),
    scan: (input) => asking('DynamoDB', () => client.send(new ScanCommand(input as ScanCommandInput))),
    close: async () => client.destroy(),
  });
}

/** The folder's own file, read-only. */
function tablesInFolder({ dataDir, dataDirGiven }: Context): Tables {
  const file = join(dataDir, 'aws.sqlite');
  if (!existsSync(file)) {
    throw new Failure(
      'no_data',
      `${dataDirGiven} holds no data of Frontdesk`,
      'start with `npm start`, or name another folder with --data',
    );
  }
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    const engine = openOwnEngine({ database, accountId: STAGE.accountId, region: STAGE.region, now: Date.now });
    return tablesOver(STAGE.env, {
      query: (input) => engine.run('Query', input),
      scan: (input) => engine.run('Scan', input),
      close: async () => database.close(),
    });
  } catch {
    throw new Failure(
      'unreadable_data',
      `the tables in ${dataDirGiven} cannot be read`,
      'check its permissions, or start with `npm start` once',
    );
  }
}

type Door = {
  query(input: Question & { TableName: string }): Promise<Page>;
  scan(input: Question & { TableName: string }): Promise<Page>;
  close(): Promise<void>;
};

function tablesOver(env: string, door: Door): Tables {
  async function* all(ask: Door['query'], table: TableName, question: Question): AsyncGenerator<Item> {
    const input = { ...question, TableName: fullTableName(env, table) };
    let next: Promise<Page> | null = ask(input);
    while (next !== null) {
      const { Items, LastEvaluatedKey: from }: Page = await next;
      // The next page is on its way while this one is looked at.
      next = from === undefined ? null : ask({ ...input, ExclusiveStartKey: from as ExclusiveStartKey });
      // Who has found enough asks for no more, and what becomes of it is nobody's matter then.
      next?.catch(() => {});
      for (const item of Array.isArray(Items) ? Items : []) yield unmarshall(item) as Item;
    }
  }
  return {
    query: (table, question) => all(door.query, table, question),
    scan: (table, question) => all(door.scan, table, question),
    close: door.close,
  };
}
