/** The meaning of every key, taken from the schema, so that explanation and check cannot differ. */
import { nearest } from './nearest.ts';
import { Config } from './schema.ts';
import { childSchema, descriptionOf, isFreeMap, isList, keysOf, kindOf } from './walk.ts';

export type KeyMeaning = { readonly key: string; readonly meaning: string; readonly takes: string };
export type Explanation =
  | { readonly kind: 'known'; readonly keys: readonly KeyMeaning[] }
  | { readonly kind: 'unknown'; readonly didYouMean: string | null };

/** Stands for any key of a free map and any element of a list. */
const ANY = '*';

/** Every key there is, with `*` for keys of the shop's own choice. */
export function allKeys(): readonly KeyMeaning[] {
  return keysBelow(Config, []);
}

/** A key and all keys below it; list elements may be named by number or left out (`hosts.carriers.label`). */
export function explainKey(key: string): Explanation {
  const keys = allKeys();
  const wanted = key.split('.').filter((part) => part !== '');
  const exact = keys.filter(({ key: known }) => startsWith(fixedParts(known), wanted));
  const found = exact.length > 0 ? exact : keys.filter(({ key: known }) => startsWith(known.split('.'), wanted));
  if (found.length > 0) return { kind: 'known', keys: found };
  const plain = keys.map(({ key: known }) => known);
  const byLastPart = plain.filter((known) => known.split('.').at(-1) === wanted.at(-1));
  return { kind: 'unknown', didYouMean: nearest(key, plain) ?? byLastPart[0] ?? null };
}

function keysBelow(schema: unknown, path: readonly string[]): readonly KeyMeaning[] {
  const names = isFreeMap(schema) || isList(schema) ? [ANY] : keysOf(schema);
  return names.flatMap((name) => {
    const child = childSchema(schema, name);
    const below = [...path, name];
    const meaning = descriptionOf(child);
    const own = meaning === undefined ? [] : [{ key: below.join('.'), meaning, takes: kindOf(child) }];
    return [...own, ...keysBelow(child, below)];
  });
}

/** `hosts.carriers.*.label` as people ask for it: `hosts.carriers.label`. */
function fixedParts(known: string): readonly string[] {
  return known.split('.').filter((part) => part !== ANY);
}

function startsWith(known: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((part, index) => known[index] === part || known[index] === ANY);
}
