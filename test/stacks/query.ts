/** Questions to a resource graph. */
import type { Graph, Properties, Resource } from '../../tools/stacks/graph.ts';

/** `aws:sqs/queue:Queue` → `sqs.Queue`: what expectations and assertions call it. */
export function kindOf({ type }: Resource): string {
  const [, module, kind] = /^(?:aws:(?=[^:]+:))?([^/:]+)[^:]*:(?:[^:]*:)?([^:]+)$/.exec(type) ?? [];
  return module === undefined ? type : `${module}.${kind}`;
}

export function all({ resources }: Graph, kind: string): Resource[] {
  return resources.filter((resource) => kindOf(resource) === kind);
}

/** The value below a path of keys; `undefined` where it ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

export function text(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** The last part of an ARN's resource, or the whole where it is none. */
export function lastOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

/** What a person calls a resource: the name it has on AWS, else its logical one. */
export function nameOf({ name, properties }: Resource): string {
  for (const key of ['name', 'bucket', 'functionName', 'dashboardName', 'rule'] as const)
    if (typeof properties[key] === 'string') return properties[key];
  return name;
}

/** Every text in a value, with the path that leads to it. */
export function* texts(value: unknown, path = ''): Generator<{ readonly path: string; readonly text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, entry] of value.entries()) yield* texts(entry, `${path}[${index}]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value as Properties)) yield* texts(inner, `${path}.${key}`);
}
