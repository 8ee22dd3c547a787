/** Conditions, filters and key conditions: one grammar, NOT before AND before OR. */
import { parsePath, takeName } from './parse-path.ts';
import { createProblems } from './problems.ts';
import type { Comparator, Condition, ExpressionKind, Operand } from './syntax.ts';
import { tokenReader } from './tokens.ts';

const FUNCTIONS: ReadonlySet<string> = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
const COMPARATORS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);
/** AWS limits. */
const MAX_OPERATORS = 300;
const MAX_IN_OPERANDS = 100;

/** Whether parentheses hold an operand or a condition shows only behind them. */
type Parsed = Condition<string> | Operand<string>;

/** Throws ValidationException in DynamoDB's words. */
export function parseCondition(expression: ExpressionKind, text: string): Condition<string> {
  const reader = tokenReader(expression, text);
  const problems = createProblems(expression, ['parentheses', 'unknown', 'misused', 'reserved', 'limit'] as const);
  const inParentheses = new WeakSet<Parsed>();
  let operators = 0;

  function parseOr(): Parsed {
    let left = parseAnd();
    while (reader.takes('OR')) left = counted({ kind: 'or', left: condition(left), right: condition(parseAnd()) });
    return left;
  }

  function parseAnd(): Parsed {
    let left = parseNot();
    while (reader.takes('AND')) left = counted({ kind: 'and', left: condition(left), right: condition(parseNot()) });
    return left;
  }

  function parseNot(): Parsed {
    return reader.takes('NOT') ? counted({ kind: 'not', of: condition(parseNot()) }) : parseComparison();
  }

  function parseComparison(): Parsed {
    const left = parsePrimary();
    const { text: symbol } = reader.peek();
    if (COMPARATORS.has(symbol)) {
      reader.next();
      const comparator = symbol as Comparator;
      return counted({ kind: 'compare', comparator, left: operand(left), right: operand(parsePrimary()) });
    }
    if (reader.takes('BETWEEN')) {
      const low = operand(parsePrimary());
      reader.expect('AND');
      return counted({ kind: 'between', of: operand(left), low, high: operand(parsePrimary()) });
    }
    return reader.takes('IN') ? counted({ kind: 'in', of: operand(left), list: parseInList() }) : left;
  }

  function parseInList(): Operand<string>[] {
    reader.expect('(');
    const list = parseOperands();
    if (list.length > MAX_IN_OPERANDS) {
      const told = `The IN operator is provided with too many operands; number of operands: ${list.length}`;
      problems.note('limit', told);
    }
    return list;
  }

  /** Up to and with the closing parenthesis. */
  function parseOperands(): Operand<string>[] {
    const list = [operand(parsePrimary())];
    while (reader.takes(',')) list.push(operand(parsePrimary()));
    reader.expect(')');
    return list;
  }

  function parsePrimary(): Parsed {
    if (reader.takes('(')) return parseParentheses();
    if (reader.peek().kind === 'value') return { kind: 'value', value: reader.next().text };
    const name = takeName(reader);
    if (name.kind === 'word' && reader.takes('(')) return parseCall(name.text);
    return { kind: 'path', path: parsePath(reader, problems, name) };
  }

  function parseParentheses(): Parsed {
    const inner = parseOr();
    reader.expect(')');
    if (inParentheses.has(inner)) problems.note('parentheses', 'The expression has redundant parentheses;');
    inParentheses.add(inner);
    return inner;
  }

  function parseCall(name: string): Parsed {
    if (!FUNCTIONS.has(name)) problems.note('unknown', `Invalid function name; function: ${name}`);
    const args = parseOperands();
    return counted(name === 'size' ? { kind: 'function', name, args } : { kind: 'test', name, args });
  }

  function counted(parsed: Parsed): Parsed {
    operators += 1;
    if (operators > MAX_OPERATORS) {
      problems.note('limit', `The expression contains too many operators; operator count: ${operators}`);
    }
    return parsed;
  }

  function misused(name: string): void {
    problems.note('misused', `The function is not allowed to be used this way in an expression; function: ${name}`);
  }

  function condition(parsed: Parsed): Condition<string> {
    switch (parsed.kind) {
      case 'function':
        misused(parsed.name);
        return { ...parsed, kind: 'test' };
      case 'path':
      case 'value':
      case 'plus':
      case 'minus':
        return reader.fail();
      default:
        return parsed;
    }
  }

  function operand(parsed: Parsed): Operand<string> {
    switch (parsed.kind) {
      case 'test':
        misused(parsed.name);
        return { ...parsed, kind: 'function' };
      case 'path':
      case 'value':
      case 'function':
        return parsed;
      default:
        return reader.fail();
    }
  }

  const parsed = condition(parseOr());
  if (reader.peek().kind !== 'end') reader.fail();
  problems.throwGravest();
  return parsed;
}
