/** A YAML text against a schema: the whole of it is right, or every mistake is named with its line, key and cure. */
import * as v from 'valibot';
import { type Document, isMap, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { type Advice, adviceOf, type Path, pathOf } from './issues.ts';

/** One mistake. Values are never repeated: a secret pasted into the wrong place must not travel into a log. */
export type ConfigError = {
  /** 1-based. */
  readonly line: number;
  /** Dotted path; empty where the text could not be read as YAML. */
  readonly key: string;
  readonly problem: string;
  readonly cure: string;
};

type Found = Advice & { readonly path: Path };

/** Far beyond any file of settings. The parser compares every key with every other, and goes one call deeper for every level. */
const MOST_YAML = { chars: 64 * 1024, opened: 500 };
const LEVELS_ON_ONE_LINE = /(?:[-?:][ \t]+){20}/;

/** Is it better not parsed at all? */
export function isOutsized(text: string): boolean {
  if (text.length > MOST_YAML.chars || LEVELS_ON_ONE_LINE.test(text)) return true;
  return (text.match(/[[{]/g)?.length ?? 0) > MOST_YAML.opened;
}

/** @param check  what no schema can say, asked once the form is right */
export function readDocument<S extends v.GenericSchema>(
  text: string,
  schema: S,
  check: (value: v.InferOutput<S>) => readonly Found[],
):
  | { readonly ok: true; readonly value: v.InferOutput<S> }
  | { readonly ok: false; readonly errors: readonly ConfigError[] } {
  if (isOutsized(text))
    return {
      ok: false,
      errors: [{ line: 1, key: '', problem: 'this is too large', cure: 'keep it under 64 kB and 20 levels' }],
    };
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const unreadable = [...doc.errors.map((error) => syntaxError(error, lines)), ...aliasErrors(doc, lines)];
  if (unreadable.length > 0) return { ok: false, errors: unreadable };

  const parsed = v.safeParse(schema, doc.toJS());
  const found = parsed.success
    ? check(parsed.output)
    : parsed.issues.map((issue) => ({ path: pathOf(issue), ...adviceOf(issue, schema) }));
  if (parsed.success && found.length === 0) return { ok: true, value: parsed.output };
  const errors = found.map(({ path, problem, cure }) => ({
    line: lineOf(path, doc, lines),
    key: path.join('.'),
    problem,
    cure,
  }));
  return { ok: false, errors: errors.toSorted((a, b) => a.line - b.line) };
}

function syntaxError(error: { pos: readonly [number, number]; code: string }, lines: LineCounter): ConfigError {
  const { line } = lines.linePos(error.pos[0]);
  if (error.code === 'DUPLICATE_KEY')
    return { line, key: '', problem: 'this key stands here twice', cure: 'keep one of them' };
  return { line, key: '', problem: 'this is not readable as YAML', cure: 'check indentation, quotes and colons' };
}

/** A value that stands elsewhere has no line of its own to name. */
function aliasErrors(doc: Document.Parsed, lines: LineCounter): readonly ConfigError[] {
  const errors: ConfigError[] = [];
  visit(doc, {
    Alias(_, node) {
      const line = lines.linePos(node.range?.[0] ?? 0).line;
      errors.push({ line, key: '', problem: 'aliases are not read here', cure: 'write the value out' });
    },
  });
  return errors;
}

/** The line of a key, or of the nearest section above it that exists. */
function lineOf(path: Path, doc: Document.Parsed, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? doc.contents : doc.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const node = isMap(parent)
      ? parent.items.find((item) => String(item.key) === String(key))?.key
      : doc.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
