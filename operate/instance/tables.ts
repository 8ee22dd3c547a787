/** The tables, read-only: through the endpoint of the running instance, or from its file when nothing runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
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
import { atTable } from './missing-table.ts';
import { placeOf } from './place.ts';

type Page = { readonly Items?: unknown; readonly LastEvaluatedKey?: unknown };
type Question = Omit<QueryCommandInput & ScanCommandInput, 'TableName'>;

export type Tables = {
  /** Items of a query over a table or an index, page by page. */
  query(table: TableName, question: Question): AsyncGenerator<Item>;
  /** Every item that the filter lets through; slow on a large table. */
  scan(table: TableName, question: Question): AsyncGenerator<Item>;
  close(): Promise<void>;
};

/** Opens the tables of a stage, of a running instance, else of the folder; a folder without tables has nothing to say. */
export async function openTables(context: Context): Promise<Tables & { readonly instance: Instance | null }> {
  if (context.target === 'aws') return { ...endpointTables(placeOf(context)), instance: null };
  const instance = findInstance(context);
  return { ...(instance === null ? tablesInFolder(context) : endpointTables(instance)), instance };
}

export function endpointTables(instance: Reachable & Pick<Instance, 'busName'>): Tables {
  const client = tableClient(instance);
  const asked = <T>({ TableName }: { TableName: string }, send: () => Promise<T>): Promise<T> =>
    asking('DynamoDB', () => atTable(instance, TableName, send));
  return tablesOver(stageOf(instance), {
    isApart: true,
    query: (input) => asked(input, () => client.send(new QueryCommand(input as QueryCommandInput))),
    scan: (input) => asked(input, () => client.send(new ScanCommand(input as ScanCommandInput))),
    close: async () => client.destroy(),
  });
}

/**
 * For who reads much and often beside a running instance: the folder's own file, so that the bus does not wait for it; a stage's
 * tables where there is no folder.
 */
export function openTablesAside(context: Context): Tables {
  return context.target === 'aws' ? endpointTables(placeOf(context)) : tablesInFolder(context);
}

/** @param given  the folder as it was named */
export function noData(given: string): Failure {
  return new Failure(
    'no_data',
    `${given} holds no data of Frontdesk`,
    'start with `npm start`, or name another folder with --data',
  );
}

/** The folder's own file, read-only. */
function tablesInFolder({ dataDir, dataDirGiven }: Context): Tables {
  const file = join(dataDir, 'aws.sqlite');
  if (!existsSync(file)) throw noData(dataDirGiven);
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    const engine = openOwnEngine({ database, accountId: STAGE.accountId, region: STAGE.region, now: Date.now });
    return tablesOver(STAGE.env, {
      isApart: false,
      query: (input) => atTable({}, input.TableName, () => afterOthers(() => engine.run('Query', input))),
      scan: (input) => atTable({}, input.TableName, () => afterOthers(() => engine.run('Scan', input))),
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

/** The file is read in one go, page by page: what else this process is asked gets its turn between two of them. */
async function afterOthers<T>(read: () => T | Promise<T>): Promise<T> {
  await setImmediate();
  return read();
}

type Door = {
  /** Another process answers, so the next page is fetched while this one is looked at. */
  readonly isApart: boolean;
  query(input: Question & { TableName: string }): Promise<Page>;
  scan(input: Question & { TableName: string }): Promise<Page>;
  close(): Promise<void>;
};

function tablesOver(env: string, door: Door): Tables {
  async function* all(ask: Door['query'], table: TableName, question: Question): AsyncGenerator<Item> {
    const input = { ...question, TableName: fullTableName(env, table) };
    const after = (from: unknown): Promise<Page> =>
      ask({ ...input, ExclusiveStartKey: from as NonNullable<Question['ExclusiveStartKey']> });
    let page: Page | null = await ask(input);
    while (page !== null) {
      const { Items, LastEvaluatedKey: from }: Page = page;
      const ahead = door.isApart && from !== undefined ? after(from) : null;
      // Who has found enough asks for no more, and what becomes of it is nobody's matter then.
      ahead?.catch(() => {});
      for (const item of Array.isArray(Items) ? Items : []) yield unmarshall(item) as Item;
      page = from === undefined ? null : await (ahead ?? after(from));
    }
  }
  return {
    query: (table, question) => all(door.query, table, question),
    scan: (table, question) => all(door.scan, table, question),
    close: door.close,
  };
}
