/** Tables in memory, with the meaning of the live ones. */
import type { Clock, Store, StoreQuery } from '../ports.ts';
import { type Changes, holds, type Item, type Key, type TableName, type Value } from './language.ts';
import { TABLE_KEYS } from './tables.ts';

export type MemoryTables = Map<TableName, Map<string, Item>>;

export function memoryStore(
  clock: Pick<Clock, 'now'>,
  tables: MemoryTables = new Map(),
): Store & { readonly tables: MemoryTables } {
  const rows = (table: TableName): Map<string, Item> => {
    const found = tables.get(table) ?? new Map<string, Item>();
    tables.set(table, found);
    return found;
  };
  const update: Store['update'] = async (table, key, changes, condition) => {
    const id = rowKey(table, key);
    const current = rows(table).get(id);
    if (condition && !holds(condition, current)) return null;
    const next = changed(current ?? key, changes);
    rows(table).set(id, next);
    return copyOf(next);
  };
  return {
    tables,
    update,
    async change(...call) {
      return (await update(...call)) !== null;
    },
    async get(table, key) {
      const item = rows(table).get(rowKey(table, key));
      return item && !isExpired(item, clock.now()) ? copyOf(item) : null;
    },
    async put(table, item, condition) {
      const id = rowKey(table, item as Key);
      if (condition && !holds(condition, rows(table).get(id))) return false;
      rows(table).set(id, copyOf(item));
      return true;
    },
    async remove(table, key) {
      rows(table).delete(rowKey(table, key));
    },
    async query(table, query) {
      return select(table, rows(table).values(), query, clock.now());
    },
  };
}

/** Items are plain data: far faster than `structuredClone`. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) copy[name] = copyOf(part);
  return copy as T;
}

function rowKey(table: TableName, key: Key | Item): string {
  const { partitionKey, sortKey } = TABLE_KEYS[table];
  return sortKey ? `${String(key[partitionKey])}\u0000${String(key[sortKey])}` : String(key[partitionKey]);
}

function changed(item: Item, changes: Changes): Item {
  const next: Record<string, Value> = copyOf(item);
  for (const [name, value] of Object.entries(changes.setIfAbsent ?? {}))
    if (next[name] === undefined) next[name] = value;
  Object.assign(next, copyOf(changes.set ?? {}));
  for (const [name, amount] of Object.entries(changes.add ?? {})) next[name] = Number(next[name] ?? 0) + amount;
  for (const name of changes.remove ?? []) delete next[name];
  return next;
}

function select(table: TableName, items: Iterable<Item>, query: StoreQuery, now: number): Item[] {
  const { partitionKey, sortKey } = query.index
    ? (TABLE_KEYS[table].indexes[query.index] ?? missingIndex(query.index))
    : TABLE_KEYS[table];
  const { upTo, from } = query;
  const isInRange = (value: Value | undefined): boolean =>
    value !== undefined &&
    (upTo === undefined || !isAfter(value, upTo)) &&
    (from === undefined || !isAfter(from, value));
  const chosen: Item[] = [];
  for (const item of items) {
    if (item[partitionKey] !== query.partition || isExpired(item, now)) continue;
    if (sortKey === undefined || isInRange(item[sortKey])) chosen.push(item);
  }
  if (sortKey)
    chosen.sort((left, right) =>
      isAfter(left[sortKey], right[sortKey]) ? 1 : isAfter(right[sortKey], left[sortKey]) ? -1 : 0,
    );
  if (query.newestFirst) chosen.reverse();
  return copyOf(chosen.slice(0, query.limit));
}

function isAfter(left: Value | undefined, right: Value | undefined): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left > right;
  return String(left) > String(right);
}

function missingIndex(name: string): never {
  throw new Error(`no index ${name}`);
}

function isExpired(item: Item, now: number): boolean {
  return typeof item.expires_at === 'number' && item.expires_at <= Math.floor(now / 1000);
}
