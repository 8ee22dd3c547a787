/** Items of a table, with their places in its indexes and their end of life kept in step. */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../../database.ts';
import { attributeOf, type Item } from '../values/attribute-value.ts';
import { type KeyBytes, keyOf } from './keys.ts';
import { type EntryKey, type NewRow, prepareRows, type Row, type Rows } from './rows.ts';
import type { Index, Table } from './tables.ts';

export type StoredItem = { readonly id: number; readonly item: Item; readonly bytes: number };

export type Items = {
  readonly rows: Rows;
  find(table: Table, key: KeyBytes): StoredItem | null;
  /** In the place of `old`, which must be what `find` gave; `bytes` as `itemSize` says. */
  write(table: Table, key: KeyBytes, old: StoredItem | null, item: Item, bytes: number): void;
  remove(table: Table, key: KeyBytes, old: StoredItem): void;
  /** Deletes up to that many items whose time is before `nowSeconds`; returns how many it were. */
  removeExpired(table: Table, nowSeconds: number, limit: number): number;
  /** Reads the end of life of every item anew. */
  refreshExpiry(table: Table): void;
};

export function openItems(database: DatabaseSync): Items {
  const rows = prepareRows(database);

  /** Writes the row and moves it in the indexes; in one transaction where there are several. */
  function moving(
    table: Table,
    key: KeyBytes,
    old: StoredItem | null,
    next: Item | null,
    writeRow: () => number,
  ): void {
    const moves = table.indexes.flatMap((index) => movesIn(index, key, old?.item ?? null, next));
    if (moves.length === 0) {
      writeRow();
      return;
    }
    transact(database, () => {
      const id = writeRow();
      for (const { index, from } of moves) if (from !== null) rows.removeEntry(table.id, index, from);
      for (const { index, to } of moves) if (to !== null) rows.addEntry(table.id, index, to, id);
    });
  }

  function remove(table: Table, key: KeyBytes, old: StoredItem): void {
    moving(table, key, old, null, () => {
      rows.remove(old.id);
      return old.id;
    });
  }

  return {
    rows,
    find(table, key) {
      const row = rows.find(table.id, key);
      return row === undefined ? null : stored(row);
    },
    write(table, key, old, item, bytes) {
      const row: NewRow = { item: JSON.stringify(item), bytes, expiresAt: endOfLife(table, item) };
      moving(table, key, old, item, () => {
        if (old === null) return rows.insert(table.id, key, row);
        rows.replace(old.id, row);
        return old.id;
      });
    },
    remove,
    removeExpired(table, nowSeconds, limit) {
      const expired = rows.expired(table.id, nowSeconds, limit);
      transact(database, () => {
        for (const row of expired) remove(table, row, stored(row));
      });
      return expired.length;
    },
    refreshExpiry(table) {
      transact(database, () => {
        for (const row of rows.every(table.id)) rows.setExpiry(row.id, endOfLife(table, JSON.parse(row.item)));
      });
    },
  };
}

/** Its JSON is read when somebody asks for it. */
export function stored(row: Row): StoredItem {
  let item: Item | null = null;
  return {
    id: row.id,
    bytes: row.bytes,
    get item() {
      item ??= JSON.parse(row.item) as Item;
      return item;
    },
  };
}

/** Epoch seconds; `null` without a number in the TTL attribute: such an item stays. */
function endOfLife({ ttlAttribute }: Table, item: Item): number | null {
  const text = ttlAttribute === null ? undefined : attributeOf(item, ttlAttribute)?.N;
  return text === undefined ? null : Number(text);
}

type Move = { readonly index: number; readonly from: EntryKey | null; readonly to: EntryKey | null };

function movesIn(index: Index, key: KeyBytes, old: Item | null, next: Item | null): Move[] {
  const from = old === null ? null : keyOf(old, index);
  const to = next === null ? null : keyOf(next, index);
  if (from === null && to === null) return [];
  const stays = from !== null && to !== null && isSame(from.pk, to.pk) && isSame(from.sk, to.sk);
  if (stays) return [];
  const entry = (place: KeyBytes | null) => place && { ...place, itemPk: key.pk, itemSk: key.sk };
  return [{ index: index.number, from: entry(from), to: entry(to) }];
}

function isSame(one: Uint8Array, two: Uint8Array): boolean {
  return Buffer.compare(one, two) === 0;
}
