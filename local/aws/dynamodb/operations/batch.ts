/** BatchGetItem and BatchWriteItem over several tables. */
import { transact } from '../../database.ts';
import { constraintError, validationError } from '../errors.ts';
import { readExpressions } from '../requests/read-expressions.ts';
import { readItemKey, readKey } from '../requests/read-key.ts';
import {
  asRequest,
  optionalFlag,
  optionalMap,
  type Request,
  requiredList,
  requiredMap,
} from '../requests/read-request.ts';
import type { KeyBytes } from '../storage/keys.ts';
import type { Table } from '../storage/tables.ts';
import type { Item } from '../values/attribute-value.ts';
import { checkItem } from '../values/check-value.ts';
import { projected } from '../values/paths.ts';
import { itemSize, MAX_ITEM_BYTES } from '../values/size.ts';
import { batchCapacity, readUnits, writeUnits } from './capacity.ts';
import type { TableStore } from './store.ts';

/** AWS limits. */
const MAX_GETS = 100;
const MAX_WRITES = 25;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const DUPLICATES = 'Provided list of item keys contains duplicates';

export function batchGetItem({ tables, items }: TableStore, request: Request): Record<string, unknown> {
  const wanted = tableRequests(request).map(([name, given]) => {
    const part = asRequest(given);
    const { projection } = readExpressions(part, ['ProjectionExpression']);
    const keys = requiredList(part, 'Keys').map(checkItem);
    if (keys.length === 0) throw constraintError('keys', '[]', 'Member must have length greater than or equal to 1');
    return { name, part, keys, projection, isConsistent: optionalFlag(part, 'ConsistentRead') ?? false };
  });
  if (wanted.reduce((count, { keys }) => count + keys.length, 0) > MAX_GETS) {
    throw validationError('Too many items requested for the BatchGetItem call');
  }
  const ready = wanted.map((one) => {
    const table = tables.get(one.name);
    const keys = one.keys.map((given) => ({ given, bytes: readKey(given, table.keys) }));
    refuseDuplicates(keys.map(({ bytes }) => bytes));
    return { ...one, table, keys };
  });

  const Responses: Record<string, Item[]> = {};
  const UnprocessedKeys: Record<string, object> = {};
  const units = new Map<string, number>();
  let bytes = 0;
  for (const { name, table, keys, projection, isConsistent, part } of ready) {
    const found: Item[] = [];
    const left: Item[] = [];
    for (const key of keys) {
      const stored = bytes < MAX_ANSWER_BYTES ? items.find(table, key.bytes) : null;
      if (bytes >= MAX_ANSWER_BYTES) left.push(key.given);
      else units.set(name, (units.get(name) ?? 0) + readUnits(stored?.bytes ?? 0, isConsistent));
      if (stored === null) continue;
      bytes += stored.bytes;
      found.push(projection === null ? stored.item : projected(stored.item, projection));
    }
    Responses[name] = found;
    if (left.length > 0) UnprocessedKeys[name] = { ...part, Keys: left };
  }
  return { Responses, UnprocessedKeys, ...batchCapacity(request, units) };
}

type Write = { readonly table: Table; readonly key: KeyBytes; readonly item: Item | null };

/** All of it in one transaction, which is more than AWS promises. */
export function batchWriteItem({ database, tables, items }: TableStore, request: Request): Record<string, unknown> {
  const given = tableRequests(request).map(([name, list]) => ({ name, parts: requiredList({ list }, 'list') }));
  for (const { name, parts } of given) {
    if (parts.length === 0 || parts.length > MAX_WRITES) {
      const bounds = `[Member must have length less than or equal to ${MAX_WRITES}, Member must have length greater than or equal to 1]`;
      throw constraintError('requestItems', `{${name}=[...]}`, `Map value must satisfy constraint: ${bounds}`);
    }
  }
  if (given.reduce((count, { parts }) => count + parts.length, 0) > MAX_WRITES) {
    throw validationError('Too many items requested for the BatchWriteItem call');
  }
  const checked = given.map(({ name, parts }) => ({ name, parts: parts.map((part) => checkedWrite(asRequest(part))) }));
  const writes = checked.flatMap(({ name, parts }) => {
    const table = tables.get(name);
    const ready = parts.map((part) => ({ table, item: part.item, key: keyOfWrite(part, table) }));
    refuseDuplicates(ready.map(({ key }) => key));
    return ready;
  });
  const units = new Map<string, number>();
  transact(database, () => {
    for (const write of writes) {
      const { name } = write.table;
      units.set(name, (units.get(name) ?? 0) + perform(write));
    }
  });
  return { UnprocessedItems: {}, ...batchCapacity(request, units) };

  function perform({ table, key, item }: Write): number {
    const old = items.find(table, key);
    const bytes = item === null ? 0 : itemSize(item);
    if (item !== null) items.write(table, key, old, item, bytes);
    else if (old !== null) items.remove(table, key, old);
    return writeUnits(old?.bytes ?? 0, bytes);
  }
}

type CheckedWrite = { readonly item: Item; readonly key: null } | { readonly item: null; readonly key: Item };

function checkedWrite(part: Request): CheckedWrite {
  const put = optionalMap(part, 'PutRequest');
  const remove = optionalMap(part, 'DeleteRequest');
  if ((put === null) === (remove === null)) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  if (put === null) return { item: null, key: checkItem(requiredMap(remove ?? {}, 'Key')) };
  const item = checkItem(requiredMap(put, 'Item'));
  if (itemSize(item) > MAX_ITEM_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
  return { item, key: null };
}

function keyOfWrite({ item, key }: CheckedWrite, table: Table): KeyBytes {
  return item === null ? readKey(key, table.keys) : readItemKey(item, table);
}

function tableRequests(request: Request): [string, unknown][] {
  const entries = Object.entries(requiredMap(request, 'RequestItems'));
  if (entries.length > 0) return entries;
  throw constraintError('requestItems', '{}', 'Member must have length greater than or equal to 1');
}

function refuseDuplicates(keys: readonly KeyBytes[]): void {
  const seen = new Set(keys.map(({ pk, sk }) => `${hex(pk)}/${hex(sk)}`));
  if (seen.size < keys.length) throw validationError(DUPLICATES);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
