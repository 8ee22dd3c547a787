/** Finds the patterns that match an event without trying them all. */
import type { Leaf } from './json-values.ts';
import { type CompiledPattern, type Conjunction, compileConjunctions, leavesAt, readPattern } from './pattern.ts';

export type IndexedEvent = { readonly source: string; readonly 'detail-type': string };

/**
 * Every conjunction of a pattern hangs on one of its fields: an event that lacks what the field asks for cannot match, so
 * only patterns whose field the event fulfils are tried. Answers the values in the order they were given.
 */
export function indexPatterns<T>(
  patterns: readonly { readonly pattern: unknown; readonly value: T }[],
): (event: IndexedEvent) => T[] {
  const read = patterns.map(({ pattern }) => readPattern(pattern));
  const popularity = countKeys(read.flat());
  const lookups = new Map<string, Lookup>();
  /** Patterns of absences alone. */
  const always: number[] = [];
  for (const [position, conjunctions] of read.entries()) {
    for (const conjunction of conjunctions) {
      const anchor = rarestField(conjunction, popularity);
      if (anchor === null) always.push(position);
      else addTo(lookupOf(lookups, anchor.path), anchor.keys, position);
    }
  }
  const matches: CompiledPattern[] = read.map(compileConjunctions);
  const paths = [...lookups.values()];
  return (event) => {
    const candidates = new Set(always);
    for (const lookup of paths) collect(lookup, event, candidates);
    return [...candidates]
      .filter((position) => matches[position]?.(event))
      .sort((left, right) => left - right)
      .map((position) => (patterns[position] as { value: T }).value);
  };
}

/** What an event must show at a path: one of some values, a prefix, or (`presence`) anything at all. */
type Key =
  | { readonly kind: 'exact'; readonly value: Leaf }
  | { readonly kind: 'prefix'; readonly value: string }
  | Presence;
type Presence = { readonly kind: 'presence' };
const PRESENCE: Presence = { kind: 'presence' };

type Anchor = { readonly path: string; readonly keys: readonly Key[] };

/** The conjunction's fields that an event must have; one that may be absent is none. */
function anchorsOf(conjunction: Conjunction): Anchor[] {
  return [...conjunction].flatMap(([path, { acceptsAbsence, keys }]): Anchor[] => {
    if (acceptsAbsence) return [];
    if (keys === null) return [{ path, keys: [PRESENCE] }];
    const exact = keys.exact.map((value): Key => ({ kind: 'exact', value }));
    return [{ path, keys: [...exact, ...keys.prefixes.map((value): Key => ({ kind: 'prefix', value }))] }];
  });
}

/** How many conjunctions ask for the same key: the fewer, the less is tried in vain. */
type Popularity = { readonly ofKey: ReadonlyMap<string, number>; readonly ofPath: ReadonlyMap<string, number> };

function countKeys(conjunctions: readonly Conjunction[]): Popularity {
  const ofKey = new Map<string, number>();
  const ofPath = new Map<string, number>();
  for (const { path, keys } of conjunctions.flatMap(anchorsOf)) {
    ofPath.set(path, (ofPath.get(path) ?? 0) + 1);
    for (const key of keys) ofKey.set(nameOf(path, key), (ofKey.get(nameOf(path, key)) ?? 0) + 1);
  }
  return { ofKey, ofPath };
}

const nameOf = (path: string, key: Key) => JSON.stringify([path, key]);

/** The field shared with the fewest conjunctions; of equals the path that most others use, so that few are looked up. */
function rarestField(conjunction: Conjunction, popularity: Popularity): Anchor | null {
  const crowd = ({ path, keys }: Anchor) =>
    Math.max(...keys.map((key) => popularity.ofKey.get(nameOf(path, key)) ?? 0));
  const usersOf = ({ path }: Anchor) => popularity.ofPath.get(path) ?? 0;
  const [best] = anchorsOf(conjunction).sort((a, b) => crowd(a) - crowd(b) || usersOf(b) - usersOf(a));
  return best ?? null;
}

type Lookup = {
  readonly steps: readonly string[];
  readonly exact: Map<Leaf, number[]>;
  /** By length of the prefix. */
  readonly prefixes: Map<number, Map<string, number[]>>;
  readonly presence: number[];
};

function lookupOf(lookups: Map<string, Lookup>, path: string): Lookup {
  const known = lookups.get(path);
  if (known !== undefined) return known;
  const created: Lookup = { steps: path.split('.'), exact: new Map(), prefixes: new Map(), presence: [] };
  lookups.set(path, created);
  return created;
}

function addTo(lookup: Lookup, keys: readonly Key[], position: number): void {
  for (const key of keys) {
    if (key.kind === 'presence') lookup.presence.push(position);
    else if (key.kind === 'exact') append(lookup.exact, key.value, position);
    else {
      const ofLength = lookup.prefixes.get(key.value.length) ?? new Map<string, number[]>();
      lookup.prefixes.set(key.value.length, ofLength);
      append(ofLength, key.value, position);
    }
  }
}

function append<K>(lists: Map<K, number[]>, key: K, position: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [position]);
  else list.push(position);
}

function collect(lookup: Lookup, event: unknown, candidates: Set<number>): void {
  for (const leaf of leavesAt(event, lookup.steps)) {
    for (const position of lookup.presence) candidates.add(position);
    for (const position of lookup.exact.get(leaf) ?? []) candidates.add(position);
    if (typeof leaf !== 'string') continue;
    for (const [length, prefixes] of lookup.prefixes) {
      for (const position of prefixes.get(leaf.slice(0, length)) ?? []) candidates.add(position);
    }
  }
}
