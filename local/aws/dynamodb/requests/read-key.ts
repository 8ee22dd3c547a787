/** Keys and items of a request against the keys of their table. */
import type { AwsError } from '../../service.ts';
import { invalidParameter, validationError } from '../errors.ts';
import {
  type KeyAttribute,
  type KeyBytes,
  type KeyShape,
  keyAttributes,
  keyBytes,
  keyOf,
  MAX_PARTITION_BYTES,
  MAX_SORT_BYTES,
} from '../storage/keys.ts';
import type { Index, Table } from '../storage/tables.ts';
import { type AttributeValue, attributeOf, type Item, typeOf } from '../values/attribute-value.ts';

/** The key itself and nothing else. Throws ValidationException. */
export function readKey(key: Item, shape: KeyShape): KeyBytes {
  const attributes = keyAttributes(shape);
  const fits =
    Object.keys(key).length === attributes.length &&
    attributes.every(({ name, type }) => attributeOf(key, name)?.[type] !== undefined);
  if (!fits) throw validationError('The provided key element does not match the schema');
  for (const attribute of attributes) {
    const value = attributeOf(key, attribute.name);
    if (isEmpty(value)) {
      throw invalidParameter(
        `The AttributeValue for a key attribute cannot contain an empty ${kindOf(attribute)} value. Key: ${attribute.name}`,
      );
    }
  }
  return checkedSizes(keyOf(key, shape));
}

/** The key of a whole item, which must also fit the indexes it stands in. Throws ValidationException. */
export function readItemKey(item: Item, table: Table): KeyBytes {
  for (const attribute of keyAttributes(table.keys)) {
    const { name, type } = attribute;
    const value = attributeOf(item, name);
    if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) {
      throw invalidParameter(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
    if (isEmpty(value)) throw emptyKey(attribute);
  }
  for (const index of table.indexes) {
    checkIndexKey(item, index, (attribute) => {
      const told =
        'One or more parameter values are not valid. A value specified for a secondary index key is not supported.';
      return validationError(
        `${told} The AttributeValue for a key attribute cannot contain an empty ${kindOf(attribute)} value. IndexName: ${index.name}, IndexKey: ${attribute.name}`,
      );
    });
  }
  return checkedSizes(keyOf(item, table.keys));
}

/** Attributes of an index key must be of its type, not empty and not too long, where the item has them. */
export function checkIndexKey(item: Item, index: Index, empty: (attribute: KeyAttribute) => AwsError): void {
  for (const attribute of keyAttributes(index)) {
    const { name, type } = attribute;
    const value = attributeOf(item, name);
    if (value === undefined) continue;
    if (typeOf(value) !== type) {
      throw invalidParameter(
        `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
      );
    }
    if (isEmpty(value)) throw empty(attribute);
  }
  const key = keyOf(item, index);
  if (key !== null) checkedSizes(key);
}

/** The value of one key attribute in a key condition. */
export function readKeyValue(value: AttributeValue, attribute: KeyAttribute): Uint8Array {
  if (typeOf(value) !== attribute.type) {
    throw invalidParameter('Condition parameter type does not match schema type');
  }
  if (isEmpty(value)) throw emptyKey(attribute);
  return keyBytes(value, attribute.type);
}

export function checkedSizes(key: KeyBytes | null): KeyBytes {
  if (key === null) throw new Error('a key without its attributes');
  if (key.pk.length > MAX_PARTITION_BYTES) {
    throw invalidParameter('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (key.sk.length > MAX_SORT_BYTES) {
    throw invalidParameter('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
  return key;
}

function emptyKey(attribute: KeyAttribute): AwsError {
  return validationError(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kindOf(attribute)} value. Key: ${attribute.name}`,
  );
}

function isEmpty(value: AttributeValue | undefined): boolean {
  return value?.S === '' || value?.B === '';
}

function kindOf({ type }: KeyAttribute): string {
  return type === 'B' ? 'binary' : 'string';
}
