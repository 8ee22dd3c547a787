/** The words of an expression, one after the other, and what DynamoDB says where one does not fit. */
import { expressionError } from './problems.ts';
import type { ExpressionKind } from './syntax.ts';

export type Token = {
  readonly kind: 'word' | 'name' | 'value' | 'index' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

export type TokenReader = {
  readonly expression: ExpressionKind;
  peek(): Token;
  next(): Token;
  /** Takes the symbol or keyword if it is there. */
  takes(text: string): boolean;
  expect(text: string): void;
  /** Throws the syntax error of the token that comes next. */
  fail(): never;
};

const SPACE = /\s*/y;
const TOKEN = /([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-])/y;
const KINDS = ['word', 'name', 'value', 'index', 'symbol'] as const;

/** Keywords are recognised in any case; symbols as they are. */
export function tokenReader(expression: ExpressionKind, text: string): TokenReader {
  let before = tokenAt(0);
  let current = readAt(0);

  function tokenAt(position: number): Token {
    return { kind: 'end', text: '<EOF>', start: position, end: position };
  }

  function readAt(from: number): Token {
    SPACE.lastIndex = from;
    SPACE.test(text);
    const start = SPACE.lastIndex;
    if (start >= text.length) return tokenAt(text.length);
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(text);
    if (match === null) {
      return failAt({ kind: 'symbol', text: text.charAt(start), start, end: start + 1 }, start + 1);
    }
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)] ?? 'symbol';
    return { kind, text: match[0], start, end: TOKEN.lastIndex };
  }

  function failAt(token: Token, nearEnd: number): never {
    const near = text.slice(before.start, nearEnd).trim();
    throw expressionError(expression, `Syntax error; token: "${token.text}", near: "${near}"`);
  }

  const reader: TokenReader = {
    expression,
    peek: () => current,
    next() {
      const token = current;
      before = token;
      current = readAt(token.end);
      return token;
    },
    takes(wanted) {
      const isThere = current.kind === 'word' ? current.text.toUpperCase() === wanted : current.text === wanted;
      if (isThere) reader.next();
      return isThere;
    },
    expect(wanted) {
      if (!reader.takes(wanted)) reader.fail();
    },
    fail() {
      return failAt(current, current.kind === 'end' ? text.length : readAt(current.end).end);
    },
  };
  return reader;
}
