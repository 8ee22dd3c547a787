/** One hash of everything in `policy/` that decides. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/** A file of `policy/` by its path below that folder, `/` between the parts. */
export type PolicyFile = { readonly path: string; readonly text: string };

/** Tests, their builders and their data decide nothing. */
const TEST_ONLY = /(^|\/)(testdata[^/]*|fixtures)\/|(^|[./])(test|testing)\.ts$/;

/** The files of the folder that decide, in no particular order. */
export function policyFiles(folder: string): PolicyFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file.slice(folder.length + 1).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .filter(({ path }) => !TEST_ONLY.test(path));
}

/**
 * SHA-256 in hex over path and content, sorted by path. Of a TypeScript file what runs counts: comments, types, layout
 * and line ends do not. Of any other file the text counts, with LF line ends.
 */
export function policyHash(files: readonly PolicyFile[]): string {
  const lines = files.map(({ path, text }) => `${path} ${sha256(path.endsWith('.ts') ? whatRuns(text) : unix(text))}`);
  return sha256(lines.toSorted().join('\n'));
}

/** SHA-256 in hex of a text with LF line ends. */
export function textHash(text: string): string {
  return sha256(unix(text));
}

function whatRuns(source: string): string {
  return transformSync(unix(source), { loader: 'ts', minifyWhitespace: true, legalComments: 'none' }).code;
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
