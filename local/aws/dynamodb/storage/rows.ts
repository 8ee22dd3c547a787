/** The statements: every one is prepared once and reads or writes by an index. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { KeyBytes } from './keys.ts';

/** `item` is JSON text. */
export type Row = { readonly id: number; readonly item: string; readonly bytes: number };
export type KeyedRow = Row & KeyBytes;
export type NewRow = { readonly item: string; readonly bytes: number; readonly expiresAt: number | null };

/** Half-open: `low` belongs to it, `high` does not. Beginning behind a start, where one is given, in reading order. */
export type Range = {
  readonly pk: Uint8Array;
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  readonly isBackward: boolean;
};
export type EntryKey = KeyBytes & { readonly itemPk: Uint8Array; readonly itemSk: Uint8Array };

export type Rows = ReturnType<typeof prepareRows>;

export function prepareRows(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  const find = prepare('SELECT id, item, bytes FROM dynamodb_items WHERE table_id = ? AND pk = ? AND sk = ?');
  const insert = prepare(
    'INSERT INTO dynamodb_items (table_id, pk, sk, bytes, expires_at, item) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const replace = prepare('UPDATE dynamodb_items SET bytes = ?, expires_at = ?, item = ? WHERE id = ?');
  const remove = prepare('DELETE FROM dynamodb_items WHERE id = ?');
  const addEntry = prepare('INSERT INTO dynamodb_index_entries VALUES (?, ?, ?, ?, ?, ?, ?)');
  const removeEntry = prepare(
    `DELETE FROM dynamodb_index_entries
     WHERE table_id = ? AND index_number = ? AND pk = ? AND sk = ? AND item_pk = ? AND item_sk = ?`,
  );
  const inTable = (order: string) =>
    prepare(
      `SELECT id, item, bytes FROM dynamodb_items
       WHERE table_id = ? AND pk = ? AND sk >= ? AND sk < ? ORDER BY sk ${order}`,
    );
  const inIndex = (order: string, behind: string) =>
    prepare(
      `SELECT i.id, i.item, i.bytes FROM dynamodb_index_entries e CROSS JOIN dynamodb_items i ON i.id = e.item_id
       WHERE e.table_id = ? AND e.index_number = ? AND e.pk = ? AND e.sk >= ? AND e.sk < ?
         AND (e.sk, e.item_pk, e.item_sk) ${behind} (?, ?, ?)
       ORDER BY e.sk ${order}, e.item_pk ${order}, e.item_sk ${order}`,
    );
  const query = { forward: inTable('ASC'), backward: inTable('DESC') };
  const queryIndex = { forward: inIndex('ASC', '>'), backward: inIndex('DESC', '<') };
  const scan = prepare(
    `SELECT id, item, bytes, pk FROM dynamodb_items WHERE table_id = ? AND (pk, sk) > (?, ?) ORDER BY pk, sk`,
  );
  const scanIndex = prepare(
    `SELECT i.id, i.item, i.bytes, e.pk FROM dynamodb_index_entries e CROSS JOIN dynamodb_items i ON i.id = e.item_id
     WHERE e.table_id = ? AND e.index_number = ? AND (e.pk, e.sk, e.item_pk, e.item_sk) > (?, ?, ?, ?)
     ORDER BY e.pk, e.sk, e.item_pk, e.item_sk`,
  );
  const expired = prepare(
    `SELECT id, item, bytes, pk, sk FROM dynamodb_items WHERE table_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`,
  );
  const every = prepare('SELECT id, item, bytes, pk, sk FROM dynamodb_items WHERE table_id = ?');
  const setExpiry = prepare('UPDATE dynamodb_items SET expires_at = ? WHERE id = ?');
  const totals = prepare(
    'SELECT count(*) AS items, coalesce(sum(bytes), 0) AS bytes FROM dynamodb_items WHERE table_id = ?',
  );
  const entries = prepare(
    `SELECT count(*) AS items, coalesce(sum(i.bytes), 0) AS bytes
     FROM dynamodb_index_entries e JOIN dynamodb_items i ON i.id = e.item_id WHERE e.table_id = ? AND e.index_number = ?`,
  );
  const clear = ['dynamodb_index_entries', 'dynamodb_items'].map((table) =>
    prepare(`DELETE FROM ${table} WHERE table_id = ?`),
  );
  const iterate = <T extends Row>(statement: ReturnType<typeof prepare>, ...values: SQLInputValue[]) =>
    statement.iterate(...values) as IterableIterator<T>;

  return {
    find(tableId: number, { pk, sk }: KeyBytes): Row | undefined {
      return find.get(tableId, pk, sk) as Row | undefined;
    },
    insert(tableId: number, { pk, sk }: KeyBytes, { item, bytes, expiresAt }: NewRow): number {
      return Number(insert.run(tableId, pk, sk, bytes, expiresAt, item).lastInsertRowid);
    },
    replace(id: number, { item, bytes, expiresAt }: NewRow): void {
      replace.run(bytes, expiresAt, item, id);
    },
    remove(id: number): void {
      remove.run(id);
    },
    addEntry(tableId: number, index: number, key: EntryKey, itemId: number): void {
      addEntry.run(tableId, index, key.pk, key.sk, key.itemPk, key.itemSk, itemId);
    },
    removeEntry(tableId: number, index: number, key: EntryKey): void {
      removeEntry.run(tableId, index, key.pk, key.sk, key.itemPk, key.itemSk);
    },
    query(tableId: number, { pk, low, high, isBackward }: Range): IterableIterator<Row> {
      return iterate(isBackward ? query.backward : query.forward, tableId, pk, low, high);
    },
    /** `start` is where the page before ended, or a bound before all entries. */
    queryIndex(tableId: number, index: number, range: Range, start: Omit<EntryKey, 'pk'>): IterableIterator<Row> {
      const { pk, low, high, isBackward } = range;
      const statement = isBackward ? queryIndex.backward : queryIndex.forward;
      return iterate(statement, tableId, index, pk, low, high, start.sk, start.itemPk, start.itemSk);
    },
    scan(tableId: number, { pk, sk }: KeyBytes): IterableIterator<Row & { readonly pk: Uint8Array }> {
      return iterate(scan, tableId, pk, sk);
    },
    scanIndex(tableId: number, index: number, start: EntryKey): IterableIterator<Row & { readonly pk: Uint8Array }> {
      return iterate(scanIndex, tableId, index, start.pk, start.sk, start.itemPk, start.itemSk);
    },
    /** Rows whose time is before that, the oldest first. */
    expired(tableId: number, before: number, limit: number): readonly KeyedRow[] {
      return expired.all(tableId, before, limit) as KeyedRow[];
    },
    every(tableId: number): readonly KeyedRow[] {
      return every.all(tableId) as KeyedRow[];
    },
    setExpiry(id: number, expiresAt: number | null): void {
      setExpiry.run(expiresAt, id);
    },
    totals(tableId: number): { readonly items: number; readonly bytes: number } {
      return totals.get(tableId) as { items: number; bytes: number };
    },
    indexTotals(tableId: number, index: number): { readonly items: number; readonly bytes: number } {
      return entries.get(tableId, index) as { items: number; bytes: number };
    },
    clear(tableId: number): void {
      for (const statement of clear) statement.run(tableId);
    },
  };
}
