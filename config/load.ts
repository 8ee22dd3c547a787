/** Reads `config/frontdesk.yaml`: the whole of it is right, or every mistake is named with its line and cure. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Document, isMap, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { crossCheck } from './cross-check.ts';
import { adviceOf, type Path, pathOf } from './issues.ts';
import { Config } from './schema.ts';
import { configVersion } from './version.ts';

/** One mistake. Values are never repeated: a secret pasted into the wrong place must not travel into a log. */
export type ConfigError = {
  /** 1-based. */
  readonly line: number;
  /** Dotted path; empty where the text could not be read as YAML. */
  readonly key: string;
  readonly problem: string;
  readonly cure: string;
};
export type LoadedConfig = { readonly config: Config; readonly version: string };
export type ParsedConfig =
  | ({ readonly ok: true } & LoadedConfig)
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** Parses and checks the text of a configuration file. */
export function parseConfig(text: string): ParsedConfig {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const unreadable = [...doc.errors.map((error) => syntaxError(error, lines)), ...aliasErrors(doc, lines)];
  if (unreadable.length > 0) return { ok: false, errors: unreadable };

  const parsed = v.safeParse(Config, doc.toJS());
  const found = parsed.success
    ? crossCheck(parsed.output)
    : parsed.issues.map((issue) => ({ path: pathOf(issue), ...adviceOf(issue) }));
  if (parsed.success && found.length === 0) {
    return { ok: true, config: parsed.output, version: configVersion(parsed.output) };
  }
  const errors = found.map(({ path, problem, cure }) => ({
    line: lineOf(path, doc, lines),
    key: path.join('.'),
    problem,
    cure,
  }));
  return { ok: false, errors: errors.toSorted((a, b) => a.line - b.line) };
}

/** Reads and parses a file; a file that cannot be opened is one mistake like any other. */
export function readConfigFile(path: string): ParsedConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    const cure = 'restore config/frontdesk.yaml, or point FRONTDESK_CONFIG at a readable file';
    return { ok: false, errors: [{ line: 1, key: '', problem: 'the file cannot be read', cure }] };
  }
  return parseConfig(text);
}

/** One mistake as a line of text, the file's name first, as compilers write it. */
export function formatConfigError({ line, key, problem, cure }: ConfigError, file: string): string {
  return `${file}:${line}: ${key === '' ? '' : `${key}: `}${problem}; ${cure}`;
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
