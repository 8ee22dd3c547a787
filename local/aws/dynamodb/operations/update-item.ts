/** UpdateItem: an item comes into being where there was none. */
import { invalidParameter, validationError } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import type { BoundUpdate } from '../expressions/bind-update.ts';
import { readExpressions } from '../requests/read-expressions.ts';
import { checkIndexKey, readKey } from '../requests/read-key.ts';
import { type Request, requiredMap, tableName } from '../requests/read-request.ts';
import { keyAttributes } from '../storage/keys.ts';
import type { Table } from '../storage/tables.ts';
import { attributeOf, type Item, typeOf } from '../values/attribute-value.ts';
import { checkItem } from '../values/check-value.ts';
import { projected } from '../values/paths.ts';
import { itemSize, MAX_ITEM_BYTES } from '../values/size.ts';
import { consumedCapacity, writeUnits } from './capacity.ts';
import type { TableStore } from './store.ts';
import { checkCondition, returnValues } from './write-item.ts';

export function updateItem({ tables, items }: TableStore, request: Request): Record<string, unknown> {
  const name = tableName(request);
  const givenKey = checkItem(requiredMap(request, 'Key'));
  const returned = returnValues(request);
  const { update, condition } = readExpressions(request, ['UpdateExpression', 'ConditionExpression']);
  const actions = update ?? [];
  const table = tables.get(name);
  const key = readKey(givenKey, table.keys);
  refuseKeyUpdates(actions, table);
  const old = items.find(table, key);
  checkCondition(request, condition, old);
  const item = applyUpdate(actions, old?.item ?? givenKey);
  const bytes = checkResult(item, actions, table);
  items.write(table, key, old, item, bytes);
  return {
    ...attributesOf(returned, actions, old?.item ?? null, item),
    ...consumedCapacity(request, name, writeUnits(old?.bytes ?? 0, bytes)),
  };
}

function attributesOf(
  returned: ReturnType<typeof returnValues>,
  update: BoundUpdate,
  old: Item | null,
  item: Item,
): object {
  const paths = update.map(({ path }) => path);
  switch (returned) {
    case 'NONE':
      return {};
    case 'ALL_OLD':
      return old === null ? {} : { Attributes: old };
    case 'ALL_NEW':
      return { Attributes: item };
    case 'UPDATED_OLD':
      return old === null ? {} : unlessEmpty(projected(old, paths));
    case 'UPDATED_NEW':
      return unlessEmpty(projected(item, paths));
    default:
      return returned satisfies never;
  }
}

function unlessEmpty(attributes: Item): object {
  return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
}

function refuseKeyUpdates(update: BoundUpdate, table: Table): void {
  for (const { path } of update) {
    const [name] = path;
    if (keyAttributes(table.keys).some((key) => key.name === name)) {
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
    if (path.length > 1 && table.indexes.some((index) => keyAttributes(index).some((key) => key.name === name))) {
      throw validationError(
        `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: ${name}`,
      );
    }
  }
}

/** The size of the new item in bytes. Throws ValidationException for one that must not be. */
function checkResult(item: Item, update: BoundUpdate, table: Table): number {
  if (update.some(({ path }) => path.length > 1)) checkItem(item);
  for (const index of table.indexes) {
    refuseComputedType(item, update, index);
    checkIndexKey(item, index, ({ type }) => {
      const told =
        'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported.';
      return validationError(
        `${told} The AttributeValue for a key attribute cannot contain an empty ${type === 'B' ? 'binary' : 'string'} value.`,
      );
    });
  }
  const bytes = itemSize(item);
  if (bytes > MAX_ITEM_BYTES) throw validationError('Item size to update has exceeded the maximum allowed size');
  return bytes;
}

/** A value that comes out of the item is told of in other words than one that stands in the request. */
function refuseComputedType(item: Item, update: BoundUpdate, index: Table['indexes'][number]): void {
  for (const { name, type } of keyAttributes(index)) {
    const action = update.find(({ path }) => path[0] === name);
    const value = attributeOf(item, name);
    if (action?.kind !== 'set' || action.value.kind === 'value' || value === undefined) continue;
    if (typeOf(value) !== type) {
      throw validationError('The update expression attempted to update the secondary index key to unsupported type');
    }
  }
}
