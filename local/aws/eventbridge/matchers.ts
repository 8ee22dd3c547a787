/** The match expressions of EventBridge's pattern language: each becomes one test of a JSON leaf. */
import { AwsError } from '../service.ts';
import { parseCidr } from './cidr.ts';
import { isObject, type Leaf } from './json-values.ts';
import { endsIgnoringCase, equalsIgnoringCase, startsIgnoringCase } from './letter-case.ts';
import { parseWildcard } from './wildcard.ts';

export type LeafTest = (value: Leaf) => boolean;

export type MatchExpression =
  | { readonly kind: 'absence' }
  | { readonly kind: 'prefix'; readonly prefix: string; readonly test: LeafTest }
  | { readonly kind: 'other'; readonly test: LeafTest };

/** EventBridge compares numbers from -5.0e9 to 5.0e9 only, with six digits after the point. */
const MAX_NUMBER = 5_000_000_000;
const MAX_DECIMALS = 6;

export function invalidPattern(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}

/** `{"<operator>": <operand>}`. Throws InvalidEventPatternException for anything the language does not know. */
export function compileMatchExpression(entry: unknown): MatchExpression {
  if (!isObject(entry)) throw invalidPattern('Match value must be String, number, true, false, or null');
  const keys = Object.keys(entry);
  const [operator] = keys;
  if (operator === undefined) throw invalidPattern('Match expression name not found');
  if (keys.length > 1) throw invalidPattern('Only one key allowed in match expression');
  const operand = entry[operator];
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') throw invalidPattern('exists match pattern must be either true or false.');
    return operand ? { kind: 'other', test: () => true } : { kind: 'absence' };
  }
  if (operator === 'anything-but') return { kind: 'other', test: compileAnythingBut(operand) };
  if (operator === 'numeric') return { kind: 'other', test: compileNumeric(operand) };
  const test = compileTextOperator(operator, operand, { affixIgnoreCase: true });
  return operator === 'prefix' && typeof operand === 'string'
    ? { kind: 'prefix', prefix: operand, test }
    : { kind: 'other', test };
}

/** Names the rule engine keeps for itself; an alternative with one of them as a field makes `$or` a plain field name. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

function compileTextOperator(operator: string, operand: unknown, allow: { affixIgnoreCase: boolean }): LeafTest {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return compileAffix(operator, operand, allow.affixIgnoreCase);
    case 'equals-ignore-case': {
      const equals = equalsIgnoringCase(text(operator, operand));
      return (value) => typeof value === 'string' && equals(value);
    }
    case 'wildcard': {
      const matches = parseWildcard(text(operator, operand));
      if (matches === null) throw invalidPattern('wildcard has consecutive wildcard characters or an invalid escape');
      return (value) => typeof value === 'string' && matches(value);
    }
    case 'cidr': {
      const contains = parseCidr(text(operator, operand));
      if (contains === null) throw invalidPattern('Malformed CIDR, one of an IPv4 or IPv6 block is needed');
      return (value) => typeof value === 'string' && contains(value);
    }
    default:
      throw invalidPattern('Unrecognized match type');
  }
}

function compileAffix(operator: 'prefix' | 'suffix', operand: unknown, ignoreCase: boolean): LeafTest {
  const has = (whole: string, part: string) => (operator === 'prefix' ? whole.startsWith(part) : whole.endsWith(part));
  if (ignoreCase && isObject(operand)) {
    const keys = Object.keys(operand);
    if (keys.length !== 1 || keys[0] !== 'equals-ignore-case') {
      throw invalidPattern(`Only equals-ignore-case is allowed inside ${operator}`);
    }
    const expected = text(operator, operand['equals-ignore-case']);
    const hasInAnyCase = operator === 'prefix' ? startsIgnoringCase(expected) : endsIgnoringCase(expected);
    return (value) => typeof value === 'string' && hasInAnyCase(value);
  }
  const part = text(operator, operand);
  return (value) => typeof value === 'string' && has(value, part);
}

const NEGATABLE: ReadonlySet<string> = new Set(['equals-ignore-case', 'prefix', 'suffix', 'wildcard']);

function compileAnythingBut(operand: unknown): LeafTest {
  if (isObject(operand)) {
    const keys = Object.keys(operand);
    const [operator] = keys;
    if (keys.length !== 1 || operator === undefined || !NEGATABLE.has(operator)) {
      throw invalidPattern('Unsupported anything-but pattern');
    }
    const listed = operand[operator];
    const tests = nonEmptyList(listed).map((item) => {
      if (item === '' && (operator === 'prefix' || operator === 'suffix')) {
        throw invalidPattern(`Null ${operator} not allowed in anything-but`);
      }
      return compileTextOperator(operator, item, { affixIgnoreCase: false });
    });
    return (value) => !tests.some((test) => test(value));
  }
  const listed = nonEmptyList(operand);
  const kinds = new Set(listed.map((item) => typeof item));
  const [kind] = kinds;
  if (kinds.size !== 1 || (kind !== 'string' && kind !== 'number')) {
    throw invalidPattern('Inside anything-but list, either all values are number or string');
  }
  for (const item of listed) if (typeof item === 'number') checkNumber(item);
  const excluded = new Set(listed);
  return (value) => !excluded.has(value);
}

type Comparison = (value: number) => boolean;

function compileNumeric(operand: unknown): LeafTest {
  if (!Array.isArray(operand)) throw invalidPattern('Value of numeric must be an array.');
  const [firstOperator, first, secondOperator, second] = operand as unknown[];
  const isRange = operand.length === 4;
  if (!isRange && operand.length !== 2) throw invalidPattern('Wrong number of terms in numeric range expression');
  const bottom = comparison(firstOperator, first);
  if (!isRange) return (value) => isComparable(value) && bottom(value);
  const opensUpwards = firstOperator === '>' || firstOperator === '>=';
  const closesUpwards = secondOperator === '<' || secondOperator === '<=';
  if (!opensUpwards || !closesUpwards) throw invalidPattern('Bad numeric range operator');
  const top = comparison(secondOperator, second);
  if (Number(first) >= Number(second)) throw invalidPattern('Bottom must be less than top');
  return (value) => isComparable(value) && bottom(value) && top(value);
}

const isComparable = (value: Leaf): value is number => typeof value === 'number' && Math.abs(value) <= MAX_NUMBER;

function comparison(operator: unknown, bound: unknown): Comparison {
  if (typeof bound !== 'number') throw invalidPattern('Value of a numeric operator must be numeric');
  checkNumber(bound);
  switch (operator) {
    case '=':
      return (value) => value === bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    default:
      throw invalidPattern('Unrecognized numeric range operator');
  }
}

function checkNumber(value: number): void {
  if (Math.abs(value) > MAX_NUMBER) throw invalidPattern('Value must be between -5.0E9 and 5.0E9, inclusive');
  if (Number(value.toFixed(MAX_DECIMALS)) !== value) throw invalidPattern('Only values upto 6 decimals are supported');
}

function nonEmptyList(operand: unknown): readonly unknown[] {
  const list = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  if (list.length === 0) throw invalidPattern('Empty arrays are not allowed');
  return list;
}

function text(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw invalidPattern(`${operator} match pattern must be a string`);
  return operand;
}
