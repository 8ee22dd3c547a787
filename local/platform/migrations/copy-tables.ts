/** Copies every table from one engine to another, page by page; a page and the note how far it came are one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { Engine } from '../../aws/dynamodb/engine.ts';

type Described = {
  readonly KeySchema: unknown;
  readonly AttributeDefinitions: unknown;
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: unknown;
    readonly Projection: unknown;
  }[];
};
type Progress = { readonly from: string | null; readonly items: number; readonly isDone: boolean };

const PAGE_ITEMS = 500;
/** Lives in the new file until the copy is whole. */
const CURSORS = 'migration_cursor';

/**
 * @param database  the SQLite file behind `target`
 * @param onPage    told after each page with the table's name and how many of its items are copied so far
 */
export async function copyTables(
  source: Engine,
  target: Engine,
  database: DatabaseSync,
  onPage: (table: string, items: number) => void,
): Promise<void> {
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${CURSORS} (name TEXT PRIMARY KEY, next TEXT, items INTEGER NOT NULL, done INTEGER NOT NULL)`,
  );
  for (const name of await source.tableNames()) await copyTable(name);
  for (const name of await source.tableNames()) await compareCounts(name);
  database.exec(`DROP TABLE ${CURSORS}`);

  async function copyTable(name: string): Promise<void> {
    let progress = progressOf(name);
    if (progress === null) {
      if (!(await target.tableNames()).includes(name)) await target.run('CreateTable', await definitionOf(name));
      progress = note(name, { from: null, items: 0, isDone: false });
    }
    while (!progress.isDone) {
      const { Items, LastEvaluatedKey }: { Items?: unknown[]; LastEvaluatedKey?: unknown } = await source.run('Scan', {
        TableName: name,
        Limit: PAGE_ITEMS,
        ...(progress.from !== null && { ExclusiveStartKey: JSON.parse(progress.from) }),
      });
      const items = Items ?? [];
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const Item of items) await target.run('PutItem', { TableName: name, Item });
        progress = note(name, {
          from: LastEvaluatedKey === undefined ? null : JSON.stringify(LastEvaluatedKey),
          items: progress.items + items.length,
          isDone: LastEvaluatedKey === undefined,
        });
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
      onPage(name, progress.items);
    }
  }

  async function definitionOf(name: string): Promise<object> {
    const { Table } = await source.run('DescribeTable', { TableName: name });
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes }: Described = Object(Table);
    return {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema,
      AttributeDefinitions,
      ...(GlobalSecondaryIndexes !== undefined && {
        GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => ({
          IndexName,
          KeySchema: keys,
          Projection,
        })),
      }),
    };
  }

  /** A table that came out shorter or longer must not take the place of the old one. */
  async function compareCounts(name: string): Promise<void> {
    const [was, is] = [await countOf(source, name), await countOf(target, name)];
    if (was !== is) throw new Error(`table ${name} has ${was} items, its copy ${is}`);
  }

  function progressOf(name: string): Progress | null {
    const row = database.prepare(`SELECT next, items, done FROM ${CURSORS} WHERE name = ?`).get(name);
    return row === undefined
      ? null
      : { from: row.next === null ? null : String(row.next), items: Number(row.items), isDone: row.done === 1 };
  }

  function note(name: string, progress: Progress): Progress {
    database
      .prepare(`INSERT OR REPLACE INTO ${CURSORS} VALUES (?, ?, ?, ?)`)
      .run(name, progress.from, progress.items, progress.isDone ? 1 : 0);
    return progress;
  }
}

async function countOf(engine: Engine, TableName: string): Promise<number> {
  let count = 0;
  let from: unknown;
  do {
    const page: { Count?: unknown; LastEvaluatedKey?: unknown } = await engine.run('Scan', {
      TableName,
      Select: 'COUNT',
      ...(from !== undefined && { ExclusiveStartKey: from }),
    });
    count += Number(page.Count);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return count;
}
