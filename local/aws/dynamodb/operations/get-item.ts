/** GetItem: everything here is read consistently, whether asked for or not. */
import { readExpressions } from '../requests/read-expressions.ts';
import { readKey } from '../requests/read-key.ts';
import { optionalFlag, type Request, requiredMap, tableName } from '../requests/read-request.ts';
import { checkItem } from '../values/check-value.ts';
import { projected } from '../values/paths.ts';
import { consumedCapacity, readUnits } from './capacity.ts';
import type { TableStore } from './store.ts';

export function getItem({ tables, items }: TableStore, request: Request): Record<string, unknown> {
  const name = tableName(request);
  const givenKey = checkItem(requiredMap(request, 'Key'));
  const isConsistent = optionalFlag(request, 'ConsistentRead') ?? false;
  const { projection } = readExpressions(request, ['ProjectionExpression']);
  const table = tables.get(name);
  const found = items.find(table, readKey(givenKey, table.keys));
  return {
    ...(found !== null && { Item: projection === null ? found.item : projected(found.item, projection) }),
    ...consumedCapacity(request, name, readUnits(found?.bytes ?? 0, isConsistent)),
  };
}
