/** An update or a projection with its names and values, checked for what can be seen without an item. */
import { type AttributeValue, typeOf, type ValueType } from '../values/attribute-value.ts';
import { type Path, shownPath } from '../values/paths.ts';
import { bindOperand, bindPath, bindValue, type UndefinedSink } from './bind-operand.ts';
import type { Placeholders } from './placeholders.ts';
import { createProblems } from './problems.ts';
import type { Operand, Update, UpdateAction } from './syntax.ts';

export type BoundUpdate = Update<AttributeValue>;
type Bound = Operand<AttributeValue>;

const LONG_TYPES: Readonly<Record<ValueType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  L: 'LIST',
  M: 'MAP',
};
const SETS: ReadonlySet<ValueType> = new Set(['SS', 'NS', 'BS']);

/** Throws ValidationException. */
export function bindUpdate(update: Update<string>, placeholders: Placeholders): BoundUpdate {
  const problems = createProblems('UpdateExpression', [
    'name',
    'value',
    'overlap',
    'conflict',
    'operand',
    'function',
  ] as const);
  const bound = update.map((action) => bindAction(action, placeholders, problems));
  checkPaths(
    bound.map(({ path }) => path),
    problems,
  );
  for (const action of bound) {
    if (action.kind === 'set') checkOperand(action.value, problems);
    if (action.kind === 'add' || action.kind === 'delete') checkSectionValue(action, problems);
  }
  problems.throwGravest();
  return bound;
}

/** Throws ValidationException. */
export function bindProjection(paths: readonly Path[], placeholders: Placeholders): readonly Path[] {
  const problems = createProblems('ProjectionExpression', ['name', 'value', 'overlap', 'conflict'] as const);
  const bound = paths.map((path) => bindPath(path, placeholders, problems));
  checkPaths(bound, problems);
  problems.throwGravest();
  return bound;
}

function bindAction(
  action: UpdateAction<string>,
  placeholders: Placeholders,
  problems: UndefinedSink,
): UpdateAction<AttributeValue> {
  const path = bindPath(action.path, placeholders, problems);
  switch (action.kind) {
    case 'set':
      return { kind: 'set', path, value: bindOperand(action.value, placeholders, problems) };
    case 'remove':
      return { kind: 'remove', path };
    case 'add':
    case 'delete':
      return { kind: action.kind, path, value: bindValue(action.value, placeholders, problems) };
    default:
      return action satisfies never;
  }
}

/** No path may lead into another, nor take for a list what another takes for a map. */
function checkPaths(
  paths: readonly Path[],
  problems: { note(kind: 'overlap' | 'conflict', message: string): void },
): void {
  for (const [index, path] of paths.entries()) {
    for (const earlier of paths.slice(0, index)) {
      const relation = relationOf(earlier, path);
      if (relation === null) continue;
      const shown = `path one: ${shownPath(earlier)}, path two: ${shownPath(path)}`;
      problems.note(
        relation,
        `Two document paths ${relation} with each other; must remove or rewrite one of these paths; ${shown}`,
      );
    }
  }
}

function relationOf(one: Path, two: Path): 'overlap' | 'conflict' | null {
  for (let index = 0; index < Math.min(one.length, two.length); index += 1) {
    if (typeof one[index] !== typeof two[index]) return 'conflict';
    if (one[index] !== two[index]) return null;
  }
  return 'overlap';
}

function checkSectionValue(
  { kind, value }: Extract<UpdateAction<AttributeValue>, { kind: 'add' | 'delete' }>,
  problems: { note(kind: 'operand', message: string): void },
): void {
  const type = typeOf(value);
  if (SETS.has(type) || (kind === 'add' && type === 'N')) return;
  const section = kind.toUpperCase();
  const told = `operator: ${section}, operand type: ${LONG_TYPES[type]}, typeSet: ALLOWED_FOR_${section}_OPERAND`;
  problems.note('operand', `Incorrect operand type for operator or function; ${told}`);
}

type FunctionSink = { note(kind: 'function', message: string): void };

function checkOperand(operand: Bound, problems: FunctionSink): void {
  switch (operand.kind) {
    case 'path':
    case 'value':
      return;
    case 'plus':
    case 'minus':
      for (const side of [operand.left, operand.right]) {
        checkOperand(side, problems);
        checkType(operand.kind === 'plus' ? '+' : '-', side, 'N', problems);
      }
      return;
    case 'function':
      operand.args.forEach((arg) => void checkOperand(arg, problems));
      checkCall(operand.name, operand.args, problems);
      return;
    default:
      operand satisfies never;
  }
}

function checkCall(name: string, args: readonly Bound[], problems: FunctionSink): void {
  if (args.length !== 2) {
    const told = 'Incorrect number of operands for operator or function;';
    problems.note('function', `${told} operator or function: ${name}, number of operands: ${args.length}`);
  } else if (name === 'list_append') {
    for (const arg of args) checkType(name, arg, 'L', problems);
  } else if (args[0]?.kind !== 'path') {
    problems.note('function', `Operator or function requires a document path; operator or function: ${name}`);
  }
}

function checkType(name: string, operand: Bound, wanted: ValueType, problems: FunctionSink): void {
  if (operand.kind !== 'value' || typeOf(operand.value) === wanted) return;
  const told = 'Incorrect operand type for operator or function;';
  problems.note('function', `${told} operator or function: ${name}, operand type: ${typeOf(operand.value)}`);
}
