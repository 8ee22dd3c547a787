/**
 * What a page says must be true of what a command answers: a small part of jq, `.a.b[0] == 3` or `.list | length == 0`, so that a
 * person can paste the very line into `jq -e`. Pure.
 */
import { isDeepStrictEqual } from 'node:util';

export type Condition = {
  /** As the page has it. */
  readonly text: string;
  readonly path: readonly (string | number)[];
  readonly isLength: boolean;
  readonly operator: Operator;
  readonly wanted: unknown;
};

const OPERATORS = ['==', '!=', '<=', '>=', '<', '>'] as const;
type Operator = (typeof OPERATORS)[number];

const WHOLE = /^(?<path>\.\S*)(?<length>\s*\|\s*length)?\s+(?<operator>==|!=|<=|>=|<|>)\s+(?<wanted>.+)$/;
const STEP = /^(?:\.(?<name>[A-Za-z_]\w*)|\.?\["(?<quoted>[^"\\]+)"\]|\.?\[(?<index>-?\d+)\])/;

/** Throws for what is no condition of this form. */
export function parseCondition(text: string): Condition {
  const { path = '', length, operator, wanted = '' } = WHOLE.exec(text)?.groups ?? {};
  const known = OPERATORS.find((one) => one === operator);
  if (known === undefined) throw new Error(`no condition: ${text}`);
  return {
    text,
    path: parsePath(path, text),
    isLength: length !== undefined,
    operator: known,
    wanted: jsonOf(wanted, text),
  };
}

function parsePath(path: string, text: string): (string | number)[] {
  if (path === '.') return [];
  const steps: (string | number)[] = [];
  for (let rest = path; rest !== ''; ) {
    const step = STEP.exec(rest);
    if (step === null) throw new Error(`no path: ${text}`);
    const { name, quoted, index } = step.groups ?? {};
    steps.push(index === undefined ? (name ?? quoted ?? '') : Number(index));
    rest = rest.slice(step[0].length);
  }
  return steps;
}

function jsonOf(wanted: string, text: string): unknown {
  try {
    return JSON.parse(wanted);
  } catch {
    throw new Error(`no JSON on the right: ${text}`);
  }
}

/** What stands at a path; `null` where nothing does, as jq has it. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof step === 'number') found = Array.isArray(found) ? found.at(step) : undefined;
    else found = Object.hasOwn(Object(found), step) ? (found as Record<string, unknown>)[step] : undefined;
    if (found === undefined) return null;
  }
  return found;
}

/** Whether it is true, and of what it was asked. */
export function judged(
  { path, isLength, operator, wanted }: Condition,
  answer: unknown,
): { is: boolean; found: unknown } {
  const at = valueAt(answer, path);
  const found = isLength ? lengthOf(at) : at;
  return { is: compared(found, operator, wanted), found };
}

function lengthOf(value: unknown): unknown {
  if (value === null) return 0;
  if (typeof value === 'object') return Object.keys(value).length;
  return typeof value === 'string' ? [...value].length : null;
}

function compared(found: unknown, operator: Operator, wanted: unknown): boolean {
  if (operator === '==') return isDeepStrictEqual(found, wanted);
  if (operator === '!=') return !isDeepStrictEqual(found, wanted);
  const order = orderOf(found, wanted);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** jq's order: nothing, then words of truth, then numbers, then texts. */
function orderOf(one: unknown, other: unknown): number {
  const [rank, otherRank] = [rankOf(one), rankOf(other)];
  if (rank !== otherRank) return rank - otherRank;
  if (one === other) return 0;
  return (one as number | string | boolean) < (other as number | string | boolean) ? -1 : 1;
}

const RANKS = ['boolean', 'number', 'string', 'object'];
const rankOf = (value: unknown): number => (value === null ? -1 : RANKS.indexOf(typeof value));
