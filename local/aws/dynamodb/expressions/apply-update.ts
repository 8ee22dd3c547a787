/**
 * An update applied to an item. All values are taken from the item as it was, and so are the numbers of list elements: what is
 * removed goes last, from the back.
 */
import { validationError } from '../errors.ts';
import { type AttributeValue, type Item, type SetType, typeOf } from '../values/attribute-value.ts';
import { addNumbers, subtractNumbers } from '../values/numbers.ts';
import { comparePaths, type Path, valueAt, withoutValueAt, withValueAt } from '../values/paths.ts';
import type { BoundUpdate } from './bind-update.ts';
import type { Operand } from './syntax.ts';

/** `null`: nothing is left there. */
type Change = { readonly path: Path; readonly value: AttributeValue | null };

/** A new item. Throws ValidationException where a value has the wrong type or a path leads nowhere. */
export function applyUpdate(update: BoundUpdate, item: Item): Item {
  const changes = update.flatMap((action): Change[] => {
    const { path } = action;
    switch (action.kind) {
      case 'set':
        return [{ path, value: resolved(action.value, item) }];
      case 'remove':
        return [{ path, value: null }];
      case 'add':
        return [{ path, value: added(valueAt(item, path), action.value) }];
      case 'delete': {
        const present = valueAt(item, path);
        return [{ path, value: present === undefined ? null : deleted(present, action.value) }];
      }
      default:
        return action satisfies never;
    }
  });
  const ordered = changes.sort((one, two) => comparePaths(one.path, two.path));
  let result = item;
  for (const { path, value } of ordered) {
    if (value !== null) result = withValueAt(result, path, value) ?? leadsNowhere();
  }
  for (const { path, value } of ordered.reverse()) {
    if (value === null) result = withoutValueAt(result, path) ?? leadsNowhere();
  }
  return result;
}

function resolved(operand: Operand<AttributeValue>, item: Item): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path':
      return valueAt(item, operand.path) ?? missing();
    case 'plus':
      return { N: addNumbers(numberIn(operand.left, item), numberIn(operand.right, item)) };
    case 'minus':
      return { N: subtractNumbers(numberIn(operand.left, item), numberIn(operand.right, item)) };
    case 'function': {
      const [first, second] = operand.args;
      if (first === undefined || second === undefined) throw new Error(`${operand.name} without its operands`);
      if (operand.name === 'list_append') return { L: [...listIn(first, item), ...listIn(second, item)] };
      const present = first.kind === 'path' ? valueAt(item, first.path) : undefined;
      return present ?? resolved(second, item);
    }
    default:
      return operand satisfies never;
  }
}

function numberIn(operand: Operand<AttributeValue>, item: Item): string {
  return resolved(operand, item).N ?? wrongType();
}

function listIn(operand: Operand<AttributeValue>, item: Item): readonly AttributeValue[] {
  return resolved(operand, item).L ?? wrongType();
}

/** A number grows, a set gains members; what was not there counts as zero or as empty. */
function added(present: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (present === undefined) return value;
  if (present.N !== undefined && value.N !== undefined) return { N: addNumbers(present.N, value.N) };
  const [type, members, more] = sameSets(present, value);
  return { [type]: [...members, ...more.filter((member) => !members.includes(member))] };
}

function deleted(present: AttributeValue, value: AttributeValue): AttributeValue | null {
  const [type, members, less] = sameSets(present, value);
  const left = members.filter((member) => !less.includes(member));
  return left.length === 0 ? null : { [type]: left };
}

function sameSets(one: AttributeValue, two: AttributeValue): [SetType, readonly string[], readonly string[]] {
  for (const type of ['SS', 'NS', 'BS'] as const) {
    const [members, others] = [one[type], two[type]];
    if (typeOf(one) === type && members !== undefined && others !== undefined) return [type, members, others];
  }
  return wrongType();
}

function wrongType(): never {
  throw validationError('An operand in the update expression has an incorrect data type');
}

function missing(): never {
  throw validationError('The provided expression refers to an attribute that does not exist in the item');
}

function leadsNowhere(): never {
  throw validationError('The document path provided in the update expression is invalid for update');
}
