/** A condition with its names and values, checked for what can be seen without an item. */
import { type AttributeValue, typeOf } from '../values/attribute-value.ts';
import { orderOf } from '../values/compare.ts';
import { shownPath } from '../values/paths.ts';
import { bindOperand } from './bind-operand.ts';
import type { Placeholders } from './placeholders.ts';
import { createProblems } from './problems.ts';
import type { Condition, ExpressionKind, Operand } from './syntax.ts';

export type BoundCondition = Condition<AttributeValue>;

const ARGUMENTS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};
const ORDERED: ReadonlySet<string> = new Set(['S', 'N', 'B']);
const TYPE_NAMES = '{B,NULL,SS,BOOL,L,BS,N,NS,S,M}';

/** The first part at fault decides, in the order of the text. Throws ValidationException. */
export function bindCondition(
  expression: ExpressionKind,
  condition: Condition<string>,
  placeholders: Placeholders,
): BoundCondition {
  function bind(part: Condition<string>): BoundCondition {
    switch (part.kind) {
      case 'and':
      case 'or':
        return { kind: part.kind, left: bind(part.left), right: bind(part.right) };
      case 'not':
        return { kind: 'not', of: bind(part.of) };
      default:
        return bindLeaf(part);
    }
  }

  function bindLeaf(part: Exclude<Condition<string>, { kind: 'and' | 'or' | 'not' }>): BoundCondition {
    const problems = createProblems(expression, ['name', 'value', 'count', 'distinct', 'type'] as const);
    const operand = (one: Operand<string>) => {
      const bound = bindOperand(one, placeholders, problems);
      if (bound.kind === 'function') checkCall(bound.name, bound.args, problems);
      return bound;
    };
    const bound = boundLeaf(part, operand);
    checkLeaf(bound, problems);
    problems.throwGravest();
    return bound;
  }

  return bind(condition);
}

type Leaf<V> = Exclude<Condition<V>, { kind: 'and' | 'or' | 'not' }>;
type Sink = { note(kind: 'count' | 'distinct' | 'type', message: string): void };

function boundLeaf(
  part: Leaf<string>,
  operand: (one: Operand<string>) => Operand<AttributeValue>,
): Leaf<AttributeValue> {
  switch (part.kind) {
    case 'compare':
      return { ...part, left: operand(part.left), right: operand(part.right) };
    case 'between':
      return { kind: 'between', of: operand(part.of), low: operand(part.low), high: operand(part.high) };
    case 'in':
      return { kind: 'in', of: operand(part.of), list: part.list.map(operand) };
    case 'test':
      return { ...part, args: part.args.map(operand) };
    default:
      return part satisfies never;
  }
}

function checkLeaf(leaf: Leaf<AttributeValue>, problems: Sink): void {
  switch (leaf.kind) {
    case 'compare':
      checkDistinct(leaf.comparator, [leaf.left, leaf.right], problems);
      if (leaf.comparator !== '=' && leaf.comparator !== '<>') {
        for (const side of [leaf.left, leaf.right]) checkOrdered(leaf.comparator, side, problems);
      }
      return;
    case 'between':
      for (const bound of [leaf.low, leaf.high]) checkOrdered('BETWEEN', bound, problems);
      checkBounds(leaf.low, leaf.high, problems);
      return;
    case 'in':
      return;
    case 'test':
      checkCall(leaf.name, leaf.args, problems);
      return;
    default:
      leaf satisfies never;
  }
}

function checkCall(name: string, args: readonly Operand<AttributeValue>[], problems: Sink): void {
  if (args.length !== ARGUMENTS[name]) {
    const told = 'Incorrect number of operands for operator or function;';
    problems.note('count', `${told} operator or function: ${name}, number of operands: ${args.length}`);
    return;
  }
  checkDistinct(name, args, problems);
  const [first, second] = args;
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      if (first?.kind !== 'path') {
        problems.note('type', `Operator or function requires a document path; operator or function: ${name}`);
      }
      return;
    case 'begins_with':
      for (const type of args.map(knownType)) {
        if (type !== null && type !== 'S' && type !== 'B') problems.note('type', wrongType(name, type));
      }
      return;
    case 'attribute_type':
      checkTypeName(second, problems);
      return;
    case 'size': {
      const type = knownType(first);
      if (type === 'N' || type === 'BOOL' || type === 'NULL') problems.note('type', wrongType(name, type));
      return;
    }
    default:
  }
}

function checkTypeName(operand: Operand<AttributeValue> | undefined, problems: Sink): void {
  const type = knownType(operand);
  if (type !== 'S') {
    problems.note('type', wrongType('attribute_type', type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}'));
    return;
  }
  const name = operand?.kind === 'value' ? (operand.value.S ?? '') : '';
  if (!TYPE_NAMES.slice(1, -1).split(',').includes(name)) {
    problems.note('type', `Invalid attribute type name found; type: ${name}, valid types: ${TYPE_NAMES}`);
  }
}

function checkOrdered(operator: string, operand: Operand<AttributeValue>, problems: Sink): void {
  const type = knownType(operand);
  if (type === null || ORDERED.has(type)) return;
  problems.note(
    'type',
    `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${type}`,
  );
}

function checkBounds(low: Operand<AttributeValue>, high: Operand<AttributeValue>, problems: Sink): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const shown = `lower bound operand: AttributeValue: ${shownValue(low.value)}, upper bound operand: AttributeValue: ${shownValue(high.value)}`;
  if (typeOf(low.value) !== typeOf(high.value)) {
    problems.note('type', `The BETWEEN operator requires same data type for lower and upper bounds; ${shown}`);
  } else if ((orderOf(low.value, high.value) ?? 0) > 0) {
    const told = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound;';
    problems.note('type', `${told} ${shown}`);
  }
}

function checkDistinct(name: string, [first, second]: readonly Operand<AttributeValue>[], problems: Sink): void {
  if (first?.kind !== 'path' || second?.kind !== 'path') return;
  const shown = shownPath(first.path);
  if (shown !== shownPath(second.path)) return;
  const told = 'The first operand must be distinct from the remaining operands for this operator or function;';
  problems.note('distinct', `${told} operator: ${name}, first operand: ${shown}`);
}

/** The type an operand has whatever the item holds; `null` for a path. */
function knownType(operand: Operand<AttributeValue> | undefined): string | null {
  if (operand?.kind === 'value') return typeOf(operand.value);
  return operand?.kind === 'function' ? 'N' : null;
}

function wrongType(name: string, type: string): string {
  return `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`;
}

function shownValue(value: AttributeValue): string {
  const type = typeOf(value);
  return `{${type}:${String(value[type])}}`;
}
