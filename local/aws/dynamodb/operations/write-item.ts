/** PutItem and DeleteItem, and what they share with UpdateItem. */
import { AwsError } from '../../service.ts';
import { validationError } from '../errors.ts';
import type { BoundCondition } from '../expressions/bind-condition.ts';
import { holds } from '../expressions/evaluate.ts';
import { readExpressions } from '../requests/read-expressions.ts';
import { readItemKey, readKey } from '../requests/read-key.ts';
import { choice, type Request, requiredMap, tableName } from '../requests/read-request.ts';
import type { StoredItem } from '../storage/items.ts';
import { checkItem } from '../values/check-value.ts';
import { itemSize, MAX_ITEM_BYTES } from '../values/size.ts';
import { consumedCapacity, writeUnits } from './capacity.ts';
import type { TableStore } from './store.ts';

type Answer = Record<string, unknown>;

const RETURN_VALUES = ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'] as const;

export function putItem({ tables, items }: TableStore, request: Request): Answer {
  const name = tableName(request);
  const item = checkItem(requiredMap(request, 'Item'));
  const returnsOld = returnsOldItem(request);
  const bytes = itemSize(item);
  if (bytes > MAX_ITEM_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
  const { condition } = readExpressions(request, ['ConditionExpression']);
  const table = tables.get(name);
  const key = readItemKey(item, table);
  const old = items.find(table, key);
  checkCondition(request, condition, old);
  items.write(table, key, old, item, bytes);
  return {
    ...(returnsOld && old !== null && { Attributes: old.item }),
    ...consumedCapacity(request, name, writeUnits(old?.bytes ?? 0, bytes)),
  };
}

export function deleteItem({ tables, items }: TableStore, request: Request): Answer {
  const name = tableName(request);
  const givenKey = checkItem(requiredMap(request, 'Key'));
  const returnsOld = returnsOldItem(request);
  const { condition } = readExpressions(request, ['ConditionExpression']);
  const table = tables.get(name);
  const key = readKey(givenKey, table.keys);
  const old = items.find(table, key);
  checkCondition(request, condition, old);
  if (old !== null) items.remove(table, key, old);
  return {
    ...(returnsOld && old !== null && { Attributes: old.item }),
    ...consumedCapacity(request, name, writeUnits(old?.bytes ?? 0, 0)),
  };
}

/** Throws ConditionalCheckFailedException, with the item that is there when the request asks for it. */
export function checkCondition(request: Request, condition: BoundCondition | null, old: StoredItem | null): void {
  const returned = choice(request, 'ReturnValuesOnConditionCheckFailure', ['NONE', 'ALL_OLD']);
  if (condition === null || holds(condition, old?.item ?? {})) return;
  const fields = returned === 'ALL_OLD' && old !== null ? { Item: old.item } : {};
  throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, fields);
}

export function returnValues(request: Request): (typeof RETURN_VALUES)[number] {
  return choice(request, 'ReturnValues', RETURN_VALUES);
}

function returnsOldItem(request: Request): boolean {
  const wanted = returnValues(request);
  if (wanted === 'NONE' || wanted === 'ALL_OLD') return wanted === 'ALL_OLD';
  throw validationError('ReturnValues can only be ALL_OLD or NONE');
}
