/** Everything a data folder holds, row by row and item by item, so that two folders can be compared. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDynaliteEngine } from '../../../local/aws/dynamodb/dynalite-engine.ts';
import type { Engine } from '../../../local/aws/dynamodb/engine.ts';
import { openOwnEngine } from '../../../local/aws/dynamodb/own-engine.ts';
import { STAGE } from '../../../local/platform/stage.ts';

/** Sorted lines of JSON by table. */
export type Contents = Readonly<Record<string, readonly string[]>>;

/** Of a folder of schema 2. Nothing may run on it. */
export async function contentsOf(folder: string): Promise<Contents> {
  return onCopy(folder, async (copy) => {
    const database = new DatabaseSync(join(copy, 'aws.sqlite'));
    const { accountId, region } = STAGE;
    const engine = openOwnEngine({ database, accountId, region, now: Date.now });
    const contents = { ...(await itemsOf(engine)), ...rowsOf(database), ...sandboxOf(copy) };
    await engine.close();
    database.close();
    return contents;
  });
}

/** Of a folder of schema 1. */
export async function contentsOfFirstSchema(folder: string): Promise<Contents> {
  return onCopy(folder, async (copy) => {
    const engine = await openDynaliteEngine(join(copy, 'dynamodb'), STAGE.accountId, STAGE.region);
    const database = new DatabaseSync(join(copy, 'aws.sqlite'));
    const contents = { ...(await itemsOf(engine)), ...rowsOf(database), ...sandboxOf(copy) };
    database.close();
    await engine.close();
    return contents;
  });
}

/** Reading would write: LevelDB recovers, SQLite takes its log in. */
async function onCopy<T>(folder: string, read: (copy: string) => Promise<T>): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), 'frontdesk-contents-'));
  try {
    cpSync(folder, copy, { recursive: true });
    return await read(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function itemsOf(engine: Engine): Promise<Record<string, string[]>> {
  const contents: Record<string, string[]> = {};
  for (const TableName of await engine.tableNames()) {
    const { Table } = await engine.run('DescribeTable', { TableName });
    const { KeySchema, GlobalSecondaryIndexes = [] }: { KeySchema?: unknown; GlobalSecondaryIndexes?: object[] } =
      Object(Table);
    const indexes = GlobalSecondaryIndexes.map((index) => {
      const { IndexName, KeySchema: keys, Projection }: Record<string, unknown> = { ...index };
      return canonical({ IndexName, keys, Projection });
    });
    const lines = [canonical({ KeySchema, indexes: indexes.sort() })];
    let from: unknown;
    do {
      const page: { Items?: unknown[]; LastEvaluatedKey?: unknown } = await engine.run('Scan', {
        TableName,
        ...(from !== undefined && { ExclusiveStartKey: from }),
      });
      lines.push(...(page.Items ?? []).map(canonical));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    contents[`items of ${TableName}`] = lines.sort();
  }
  return contents;
}

/** Tables of the tables engine are compared as items. */
function rowsOf(database: DatabaseSync): Record<string, string[]> {
  const names = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'dynamodb_%'",
    )
    .all()
    .map(({ name }) => String(name));
  return Object.fromEntries(
    names.map((name) => [`rows of ${name}`, database.prepare(`SELECT * FROM ${name}`).all().map(canonical).sort()]),
  );
}

function sandboxOf(folder: string): Record<string, string[]> {
  const database = new DatabaseSync(join(folder, 'richpanel.sqlite'));
  const rows = rowsOf(database);
  database.close();
  return rows;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
