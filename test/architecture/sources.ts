import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type Node, parseSync } from 'oxc-parser';

export const ROOT = dirname(dirname(import.meta.dirname));

// Not source, or (bin) plain JavaScript that must run on an old Node. Any folder not named here is read.
const PASSED_BY = new Set(['bin', 'coverage', 'dist', 'docs', 'node_modules']);

/** One import, export-from or `import()` of a file. */
export type Import = {
  /** As written, or undefined where `import(expression)` hides it. */
  specifier: string | undefined;
  typeOnly: boolean;
  line: number;
};

/** A parsed source file; `path` is relative to the repository, with forward slashes. */
export type Source = { path: string; text: string; imports: Import[]; nodes: Node[] };

/** Every TypeScript file of the repository's own folders, parsed. */
export function readSources(): Source[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !PASSED_BY.has(entry.name))
    .flatMap((folder) => listFiles(folder.name))
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')));
}

/** Parses one file; throws where it is not TypeScript, since an unread file is an unchecked one. */
export function parseSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const nodes = flatten(parsed.program);
  return { path, text, nodes, imports: nodes.flatMap((node) => importOf(node, text)) };
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function listFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function flatten(root: Node): Node[] {
  const nodes: Node[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) nodes.push(value);
    for (const child of Object.values(value)) visit(child);
  };
  visit(root);
  return nodes;
}

function isNode(value: object): value is Node {
  return 'type' in value && typeof value.type === 'string' && 'start' in value;
}

function importOf(node: Node, text: string): Import[] {
  switch (node.type) {
    case 'ImportDeclaration':
      return [{ ...at(node, text), specifier: node.source.value, typeOnly: node.importKind === 'type' }];
    case 'ExportAllDeclaration':
      return [{ ...at(node, text), specifier: node.source.value, typeOnly: node.exportKind === 'type' }];
    case 'ExportNamedDeclaration':
      if (node.source === null) return [];
      return [{ ...at(node, text), specifier: node.source.value, typeOnly: node.exportKind === 'type' }];
    case 'ImportExpression':
      return [{ ...at(node, text), specifier: literal(node.source), typeOnly: false }];
    case 'TSImportType':
      return [{ ...at(node, text), specifier: node.source.value, typeOnly: true }];
    default:
      return [];
  }
}

function at(node: Node, text: string): { line: number } {
  return { line: lineAt(text, node.start) };
}

function literal(node: Node): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
