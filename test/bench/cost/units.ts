/** Units of DynamoDB on demand, writes to indexes included, as AWS counts them. Pure. */
import { readUnits, writeUnits } from '../../../local/aws/dynamodb/operations/capacity.ts';
import type { Item } from '../../../local/aws/dynamodb/values/attribute-value.ts';
import { itemSize } from '../../../local/aws/dynamodb/values/size.ts';

export type IndexKeys = { readonly partitionKey: string; readonly sortKey: string };

/**
 * Of one accepted write: the table's, and for each index that holds everything (projection ALL) one entry written when it comes,
 * goes or changes, two when its key changes.
 */
export function unitsOfWrite(before: Item | null, after: Item | null, indexes: readonly IndexKeys[]): number {
  const table = writeUnits(sizeOf(before), sizeOf(after));
  return indexes.reduce((sum, index) => sum + unitsOfIndex(before, after, index), table);
}

/** Of a write that its condition refused: as much as the item that is there would have cost. */
export function unitsOfRefusal(found: Item | null): number {
  return writeUnits(sizeOf(found), 0);
}

export function unitsOfRead(items: readonly Item[], isConsistent: boolean): number {
  return readUnits(
    items.reduce((bytes, item) => bytes + itemSize(item), 0),
    isConsistent,
  );
}

export function sizeOf(item: Item | null): number {
  return item === null ? 0 : itemSize(item);
}

/** Is the item in the index? It is where both keys are there. */
export function isIndexed(item: Item | null, { partitionKey, sortKey }: IndexKeys): item is Item {
  return item?.[partitionKey] !== undefined && item[sortKey] !== undefined;
}

function unitsOfIndex(before: Item | null, after: Item | null, index: IndexKeys): number {
  const had = isIndexed(before, index);
  const has = isIndexed(after, index);
  if (!had && !has) return 0;
  if (!had) return writeUnits(0, sizeOf(after));
  if (!has) return writeUnits(sizeOf(before), 0);
  if (keyText(before, index) !== keyText(after, index))
    return writeUnits(sizeOf(before), 0) + writeUnits(0, sizeOf(after));
  return JSON.stringify(before) === JSON.stringify(after) ? 0 : writeUnits(sizeOf(before), sizeOf(after));
}

function keyText(item: Item, { partitionKey, sortKey }: IndexKeys): string {
  return JSON.stringify([item[partitionKey], item[sortKey]]);
}
