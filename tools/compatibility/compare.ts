/** What changed between two JSON Schemas of the kind the catalogue makes, field by field. Pure. */
import type { JsonSchema, SchemaObject } from '../catalogue/json-schema.ts';

export type Change = {
  readonly path: string;
  /** `wider`: a new optional field, a new value of a closed list, a looser limit. Anything else breaks a reader. */
  readonly kind: 'wider' | 'breaking';
  readonly what: string;
};

/** A schema and where its references lead. */
export type Side = { readonly schema: SchemaObject; readonly shapes: Readonly<Record<string, SchemaObject>> };

/** Limits by which way they loosen. */
const UPPER = ['maximum', 'maxLength', 'maxItems'] as const;
const LOWER = ['minimum', 'minLength', 'minItems'] as const;
/** Changes of these cannot be called wider or narrower. */
const FIXED = ['pattern', 'format', 'const', 'multipleOf'] as const;

export function compare(before: Side, after: Side, path = ''): Change[] {
  const old = resolve(before);
  const fresh = resolve(after);
  const here = path === '' ? '(data)' : path;
  const [oldKind, freshKind] = [kindOf(old), kindOf(fresh)];
  if (oldKind !== freshKind) return [breaking(here, `was ${oldKind} and is ${freshKind}`)];
  return [
    ...limits(old, fresh, here),
    ...values(old, fresh, here),
    ...alternatives(old, fresh, before, after, path),
    ...properties(old, fresh, before, after, path),
    ...inside('items', '[]', old, fresh, before, after, path),
    ...inside('additionalProperties', '{}', old, fresh, before, after, path),
    ...inside('propertyNames', ' (key)', old, fresh, before, after, path),
  ];
}

function resolve({ schema, shapes }: Side): SchemaObject {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`no shape ${name}`);
  return resolve({ schema: shape, shapes });
}

function kindOf(schema: SchemaObject): string {
  if (schema.anyOf) return schema.anyOf.length === 2 && schema.anyOf.some(isNull) ? 'nullable' : 'one of several kinds';
  return String(schema.type ?? 'constant');
}

function limits(old: SchemaObject, fresh: SchemaObject, path: string): Change[] {
  const loosened = (name: (typeof UPPER)[number] | (typeof LOWER)[number], sign: 1 | -1): Change[] => {
    const [was, is] = [old[name], fresh[name]];
    if (was === is) return [];
    const isWider = is === undefined || (was !== undefined && (is - was) * sign > 0);
    const what = `${name} was ${was ?? 'open'} and is ${is ?? 'open'}`;
    return [isWider ? wider(path, what) : breaking(path, what)];
  };
  const fixed = FIXED.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(fresh[name]));
  return [
    ...UPPER.flatMap((name) => loosened(name, 1)),
    ...LOWER.flatMap((name) => loosened(name, -1)),
    ...fixed.map((name) => breaking(path, `another ${name}`)),
  ];
}

function values(old: SchemaObject, fresh: SchemaObject, path: string): Change[] {
  const [was, is] = [old.enum, fresh.enum];
  if (was === undefined && is === undefined) return [];
  if (was === undefined || is === undefined) return [breaking(path, 'is no longer checked in the same way')];
  const gone = was.filter((value) => !is.includes(value));
  const added = is.filter((value) => !was.includes(value));
  return [
    ...(gone.length > 0 ? [breaking(path, `no longer takes ${gone.join(', ')}`)] : []),
    ...(added.length > 0 ? [wider(path, `also takes ${added.join(', ')}`)] : []),
  ];
}

/** `anyOf` is a nullable or a union; alternatives are compared in their order. */
function alternatives(old: SchemaObject, fresh: SchemaObject, before: Side, after: Side, path: string): Change[] {
  const [was, is] = [(old.anyOf ?? []) as SchemaObject[], (fresh.anyOf ?? []) as SchemaObject[]];
  if (was.length !== is.length) return [breaking(path, `had ${was.length} alternatives and has ${is.length}`)];
  return was.flatMap((schema, index) => compare({ ...before, schema }, { ...after, schema: is[index] ?? {} }, path));
}

function properties(old: SchemaObject, fresh: SchemaObject, before: Side, after: Side, path: string): Change[] {
  const [was, is] = [old.properties ?? {}, fresh.properties ?? {}];
  const [wasRequired, isRequired] = [old.required ?? [], fresh.required ?? []];
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const gone = Object.keys(was).filter((name) => !(name in is));
  const added = Object.keys(is).filter((name) => !(name in was));
  const both = Object.keys(was).filter((name) => name in is);
  const hint = added.length > 0 ? ` (renamed to ${added.join(' or ')}?)` : '';
  return [
    ...gone.map((name) => breaking(at(name), `is gone${hint}`)),
    ...added.map((name) =>
      isRequired.includes(name)
        ? breaking(at(name), 'is new and required; older facts lack it')
        : wider(at(name), 'is new and optional'),
    ),
    ...both
      .filter((name) => wasRequired.includes(name) !== isRequired.includes(name))
      .map((name) =>
        breaking(at(name), isRequired.includes(name) ? 'is required now; older facts lack it' : 'may be absent now'),
      ),
    ...both.flatMap((name) =>
      compare(
        { ...before, schema: was[name] as SchemaObject },
        { ...after, schema: is[name] as SchemaObject },
        at(name),
      ),
    ),
  ];
}

function inside(
  key: 'items' | 'additionalProperties' | 'propertyNames',
  mark: string,
  old: SchemaObject,
  fresh: SchemaObject,
  before: Side,
  after: Side,
  path: string,
): Change[] {
  const [was, is] = [old[key] as JsonSchema | undefined, fresh[key] as JsonSchema | undefined];
  if (typeof was === 'object' && typeof is === 'object')
    return compare({ ...before, schema: was }, { ...after, schema: is }, `${path}${mark}`);
  return JSON.stringify(was) === JSON.stringify(is) ? [] : [breaking(path, `another ${key}`)];
}

function isNull(schema: unknown): boolean {
  return (schema as SchemaObject).type === 'null';
}

function wider(path: string, what: string): Change {
  return { path, kind: 'wider', what };
}

function breaking(path: string, what: string): Change {
  return { path, kind: 'breaking', what };
}
