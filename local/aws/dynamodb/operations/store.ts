/** What every operation works on. */
import type { DatabaseSync } from 'node:sqlite';
import { type Items, openItems } from '../storage/items.ts';
import { createSchema } from '../storage/schema.ts';
import { openTableBook, type TableBook } from '../storage/tables.ts';

export type TableStore = {
  readonly database: DatabaseSync;
  readonly tables: TableBook;
  readonly items: Items;
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type StoreOptions = Pick<TableStore, 'database' | 'accountId' | 'region' | 'now'>;

export function openStore(options: StoreOptions): TableStore {
  createSchema(options.database);
  return { ...options, tables: openTableBook(options.database), items: openItems(options.database) };
}
