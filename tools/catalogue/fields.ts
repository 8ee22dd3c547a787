/** Rows of a field table, read from a JSON Schema. */
import type { JsonSchema, SchemaObject as Schema } from './json-schema.ts';

export type FieldRow = {
  /** Dotted; `[]` for the items of a list, `{}` for the values of a record. */
  readonly path: string;
  readonly type: string;
  readonly limits: string;
  readonly isRequired: boolean;
};

/** Values of a closed list that a table shows; the schema has them all. */
const SHOWN_VALUES = 8;

export function fieldRows(schema: JsonSchema, prefix = ''): FieldRow[] {
  const { properties = {}, required = [] } = schema as Schema;
  return Object.entries(properties).flatMap(([name, property]) =>
    rowsOf(property as JsonSchema, `${prefix}${name}`, required.includes(name)),
  );
}

function rowsOf(schema: JsonSchema, path: string, isRequired: boolean): FieldRow[] {
  const { inner, isNullable } = unwrap(schema);
  const own: FieldRow = {
    path,
    type: typeName(inner) + (isNullable ? ' or null' : ''),
    limits: limitsOf(inner),
    isRequired,
  };
  return [own, ...below(inner, path)];
}

function below(schema: Schema, path: string): FieldRow[] {
  if (schema.anyOf) {
    return schema.anyOf.flatMap((option) => below(unwrap(option as JsonSchema).inner, path));
  }
  if (schema.properties) return fieldRows(schema, `${path}.`);
  const item = schema.type === 'array' ? (schema.items as JsonSchema | undefined) : undefined;
  if (item) return below(unwrap(item).inner, `${path}[]`);
  const value = schema.additionalProperties;
  return value && typeof value === 'object' ? below(unwrap(value as JsonSchema).inner, `${path}{}`) : [];
}

function unwrap(schema: JsonSchema): { inner: Schema; isNullable: boolean } {
  const whole = schema as Schema;
  const options = (whole.anyOf ?? []) as Schema[];
  const others = options.filter(({ type }) => type !== 'null');
  const [only, ...more] = others;
  if (options.length === 0 || only === undefined) return { inner: whole, isNullable: false };
  return { inner: more.length === 0 ? only : { anyOf: others }, isNullable: others.length < options.length };
}

function typeName(schema: Schema): string {
  if (schema.$ref) return shapeLink(schema.$ref);
  if (schema.anyOf) return (schema.anyOf as JsonSchema[]).map((option) => typeName(unwrap(option).inner)).join(' or ');
  if (schema.enum) return 'one of';
  if (schema.const !== undefined) return 'constant';
  if (schema.type === 'array') return `list of ${plural(typeName(unwrap((schema.items ?? {}) as JsonSchema).inner))}`;
  if (schema.type === 'object' && !schema.properties) return 'record';
  if (schema.format === 'date-time') return 'instant';
  return String(schema.type ?? 'value');
}

/** Reference to a shape: a link into its section of the page of shapes. */
function shapeLink(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  return `[${name}](shapes.md#${name.toLowerCase()})`;
}

function plural(type: string): string {
  return type === 'one of' ? 'closed values' : type.replace(/^(string|number|integer|object|boolean|instant)$/, '$1s');
}

function limitsOf(schema: Schema): string {
  const limits: string[] = [];
  if (schema.enum) limits.push(values(schema.enum));
  if (schema.const !== undefined) limits.push(code(schema.const));
  if (schema.pattern && schema.format !== 'date-time') limits.push(code(schema.pattern));
  if (schema.minimum !== undefined) limits.push(`≥ ${schema.minimum}`);
  if (schema.maximum !== undefined) limits.push(`≤ ${schema.maximum}`);
  if (schema.minLength !== undefined) limits.push(`≥ ${schema.minLength} characters`);
  if (schema.maxLength !== undefined) limits.push(`≤ ${schema.maxLength} characters`);
  if (schema.minItems !== undefined) limits.push(`≥ ${schema.minItems} items`);
  if (schema.maxItems !== undefined) limits.push(`≤ ${schema.maxItems} items`);
  const item = schema.type === 'array' && schema.items ? unwrap(schema.items as JsonSchema).inner : undefined;
  if (item && !item.properties) {
    const own = limitsOf(item);
    if (own !== '') limits.push(`each ${own}`);
  }
  const value = schema.additionalProperties;
  if (value && typeof value === 'object') {
    const keys = limitsOf((schema.propertyNames ?? {}) as Schema);
    if (keys !== '') limits.push(`keys ${keys}`);
    const own = limitsOf(unwrap(value as JsonSchema).inner);
    if (own !== '') limits.push(`values ${own}`);
  }
  return limits.join(', ');
}

function values(list: readonly unknown[]): string {
  const shown = list.slice(0, SHOWN_VALUES).map(code).join(' ');
  return list.length > SHOWN_VALUES ? `${shown} … (${list.length} in all)` : shown;
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}
