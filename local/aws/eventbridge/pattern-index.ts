/** Finds the patterns that match an event without trying them all. */
import { isLeaf, isObject, type Leaf } from './json-values.ts';
import { type CompiledPattern, type Conjunction, compileConjunctions, readPattern } from './pattern.ts';
import type { FieldTest } from './pattern-field.ts';

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
  const root = emptyNode();
  /** Patterns of absences alone. */
  const always: number[] = [];
  for (const [position, conjunctions] of read.entries()) {
    for (const conjunction of conjunctions) {
      const anchor = rarestField(conjunction, popularity);
      if (anchor === null) always.push(position);
      else add(nodeAt(root, anchor.path), anchor, position);
    }
  }
  const matches: CompiledPattern[] = read.map(compileConjunctions);
  return (event) => {
    const candidates = new Set(always);
    collect(root, event, candidates);
    return [...candidates]
      .filter((position) => matches[position]?.(event))
      .sort((left, right) => left - right)
      .map((position) => (patterns[position] as { value: T }).value);
  };
}

/** A field that an event must have for a conjunction to match. */
type Anchor = { readonly path: string; readonly test: FieldTest };

function anchorsOf(conjunction: Conjunction): Anchor[] {
  return [...conjunction].flatMap(([path, test]) => (test.acceptsAbsence ? [] : [{ path, test }]));
}

/** How many conjunctions ask for the same: the fewer, the less is tried in vain. */
type Popularity = { readonly ofKey: ReadonlyMap<string, number>; readonly ofPath: ReadonlyMap<string, number> };

function countKeys(conjunctions: readonly Conjunction[]): Popularity {
  const ofKey = new Map<string, number>();
  const ofPath = new Map<string, number>();
  for (const anchor of conjunctions.flatMap(anchorsOf)) {
    increment(ofPath, anchor.path);
    for (const key of keysOf(anchor)) increment(ofKey, key);
  }
  return { ofKey, ofPath };
}

const increment = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** What the index can look up by itself; of any other test it knows the path only. */
function keysOf({ path, test: { keys } }: Anchor): string[] {
  if (keys === null) return [JSON.stringify([path])];
  return [
    ...keys.exact.map((value) => JSON.stringify([path, 'exact', value])),
    ...keys.prefixes.map((prefix) => JSON.stringify([path, 'prefix', prefix])),
  ];
}

/**
 * The field shared with the fewest conjunctions. Of equals one that is tested on the spot, since what is looked up leads to
 * all who share it; then the path that most others use, so that few are looked at.
 */
function rarestField(conjunction: Conjunction, popularity: Popularity): Anchor | null {
  const crowd = (anchor: Anchor) => Math.max(...keysOf(anchor).map((key) => popularity.ofKey.get(key) ?? 0));
  const isLookedUp = ({ test }: Anchor) => (test.keys === null ? 0 : 1);
  const usersOf = ({ path }: Anchor) => popularity.ofPath.get(path) ?? 0;
  const [best] = anchorsOf(conjunction).sort(
    (a, b) => crowd(a) - crowd(b) || isLookedUp(a) - isLookedUp(b) || usersOf(b) - usersOf(a),
  );
  return best ?? null;
}

/** The anchors by steps of their paths, so that one walk through the event finds all. */
type IndexNode = {
  readonly fields: Map<string, IndexNode>;
  readonly exact: Map<Leaf, number[]>;
  /** By length of the prefix. */
  readonly prefixes: Map<number, Map<string, number[]>>;
  readonly others: { readonly accepts: (leaf: Leaf) => boolean; readonly position: number }[];
};

function emptyNode(): IndexNode {
  return { fields: new Map(), exact: new Map(), prefixes: new Map(), others: [] };
}

function nodeAt(root: IndexNode, path: string): IndexNode {
  return path.split('.').reduce((node, step) => known(node.fields, step, emptyNode), root);
}

function add(node: IndexNode, { test }: Anchor, position: number): void {
  if (test.keys === null) node.others.push({ accepts: test.accepts, position });
  for (const value of test.keys?.exact ?? []) known(node.exact, value, () => []).push(position);
  for (const prefix of test.keys?.prefixes ?? []) {
    const ofLength = known(node.prefixes, prefix.length, () => new Map<string, number[]>());
    known(ofLength, prefix, () => []).push(position);
  }
}

function known<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}

/** Fewer fields than this are asked for by name; of more the event's own fields are looked up. */
const FEW_FIELDS = 8;

function collect(node: IndexNode, context: unknown, candidates: Set<number>): void {
  if (Array.isArray(context)) {
    for (const element of context) collect(node, element, candidates);
  } else if (isObject(context)) {
    if (node.fields.size < FEW_FIELDS) {
      for (const [name, field] of node.fields) {
        if (Object.hasOwn(context, name)) collect(field, context[name], candidates);
      }
    } else {
      for (const name of Object.keys(context)) {
        const field = node.fields.get(name);
        if (field !== undefined) collect(field, context[name], candidates);
      }
    }
  } else if (isLeaf(context)) {
    collectAtLeaf(node, context, candidates);
  }
}

function collectAtLeaf(node: IndexNode, leaf: Leaf, candidates: Set<number>): void {
  for (const position of node.exact.get(leaf) ?? []) candidates.add(position);
  for (const { accepts, position } of node.others) if (accepts(leaf)) candidates.add(position);
  if (typeof leaf !== 'string') return;
  for (const [length, prefixes] of node.prefixes) {
    for (const position of prefixes.get(leaf.slice(0, length)) ?? []) candidates.add(position);
  }
}
