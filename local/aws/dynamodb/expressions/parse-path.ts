/** Document paths: `order.lines[0].#name`. Names stay placeholders until they are bound. */
import type { Path } from '../values/paths.ts';
import { isReserved } from './reserved-words.ts';
import type { Token, TokenReader } from './tokens.ts';

type ReservedSink = { note(kind: 'reserved', message: string): void };

const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN']);

/** Reads a path whose first name was taken already, or not yet. */
export function parsePath(reader: TokenReader, problems: ReservedSink, head = takeName(reader)): Path {
  const path: (string | number)[] = [nameOf(head, problems)];
  for (;;) {
    if (reader.takes('.')) path.push(nameOf(takeName(reader), problems));
    else if (reader.takes('[')) path.push(takeIndex(reader));
    else return path;
  }
}

export function takeName(reader: TokenReader): Token {
  const { kind, text } = reader.peek();
  const isName = kind === 'name' || (kind === 'word' && !KEYWORDS.has(text.toUpperCase()));
  return isName ? reader.next() : reader.fail();
}

function nameOf({ kind, text }: Token, problems: ReservedSink): string {
  if (kind === 'word' && isReserved(text)) {
    problems.note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${text}`);
  }
  return text;
}

function takeIndex(reader: TokenReader): number {
  if (reader.peek().kind !== 'index') reader.fail();
  const index = Number(reader.next().text);
  reader.expect(']');
  return index;
}
