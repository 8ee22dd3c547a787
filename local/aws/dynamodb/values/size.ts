/** Sizes as DynamoDB counts them: names and texts in UTF-8, numbers two digits a byte, 3 bytes for a list or map. */
import type { AttributeValue, Item } from './attribute-value.ts';
import { significantDigits } from './numbers.ts';

/** AWS: 400 KB, attribute names included. */
export const MAX_ITEM_BYTES = 400 * 1024;

export function itemSize(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += textSize(name) + valueSize(item[name] ?? {});
  return bytes;
}

export function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return textSize(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return binarySize(value.B);
  if (value.SS !== undefined) return sum(value.SS, textSize);
  if (value.NS !== undefined) return sum(value.NS, numberSize);
  if (value.BS !== undefined) return sum(value.BS, binarySize);
  if (value.L !== undefined) return 3 + value.L.length + sum(value.L, valueSize);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
}

export function textSize(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

export function binarySize(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}

function numberSize(text: string): number {
  return 1 + Math.ceil(significantDigits(text) / 2) + (text.startsWith('-') ? 1 : 0);
}

function sum<T>(list: readonly T[], sizeOf: (member: T) => number): number {
  return list.reduce((bytes, member) => bytes + sizeOf(member), 0);
}
