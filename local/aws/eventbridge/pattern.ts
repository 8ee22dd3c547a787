/**
 * EventBridge's event pattern language. Pure; the endpoint and the simulator use the same matcher.
 * An array in the event matches when one of its elements does; fields of different elements are never combined.
 */
import { duplicateName } from './duplicate-names.ts';
import { parseNumbers } from './event-text.ts';
import { isLeaf, isObject, type Leaf } from './json-values.ts';
import { invalidPattern, RESERVED_NAMES } from './matchers.ts';
import { type FieldTest, readField } from './pattern-field.ts';

/** Takes an event of `parseEventText`; a parsed one does as well where no field name has a dot. */
export type CompiledPattern = (event: unknown) => boolean;

/** What all must hold: tests by path, its steps joined by dots. */
export type Conjunction = ReadonlyMap<string, FieldTest>;

/** EventBridge refuses a pattern whose `$or` arrays multiply to more combinations. */
const MAX_OR_COMBINATIONS = 1_000;

/** Throws InvalidEventPatternException, which names the rule that was broken and quotes no value. */
export function compilePattern(pattern: unknown): CompiledPattern {
  return compileConjunctions(readPattern(pattern));
}

export function compileConjunctions(conjunctions: readonly Conjunction[]): CompiledPattern {
  const roots = conjunctions.map((conjunction) => compileTree(treeOf(conjunction)));
  return (event) => roots.some((root) => root(event, event));
}

/** The parsed pattern of the JSON text that the API carries; throws InvalidEventPatternException. */
export function validatePattern(json: string): Record<string, unknown> {
  let pattern: unknown;
  try {
    pattern = parseNumbers(json);
  } catch {
    throw invalidPattern('Event pattern is not valid JSON');
  }
  const duplicate = duplicateName(json);
  if (duplicate !== null) throw repeatedPath(duplicate);
  readPattern(pattern);
  return pattern as Record<string, unknown>;
}

/** A pattern is a choice of conjunctions: one without `$or`. Throws InvalidEventPatternException. */
export function readPattern(pattern: unknown): Conjunction[] {
  if (!isObject(pattern)) throw invalidPattern('Filter is not an object');
  return readObject(pattern, [], [new Map()]);
}

type Conjunctions = Map<string, FieldTest>[];

function readObject(pattern: Record<string, unknown>, path: readonly string[], before: Conjunctions): Conjunctions {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern('Empty objects are not allowed');
  let conjunctions = before;
  for (const [name, value] of entries) {
    const alternatives = name === '$or' ? orAlternatives(value) : null;
    if (alternatives !== null) conjunctions = readOr(alternatives, path, conjunctions);
    else if (isObject(value)) conjunctions = readObject(value, [...path, name], conjunctions);
    else addField([...path, name].join('.'), readField(value), conjunctions);
  }
  return conjunctions;
}

function readOr(
  alternatives: readonly Record<string, unknown>[],
  path: readonly string[],
  before: Conjunctions,
): Conjunctions {
  const after: Conjunctions = [];
  for (const alternative of alternatives) {
    const copies = before.map((conjunction) => new Map(conjunction));
    after.push(...readObject(alternative, path, copies));
    if (after.length > MAX_OR_COMBINATIONS) {
      throw invalidPattern(`$or makes more than ${MAX_OR_COMBINATIONS} rule combinations`);
    }
  }
  return after;
}

function addField(path: string, test: FieldTest, conjunctions: Conjunctions): void {
  for (const conjunction of conjunctions) {
    if (conjunction.has(path)) throw repeatedPath(path);
    conjunction.set(path, test);
  }
}

const repeatedPath = (path: string) => invalidPattern(`Path ${path} cannot be allowed multiple times`);

/** The alternatives when `$or` is the operator; `null` when the pattern uses it as the name of a field. */
function orAlternatives(value: unknown): Record<string, unknown>[] | null {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) return null;
  return value.some(usesReservedName) ? null : value;
}

function usesReservedName(alternative: Record<string, unknown>): boolean {
  return Object.entries(alternative).some(
    ([name, value]) => RESERVED_NAMES.has(name) || (isObject(value) && usesReservedName(value)),
  );
}

/** The conjunction by steps of its paths; a path may hold a test and lead further at once. */
type Tree = { test: FieldTest | null; readonly fields: Map<string, Tree> };

function treeOf(conjunction: Conjunction): Tree {
  const root: Tree = { test: null, fields: new Map() };
  for (const [path, test] of conjunction) {
    let node = root;
    for (const step of path.split('.')) {
      const next: Tree = node.fields.get(step) ?? { test: null, fields: new Map() };
      node.fields.set(step, next);
      node = next;
    }
    node.test = test;
  }
  return root;
}

/** `context` is the part of the event the node looks at; `event` the whole, since absence is judged on the full path. */
type Node = (event: unknown, context: unknown) => boolean;

function compileTree(tree: Tree, path: readonly string[] = []): Node {
  const nodes = [...tree.fields].map(([step, field]): Node => {
    const inner = compileTree(field, [...path, step]);
    return (event, context) => inner(event, fieldOf(context, step));
  });
  const hasFields: Node = (event, context) => {
    const objects = objectsIn(context);
    // Without an object every field is absent, which `exists: false` accepts.
    return objects.length === 0
      ? nodes.every((node) => node(event, undefined))
      : objects.some((object) => nodes.every((node) => node(event, object)));
  };
  const { test } = tree;
  if (test === null) return hasFields;
  const hasValue: Node = (event, context) =>
    leavesIn(context).some(test.accepts) || (test.acceptsAbsence && leavesAt(event, path).length === 0);
  return nodes.length === 0 ? hasValue : (event, context) => hasValue(event, context) && hasFields(event, context);
}

/** Every leaf at the path, over all elements of the arrays on the way. */
function leavesAt(context: unknown, path: readonly string[], depth = 0): Leaf[] {
  const step = path[depth];
  if (step === undefined) return leavesIn(context);
  if (Array.isArray(context)) return context.flatMap((element) => leavesAt(element, path, depth));
  return isObject(context) ? leavesAt(fieldOf(context, step), path, depth + 1) : [];
}

function fieldOf(context: unknown, key: string): unknown {
  return isObject(context) && Object.hasOwn(context, key) ? context[key] : undefined;
}

function objectsIn(context: unknown): Record<string, unknown>[] {
  if (isObject(context)) return [context];
  return Array.isArray(context) ? context.flatMap(objectsIn) : [];
}

function leavesIn(context: unknown): Leaf[] {
  if (context === undefined) return [];
  if (isLeaf(context)) return [context];
  return Array.isArray(context) ? context.flatMap(leavesIn) : [];
}
