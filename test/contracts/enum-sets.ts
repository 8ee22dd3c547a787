/** Closed lists compared as sets, wherever they are said again (decisions §8.6, H11). */
import * as v from 'valibot';

/** What each of the sets lacks or has too much, one line each; empty when all hold the same words, each once. */
export function differences(words: readonly string[], sets: Readonly<Record<string, Iterable<string>>>): string[] {
  return Object.entries(sets).flatMap(([name, said]) => {
    const list = [...said];
    const lacking = words.filter((word) => !list.includes(word)).map((word) => `${name} lacks ${word}`);
    const foreign = list.filter((word) => !words.includes(word)).map((word) => `${name} has ${word}`);
    const twice = list.filter((word, at) => list.indexOf(word) !== at).map((word) => `${name} has ${word} twice`);
    return [...lacking, ...foreign, ...twice];
  });
}

/** The closed lists of a JSON Schema by dotted path, as `primary_intent` or `intent_scores.intent`; `null` is no word. */
export function enumsOfJsonSchema(schema: unknown): ReadonlyMap<string, readonly string[]> {
  return new Map(jsonEnums(schema, []));
}

function jsonEnums(node: unknown, path: readonly string[]): [string, string[]][] {
  if (typeof node !== 'object' || node === null) return [];
  const { enum: list, items, properties } = node as Record<string, unknown>;
  const fields = typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
  return [
    ...(Array.isArray(list) ? [found(path, list)] : []),
    ...jsonEnums(items, path),
    ...fields.flatMap(([name, field]) => jsonEnums(field, [...path, name])),
  ];
}

/** The same of a valibot schema: its picklists and literals, inside objects, lists, pipes, `optional` and `nullable`. */
export function enumsOfValibot(schema: unknown): ReadonlyMap<string, readonly string[]> {
  return new Map(valibotEnums(schema, []));
}

function valibotEnums(node: unknown, path: readonly string[]): [string, string[]][] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, options, literal, entries, item, wrapped, pipe } = node as Record<string, unknown>;
  if (Array.isArray(pipe) && pipe[0] !== node) return valibotEnums(pipe[0], path);
  if (type === 'picklist' && Array.isArray(options)) return [found(path, options)];
  if (type === 'literal') return [found(path, [literal])];
  const fields = typeof entries === 'object' && entries !== null ? Object.entries(entries) : [];
  return [
    ...valibotEnums(item, path),
    ...valibotEnums(wrapped, path),
    ...fields.flatMap(([name, field]) => valibotEnums(field, [...path, name])),
  ];
}

function found(path: readonly string[], list: readonly unknown[]): [string, string[]] {
  return [path.join('.'), list.filter((word) => v.is(v.string(), word))];
}
