/** Whether a value is what was expected; what is not named may be anything. */
import { isDeepStrictEqual } from 'node:util';

type Fields = { readonly [key: string]: unknown };

/** @returns What differs, with its path; empty when it fits. */
export function differences(actual: unknown, wanted: unknown, path = ''): string[] {
  if (isFields(wanted)) {
    const [operator] = Object.keys(wanted).filter(isOperator);
    if (operator !== undefined) return judged(actual, operator, wanted[operator], path);
    if (!isFields(actual)) return [said(path, actual, wanted)];
    return Object.entries(wanted).flatMap(([key, inner]) => differences(actual[key], inner, `${path}.${key}`));
  }
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || actual.length !== wanted.length) return [said(path, actual, wanted)];
    return wanted.flatMap((inner, index) => differences(actual[index], inner, `${path}[${index}]`));
  }
  return isDeepStrictEqual(actual, wanted) ? [] : [said(path, actual, wanted)];
}

function judged(actual: unknown, operator: Operator, operand: unknown, path: string): string[] {
  return OPERATORS[operator](actual, operand) ? [] : [said(path, actual, { [operator]: operand })];
}

/** Ways to compare; `$or` is none, since patterns of EventBridge have one. */
const OPERATORS = {
  $any: (actual) => actual !== undefined && actual !== null && actual !== '',
  $none: (actual) => actual === undefined || actual === null,
  $like: (actual, pattern) => typeof actual === 'string' && new RegExp(String(pattern)).test(actual),
  $min: (actual, low) => typeof actual === 'number' && actual >= Number(low),
  $max: (actual, high) => typeof actual === 'number' && actual <= Number(high),
  $between: (actual, bounds) => {
    const [low, high] = bounds as readonly [number, number];
    return typeof actual === 'number' && actual >= low && actual <= high;
  },
  $in: (actual, some) =>
    (some as readonly unknown[]).some((one) => isDeepStrictEqual(actual, one) || (one === null && actual === undefined)),
  $has: (actual, some) => (some as readonly unknown[]).every((one) => listed(actual, one)),
  $lacks: (actual, some) => !(some as readonly unknown[]).some((one) => listed(actual, one)),
  $only: (actual, some) => isDeepStrictEqual(sorted(actual), sorted(some)),
} as const satisfies Record<string, (actual: unknown, operand: unknown) => boolean>;

type Operator = keyof typeof OPERATORS;

function isOperator(key: string): key is Operator {
  return key in OPERATORS;
}

function listed(actual: unknown, wanted: unknown): boolean {
  return Array.isArray(actual) && actual.some((one) => differences(one, wanted).length === 0);
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function said(path: string, actual: unknown, wanted: unknown): string {
  return `${path.replace(/^\./, '') || 'it'} is ${short(actual)}, expected ${short(wanted)}`;
}

function short(value: unknown): string {
  const written = JSON.stringify(value) ?? 'missing';
  return written.length > 300 ? `${written.slice(0, 300)}…` : written;
}
