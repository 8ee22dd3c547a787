/**
 * EventBridge's event pattern language. Pure; the endpoint and the simulator use the same matcher.
 * An array in the event matches when one of its elements does; fields of different elements are never combined.
 */
import {
  compileValueMatcher,
  invalidPattern,
  isLeaf,
  isObject,
  type Leaf,
  type LeafTest,
  OPERATORS,
} from './matchers.ts';

export type CompiledPattern = (event: unknown) => boolean;

/** `context` is the part of the event the node looks at; `event` the whole, since absence is judged on the full path. */
type Node = (event: unknown, context: unknown) => boolean;

/** EventBridge refuses a pattern whose `$or` arrays multiply to more combinations. */
const MAX_OR_COMBINATIONS = 1_000;

/** Throws InvalidEventPatternException, which names the rule that was broken and quotes no value. */
export function compilePattern(pattern: unknown): CompiledPattern {
  if (!isObject(pattern)) throw invalidPattern('Filter is not an object');
  if (countOrCombinations(pattern) > MAX_OR_COMBINATIONS) {
    throw invalidPattern(`$or makes more than ${MAX_OR_COMBINATIONS} rule combinations`);
  }
  const root = compileObject(pattern, []);
  return (event) => root(event, event);
}

/** Parses and checks the JSON text that the API carries; throws InvalidEventPatternException. */
export function validatePattern(json: string): Record<string, unknown> {
  let pattern: unknown;
  try {
    pattern = JSON.parse(json);
  } catch {
    throw invalidPattern('Event pattern is not valid JSON');
  }
  compilePattern(pattern);
  return pattern as Record<string, unknown>;
}

function compileObject(pattern: Record<string, unknown>, path: readonly string[]): Node {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern('Empty objects are not allowed');
  const nodes = entries.map(([key, value]) => compileField(key, value, path));
  return (event, context) => {
    const objects = objectsIn(context);
    // Without an object every field is absent, which `exists: false` accepts.
    return objects.length === 0
      ? nodes.every((node) => node(event, undefined))
      : objects.some((object) => nodes.every((node) => node(event, object)));
  };
}

function compileField(key: string, value: unknown, path: readonly string[]): Node {
  const alternatives = key === '$or' ? orAlternatives(value) : null;
  if (alternatives !== null) {
    const nodes = alternatives.map((alternative) => compileObject(alternative, path));
    return (event, context) => nodes.some((node) => node(event, context));
  }
  const fieldPath = [...path, key];
  const inner = compileFieldValue(value, fieldPath);
  return (event, context) => inner(event, fieldOf(context, key));
}

function compileFieldValue(value: unknown, path: readonly string[]): Node {
  if (isObject(value)) return compileObject(value, path);
  if (!Array.isArray(value)) throw invalidPattern('Match value of a field must be an object or an array');
  if (value.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const matchers = value.map(compileValueMatcher);
  const tests = matchers.filter((matcher): matcher is LeafTest => matcher !== 'absent');
  const acceptsAbsence = matchers.includes('absent');
  return (event, context) =>
    leavesIn(context).some((leaf) => tests.some((test) => test(leaf))) ||
    (acceptsAbsence && !hasLeafAt(event, path, 0));
}

/** The alternatives when `$or` is the operator; `null` when the pattern uses it as the name of a field. */
function orAlternatives(value: unknown): Record<string, unknown>[] | null {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) return null;
  const namesOperators = value.some((alternative) => Object.keys(alternative).some((key) => OPERATORS.has(key)));
  return namesOperators ? null : value;
}

function countOrCombinations(pattern: Record<string, unknown>): number {
  let combinations = 1;
  for (const [key, value] of Object.entries(pattern)) {
    const alternatives = key === '$or' ? orAlternatives(value) : null;
    if (alternatives !== null) {
      combinations *= alternatives.reduce((sum, alternative) => sum + countOrCombinations(alternative), 0);
    } else if (isObject(value)) {
      combinations *= countOrCombinations(value);
    }
  }
  return combinations;
}

function fieldOf(context: unknown, key: string): unknown {
  return isObject(context) && Object.hasOwn(context, key) ? context[key] : undefined;
}

function objectsIn(context: unknown): Record<string, unknown>[] {
  if (isObject(context)) return [context];
  return Array.isArray(context) ? context.flatMap(objectsIn) : [];
}

function leavesIn(context: unknown): Leaf[] {
  if (isLeaf(context)) return [context];
  return Array.isArray(context) ? context.flatMap(leavesIn) : [];
}

function hasLeafAt(context: unknown, path: readonly string[], depth: number): boolean {
  if (Array.isArray(context)) return context.some((element) => hasLeafAt(element, path, depth));
  const key = path[depth];
  return key === undefined ? isLeaf(context) : hasLeafAt(fieldOf(context, key), path, depth + 1);
}
