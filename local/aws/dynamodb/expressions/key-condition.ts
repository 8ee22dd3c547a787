/** Key conditions: one key for the partition, at most one comparison for the sort key. */
import { validationError } from '../errors.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import type { BoundCondition } from './bind-condition.ts';
import type { Comparator, Operand } from './syntax.ts';

export type KeyTest = {
  readonly attribute: string;
  readonly operator: Exclude<Comparator, '<>'> | 'between' | 'begins_with';
  /** Two for `between`, else one. */
  readonly values: readonly AttributeValue[];
};

const TURNED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** By attribute. Throws ValidationException for what is no condition on a key. */
export function keyTests(condition: BoundCondition): ReadonlyMap<string, KeyTest> {
  const tests = new Map<string, KeyTest>();
  for (const test of testsIn(condition)) {
    if (tests.has(test.attribute)) {
      throw validationError('KeyConditionExpressions must only contain one condition per key');
    }
    tests.set(test.attribute, test);
  }
  if (tests.size > 2) throw validationError('Conditions can be of length 1 or 2 only');
  return tests;
}

function testsIn(condition: BoundCondition): readonly KeyTest[] {
  switch (condition.kind) {
    case 'and':
      return [...testsIn(condition.left), ...testsIn(condition.right)];
    case 'or':
    case 'not':
    case 'in':
      throw wrongOperator(condition.kind.toUpperCase());
    case 'between':
      return [testOf('between', 'BETWEEN', [condition.of, condition.low, condition.high])];
    case 'test':
      if (condition.name !== 'begins_with') throw wrongOperator(condition.name);
      return [testOf('begins_with', 'begins_with', condition.args)];
    case 'compare': {
      const { comparator, left, right } = condition;
      if (comparator === '<>') throw wrongOperator('<>');
      const isTurned = left.kind !== 'path' && right.kind === 'path';
      return [
        isTurned
          ? testOf(TURNED[comparator], comparator, [right, left])
          : testOf(comparator, comparator, [left, right]),
      ];
    }
    default:
      return condition satisfies never;
  }
}

function testOf(
  operator: KeyTest['operator'],
  shown: string,
  [key, ...others]: readonly Operand<AttributeValue>[],
): KeyTest {
  const operands = [key, ...others];
  if (operands.some((operand) => operand?.kind === 'function')) {
    throw validationError('KeyConditionExpressions cannot contain nested operations');
  }
  const paths = operands.flatMap((operand) => (operand?.kind === 'path' ? [operand.path] : []));
  const invalid = 'Invalid condition in KeyConditionExpression:';
  if (paths.length > 1) throw validationError(`${invalid} Multiple attribute names used in one condition`);
  const [path] = paths;
  if (path === undefined) throw validationError(`${invalid} No key attribute specified`);
  if (path.length > 1) {
    throw validationError('KeyConditionExpressions cannot have conditions on nested attributes');
  }
  if (key?.kind !== 'path') {
    throw validationError(`${invalid} ${shown} operator must have the key attribute as its first operand`);
  }
  return {
    attribute: String(path[0]),
    operator,
    values: others.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : [])),
  };
}

function wrongOperator(operator: string): Error {
  return validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
}
