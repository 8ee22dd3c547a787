/** Keys as bytes: texts in UTF-8, binaries as they are, numbers in a form that sorts by value. SQLite compares the bytes. */
import type { AttributeValue, Item, KeyType } from '../values/attribute-value.ts';
import { attributeOf } from '../values/attribute-value.ts';
import { sortableNumber } from '../values/numbers.ts';

export type KeyAttribute = { readonly name: string; readonly type: KeyType };
export type KeyShape = { readonly partition: KeyAttribute; readonly sort: KeyAttribute | null };
export type KeyBytes = { readonly pk: Uint8Array; readonly sk: Uint8Array };

/** AWS limits of a partition and of a sort key. */
export const MAX_PARTITION_BYTES = 2048;
export const MAX_SORT_BYTES = 1024;

export const NO_BYTES = Buffer.alloc(0);
/** Sorts behind every key. */
export const BEHIND_ALL = Buffer.alloc(MAX_PARTITION_BYTES + 1, 0xff);

/** The value must be of that type. */
export function keyBytes(value: AttributeValue, type: KeyType): Buffer {
  if (type === 'S' && value.S !== undefined) return Buffer.from(value.S, 'utf8');
  if (type === 'N' && value.N !== undefined) return sortableNumber(value.N);
  if (type === 'B' && value.B !== undefined) return Buffer.from(value.B, 'base64');
  throw new Error(`a key that is not of type ${type}`);
}

/** `null` when the item lacks an attribute of the key; that keeps it out of an index. */
export function keyOf(item: Item, { partition, sort }: KeyShape): KeyBytes | null {
  const pk = attributeOf(item, partition.name);
  const sk = sort === null ? null : attributeOf(item, sort.name);
  if (pk === undefined || sk === undefined) return null;
  return {
    pk: keyBytes(pk, partition.type),
    sk: sk === null || sort === null ? NO_BYTES : keyBytes(sk, sort.type),
  };
}

export function keyAttributes({ partition, sort }: KeyShape): readonly KeyAttribute[] {
  return sort === null ? [partition] : [partition, sort];
}

/** The first bytes behind these. */
export function justBehind(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.from([0])]);
}

/** The first bytes behind everything that begins with these. */
export function behindPrefix(prefix: Uint8Array): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end -= 1;
  if (end === 0) return BEHIND_ALL;
  const bytes = Buffer.from(prefix.subarray(0, end));
  bytes[end - 1] = (bytes[end - 1] ?? 0) + 1;
  return bytes;
}
