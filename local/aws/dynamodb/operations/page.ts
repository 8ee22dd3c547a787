/** What Query and Scan share: which table or index is read, what of it is shown, and where a page ends. */
import { validationError } from '../errors.ts';
import type { BoundCondition } from '../expressions/bind-condition.ts';
import { holds } from '../expressions/evaluate.ts';
import type { Expressions } from '../requests/read-expressions.ts';
import { checkedSizes, readKey } from '../requests/read-key.ts';
import {
  choice,
  indexName,
  optionalCount,
  optionalFlag,
  optionalMap,
  type Request,
  tableName,
} from '../requests/read-request.ts';
import { type KeyShape, keyAttributes, keyOf } from '../storage/keys.ts';
import type { EntryKey, Row } from '../storage/rows.ts';
import type { Index, Table } from '../storage/tables.ts';
import { attributeOf, type Item, typeOf } from '../values/attribute-value.ts';
import { checkItem } from '../values/check-value.ts';
import { type Path, projected } from '../values/paths.ts';
import { itemSize } from '../values/size.ts';
import { consumedCapacity, readUnits } from './capacity.ts';
import type { TableStore } from './store.ts';

/** AWS: a page ends when it has read 1 MB. */
const MAX_PAGE_BYTES = 1024 * 1024;
const SELECT = ['', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'] as const;

export type Reading = {
  readonly table: Table;
  readonly index: Index | null;
  /** The keys that are read by: those of the index, else of the table. */
  readonly shape: KeyShape;
  readonly limit: number;
  readonly isCount: boolean;
  readonly isConsistent: boolean;
  /** Attributes an item shows; `null` for all. */
  readonly shown: ReadonlySet<string> | null;
};

/** Throws ValidationException or ResourceNotFoundException. */
export function readReading({ tables }: TableStore, request: Request, projection: readonly Path[] | null): Reading {
  const wantedIndex = indexName(request);
  const select = checkedSelect(request, projection, wantedIndex !== null);
  const limit = optionalCount(request, 'Limit', 1) ?? Number.POSITIVE_INFINITY;
  const isConsistent = optionalFlag(request, 'ConsistentRead') ?? false;
  const table = tables.get(tableName(request));
  const index = wantedIndex === null ? null : findIndex(table, wantedIndex);
  if (index?.isGlobal && isConsistent) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  if (index?.isGlobal && index.projection !== null && select === 'ALL_ATTRIBUTES') {
    throw validationError(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  // A local index fetches from its table what it lacks.
  const fetches = index !== null && !index.isGlobal && (select === 'ALL_ATTRIBUTES' || projection !== null);
  return {
    table,
    index,
    shape: index ?? table.keys,
    limit,
    isCount: select === 'COUNT',
    isConsistent,
    shown: index === null || fetches ? null : index.projection,
  };
}

function checkedSelect(request: Request, projection: readonly Path[] | null, hasIndex: boolean): string {
  const select = choice(request, 'Select', SELECT);
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !hasIndex) {
    throw validationError(
      'One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    );
  }
  if (select === 'SPECIFIC_ATTRIBUTES' && projection === null) {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (projection !== null && select !== '' && select !== 'SPECIFIC_ATTRIBUTES') {
    const what = select === 'COUNT' ? 'only the Count' : select;
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${what}`);
  }
  return select;
}

function findIndex(table: Table, name: string): Index {
  const index = table.indexes.find((one) => one.name === name);
  if (index === undefined) throw validationError(`The table does not have the specified index: ${name}`);
  return index;
}

/** Where the page before ended; `null` at the beginning. Throws ValidationException for what cannot be such a place. */
export function readStart(request: Request, { table, index }: Reading): { key: Item; entry: EntryKey } | null {
  const given = optionalMap(request, 'ExclusiveStartKey');
  if (given === null) return null;
  const key = checkItem(given);
  const attributes = startAttributes(table, index);
  const fits =
    Object.keys(key).length === attributes.length &&
    attributes.every(({ name, type }) => {
      const value = attributeOf(key, name);
      return value !== undefined && typeOf(value) === type;
    });
  const invalid = 'The provided starting key is invalid';
  if (!fits) {
    const detail = index === null ? ': The provided key element does not match the schema' : '';
    throw validationError(invalid + detail);
  }
  const tableKey = Object.fromEntries(keyAttributes(table.keys).map(({ name }) => [name, key[name] ?? {}]));
  const item = readKey(tableKey, table.keys);
  const place = index === null ? item : checkedSizes(keyOf(key, index));
  return { key, entry: { ...place, itemPk: item.pk, itemSk: item.sk } };
}

function startAttributes(table: Table, index: Index | null) {
  const attributes = [...keyAttributes(table.keys), ...(index === null ? [] : keyAttributes(index))];
  return attributes.filter(({ name }, at) => attributes.findIndex((one) => one.name === name) === at);
}

/** Reads rows until the page is full. `Limit` counts what is read, not what the filter lets through. */
export function readPage(
  request: Request,
  reading: Reading,
  rows: Iterable<Row>,
  { filter, projection }: Pick<Expressions, 'filter' | 'projection'>,
): Record<string, unknown> {
  const { table, index, limit, shown } = reading;
  const found: Item[] = [];
  let last: Item | null = null;
  let isFull = false;
  let scanned = 0;
  let matching = 0;
  let bytes = 0;
  for (const row of rows) {
    const item: Item = JSON.parse(row.item);
    const visible = shown === null ? item : only(item, shown);
    scanned += 1;
    bytes += shown === null ? row.bytes : itemSize(visible);
    if (passes(filter, visible)) {
      matching += 1;
      if (!reading.isCount) found.push(projection === null ? visible : projected(visible, projection));
    }
    last = item;
    isFull = scanned >= limit || bytes >= MAX_PAGE_BYTES;
    if (isFull) break;
  }
  const units = readUnits(bytes, reading.isConsistent);
  return {
    ...(!reading.isCount && { Items: found }),
    Count: matching,
    ScannedCount: scanned,
    ...(isFull && last !== null && { LastEvaluatedKey: startKeyOf(last, table, index) }),
    ...consumedCapacity(request, table.name, units, index ?? undefined),
  };
}

function passes(filter: BoundCondition | null, item: Item): boolean {
  return filter === null || holds(filter, item);
}

function startKeyOf(item: Item, table: Table, index: Index | null): Item {
  return Object.fromEntries(startAttributes(table, index).map(({ name }) => [name, item[name] ?? {}]));
}

function only(item: Item, names: ReadonlySet<string>): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}
