/** Update expressions: SET, REMOVE, ADD and DELETE, each once at most. */
import { parsePath, takeName } from './parse-path.ts';
import { createProblems } from './problems.ts';
import type { Operand, Update, UpdateAction } from './syntax.ts';
import { tokenReader } from './tokens.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];
const FUNCTIONS: ReadonlySet<string> = new Set(['if_not_exists', 'list_append']);
/** AWS limit. */
const MAX_OPERATORS = 300;

/** Throws ValidationException in DynamoDB's words. */
export function parseUpdate(text: string): Update<string> {
  const reader = tokenReader('UpdateExpression', text);
  const problems = createProblems('UpdateExpression', ['reserved', 'unknown', 'section', 'limit'] as const);
  const seen = new Set<Section>();
  const actions: UpdateAction<string>[] = [];
  let operators = 0;

  function parseSection(section: Section): void {
    if (seen.has(section)) {
      problems.note('section', `The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    do {
      actions.push(parseAction(section));
      count();
    } while (reader.takes(','));
  }

  function parseAction(section: Section): UpdateAction<string> {
    const path = parsePath(reader, problems);
    switch (section) {
      case 'SET':
        reader.expect('=');
        return { kind: 'set', path, value: parseSum() };
      case 'REMOVE':
        return { kind: 'remove', path };
      case 'ADD':
      case 'DELETE':
        return { kind: section === 'ADD' ? 'add' : 'delete', path, value: takeValue() };
      default:
        return section satisfies never;
    }
  }

  function takeValue(): string {
    return reader.peek().kind === 'value' ? reader.next().text : reader.fail();
  }

  function parseSum(): Operand<string> {
    const left = parseOperand();
    const sign = reader.peek().text;
    if (sign !== '+' && sign !== '-') return left;
    reader.next();
    count();
    return { kind: sign === '+' ? 'plus' : 'minus', left, right: parseOperand() };
  }

  function parseOperand(): Operand<string> {
    if (reader.takes('(')) {
      const inner = parseSum();
      reader.expect(')');
      return inner;
    }
    if (reader.peek().kind === 'value') return { kind: 'value', value: reader.next().text };
    const name = takeName(reader);
    if (name.kind === 'word' && reader.takes('(')) return parseCall(name.text);
    return { kind: 'path', path: parsePath(reader, problems, name) };
  }

  function parseCall(name: string): Operand<string> {
    if (!FUNCTIONS.has(name)) problems.note('unknown', `Invalid function name; function: ${name}`);
    count();
    const args = [parseOperand()];
    while (reader.takes(',')) args.push(parseOperand());
    reader.expect(')');
    return { kind: 'function', name, args };
  }

  function count(): void {
    operators += 1;
    if (operators > MAX_OPERATORS) {
      problems.note('limit', `The expression contains too many operators; operator count: ${operators}`);
    }
  }

  while (reader.peek().kind !== 'end') parseSection(SECTIONS.find((one) => reader.takes(one)) ?? reader.fail());
  problems.throwGravest();
  return actions;
}
