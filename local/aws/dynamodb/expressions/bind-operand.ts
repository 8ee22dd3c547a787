/** Paths and operands with this request's names and values in the places of their placeholders. */
import type { AttributeValue } from '../values/attribute-value.ts';
import type { Path } from '../values/paths.ts';
import type { Placeholders } from './placeholders.ts';
import type { Operand } from './syntax.ts';

/** What is noted where a placeholder is not defined; the caller throws it in its own order. */
export type UndefinedSink = { note(kind: 'name' | 'value', message: string): void };

const NOTHING: AttributeValue = { NULL: true };

export function bindPath(path: Path, placeholders: Placeholders, problems: UndefinedSink): Path {
  return path.map((step) => {
    if (typeof step === 'number') return step;
    const name = placeholders.name(step);
    if (name !== undefined) return name;
    const told = 'An expression attribute name used in the document path is not defined; attribute name:';
    problems.note('name', `${told} ${step}`);
    return step;
  });
}

export function bindValue(placeholder: string, placeholders: Placeholders, problems: UndefinedSink): AttributeValue {
  const value = placeholders.value(placeholder);
  if (value !== undefined) return value;
  const told = 'An expression attribute value used in expression is not defined; attribute value:';
  problems.note('value', `${told} ${placeholder}`);
  return NOTHING;
}

export function bindOperand(
  operand: Operand<string>,
  placeholders: Placeholders,
  problems: UndefinedSink,
): Operand<AttributeValue> {
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: bindPath(operand.path, placeholders, problems) };
    case 'value':
      return { kind: 'value', value: bindValue(operand.value, placeholders, problems) };
    case 'function':
      return { ...operand, args: operand.args.map((arg) => bindOperand(arg, placeholders, problems)) };
    case 'plus':
    case 'minus':
      return {
        kind: operand.kind,
        left: bindOperand(operand.left, placeholders, problems),
        right: bindOperand(operand.right, placeholders, problems),
      };
    default:
      return operand satisfies never;
  }
}
