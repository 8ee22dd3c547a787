/** Steps through the configuration's schema by key. */
import * as v from 'valibot';

/** Keys of a section; none for values, lists and free maps. */
export function keysOf(schema: unknown): readonly string[] {
  if (hasPart(schema, 'wrapped')) return keysOf(schema.wrapped);
  const entries = entriesOf(schema);
  return entries === undefined ? [] : Object.keys(entries);
}

/** The schema under a key, an index of a list, or any key of a free map. */
export function childSchema(schema: unknown, key: string | number): unknown {
  const entries = entriesOf(schema);
  if (entries !== undefined) return entries[key];
  if (hasPart(schema, 'item')) return schema.item;
  if (hasPart(schema, 'value')) return schema.value;
  return hasPart(schema, 'wrapped') ? childSchema(schema.wrapped, key) : undefined;
}

/** The schema's description, `undefined` when it has none. */
export function descriptionOf(schema: unknown): string | undefined {
  return isSchema(schema) ? v.getDescription(schema) : undefined;
}

/** The kind of value in a shop's words. */
export function kindOf(schema: unknown): string {
  if (!isSchema(schema)) return 'value';
  if (hasPart(schema, 'wrapped')) return `${kindOf(schema.wrapped)}, may be left out`;
  if (hasPart(schema, 'options') && Array.isArray(schema.options)) return `one of: ${schema.options.join(', ')}`;
  switch (schema.type) {
    case 'strict_object':
    case 'record':
      return 'section';
    case 'array':
      return hasPart(schema, 'item') ? `list; each: ${kindOf(schema.item)}` : 'list';
    case 'strict_tuple':
      return 'pair of numbers';
    case 'string':
      return 'text';
    default:
      return schema.type;
  }
}

/** Whether a section takes keys of the shop's own choice. */
export function isFreeMap(schema: unknown): boolean {
  if (hasPart(schema, 'wrapped')) return isFreeMap(schema.wrapped);
  return isSchema(schema) && schema.type === 'record';
}

export function isList(schema: unknown): boolean {
  return isSchema(schema) && schema.type === 'array';
}

function entriesOf(schema: unknown): Readonly<Record<string | number, unknown>> | undefined {
  if (!hasPart(schema, 'entries') || typeof schema.entries !== 'object' || schema.entries === null) return undefined;
  return { ...schema.entries };
}

function hasPart<K extends string>(schema: unknown, part: K): schema is Record<K, unknown> {
  return typeof schema === 'object' && schema !== null && part in schema;
}

function isSchema(schema: unknown): schema is v.GenericSchema {
  return hasPart(schema, 'kind') && schema.kind === 'schema';
}
