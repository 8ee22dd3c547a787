/** Whether a condition holds for an item. What an item lacks compares with nothing, and differs from everything. */
import { type AttributeValue, type Item, typeOf } from '../values/attribute-value.ts';
import { areEqual, orderOf } from '../values/compare.ts';
import { valueAt } from '../values/paths.ts';
import { binarySize, textSize } from '../values/size.ts';
import type { BoundCondition } from './bind-condition.ts';
import type { Comparator, Operand } from './syntax.ts';

type Found = AttributeValue | undefined;

/** An item that is not there has no attributes. */
export function holds(condition: BoundCondition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.of, item);
    case 'compare':
      return compares(condition.comparator, found(condition.left, item), found(condition.right, item));
    case 'between': {
      const value = found(condition.of, item);
      return compares('>=', value, found(condition.low, item)) && compares('<=', value, found(condition.high, item));
    }
    case 'in': {
      const value = found(condition.of, item);
      return condition.list.some((member) => compares('=', value, found(member, item)));
    }
    case 'test': {
      const [value, argument] = condition.args.map((arg) => found(arg, item));
      return passes(condition.name, value, argument);
    }
    default:
      return condition satisfies never;
  }
}

function found(operand: Operand<AttributeValue>, item: Item): Found {
  switch (operand.kind) {
    case 'path':
      return valueAt(item, operand.path);
    case 'value':
      return operand.value;
    case 'function':
      return sizeOf(operand.args[0] && found(operand.args[0], item));
    default:
      throw new Error(`${operand.kind} in a condition`);
  }
}

function compares(comparator: Comparator, left: Found, right: Found): boolean {
  if (left === undefined || right === undefined) return comparator === '<>';
  switch (comparator) {
    case '=':
      return areEqual(left, right);
    case '<>':
      return !areEqual(left, right);
    default: {
      const order = orderOf(left, right);
      if (order === null) return false;
      if (order === 0) return comparator === '<=' || comparator === '>=';
      return order < 0 === comparator.startsWith('<');
    }
  }
}

function passes(name: string, value: Found, argument: Found): boolean {
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined) return false;
  if (name === 'attribute_exists') return true;
  if (argument === undefined) return false;
  switch (name) {
    case 'attribute_type':
      return typeOf(value) === argument.S;
    case 'begins_with':
      return beginsWith(value, argument);
    case 'contains':
      return contains(value, argument);
    default:
      throw new Error(`no function ${name}`);
  }
}

function beginsWith(value: AttributeValue, start: AttributeValue): boolean {
  if (value.S !== undefined && start.S !== undefined) return value.S.startsWith(start.S);
  if (value.B === undefined || start.B === undefined) return false;
  const wanted = Buffer.from(start.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, wanted.length).equals(wanted);
}

/** Part of a text or binary, member of a set, element of a list. */
function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.L !== undefined) return value.L.some((element) => areEqual(element, part));
  if (part.S !== undefined) return value.S?.includes(part.S) ?? value.SS?.includes(part.S) ?? false;
  if (part.N !== undefined) return value.NS?.includes(part.N) ?? false;
  if (part.B === undefined) return false;
  if (value.BS !== undefined) return value.BS.includes(part.B);
  return value.B !== undefined && Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
}

/** Bytes of text or binary, members of anything else; numbers, booleans and nulls have no size. */
function sizeOf(value: Found): Found {
  if (value === undefined) return undefined;
  const size = sizeIn(value);
  return size === null ? undefined : { N: String(size) };
}

function sizeIn(value: AttributeValue): number | null {
  if (value.S !== undefined) return textSize(value.S);
  if (value.B !== undefined) return binarySize(value.B);
  if (value.M !== undefined) return Object.keys(value.M).length;
  return (value.L ?? value.SS ?? value.NS ?? value.BS)?.length ?? null;
}
