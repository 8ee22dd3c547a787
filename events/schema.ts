/** From one strict schema to the tolerant one a consumer reads with. */
import * as v from 'valibot';

export type AnySchema = v.GenericSchema;

type Inner = AnySchema & {
  type: string;
  entries?: Record<string, AnySchema>;
  item?: AnySchema;
  wrapped?: AnySchema;
  options?: readonly AnySchema[];
  key?: AnySchema;
  value?: AnySchema;
  default?: unknown;
  pipe?: readonly (AnySchema | v.GenericPipeItem)[];
};

/**
 * The same schema with every closed object opened, at any depth: unknown fields are dropped, so a producer may add
 * optional fields without breaking a consumer. Everything else stays as strict as it was.
 */
export function tolerant(schema: AnySchema): AnySchema {
  const inner = schema as Inner;
  if (inner.pipe) {
    const [first, ...actions] = inner.pipe;
    return v.pipe(tolerant({ ...(first as AnySchema) } as AnySchema), ...(actions as [])) as AnySchema;
  }
  switch (inner.type) {
    case 'strict_object':
    case 'object':
      return v.object(mapValues(inner.entries ?? {}, tolerant)) as AnySchema;
    case 'array':
      return v.array(tolerant(inner.item as AnySchema)) as AnySchema;
    case 'nullable':
      return v.nullable(tolerant(inner.wrapped as AnySchema)) as AnySchema;
    case 'optional':
      return v.optional(tolerant(inner.wrapped as AnySchema), inner.default as never) as AnySchema;
    case 'union':
      return tolerantUnion(inner.options ?? []);
    case 'record':
      return v.record(inner.key as v.GenericSchema<string, string>, tolerant(inner.value as AnySchema)) as AnySchema;
    case 'string':
    case 'number':
    case 'boolean':
    case 'picklist':
    case 'literal':
    case 'null':
      return schema;
    default:
      throw new Error(`events may not use the schema type "${inner.type}"`);
  }
}

/** Opened, two kinds of object can no longer be told apart: the first would swallow the other's fields. */
function tolerantUnion(options: readonly AnySchema[]): AnySchema {
  if (options.filter((option) => (option as Inner).entries).length > 1)
    throw new Error('events may not choose between objects; use a field that names the case, and optional fields');
  return v.union(options.map(tolerant)) as AnySchema;
}

/** Every schema inside, keys of records included, with its path; used by the privacy gate and the documents. */
export function* walk(schema: AnySchema, path = ''): Generator<{ path: string; schema: AnySchema }> {
  yield { path, schema };
  const inner = schema as Inner;
  if (inner.entries)
    for (const [key, value] of Object.entries(inner.entries)) yield* walk(value, path ? `${path}.${key}` : key);
  if (inner.item) yield* walk(inner.item, `${path}[]`);
  if (inner.wrapped) yield* walk(inner.wrapped, path);
  if (inner.options && inner.type === 'union')
    for (const option of inner.options) yield* walk(option as AnySchema, path);
  if (inner.type === 'record') {
    yield* walk(inner.key as AnySchema, `${path}{}`);
    yield* walk(inner.value as AnySchema, `${path}{}`);
  }
}

function mapValues<T, R>(record: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
