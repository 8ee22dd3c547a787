import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const ROOT = dirname(import.meta.dirname);
/** Not of the tree: made here, or another's. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  '.cache',
  '.frontdesk',
  '.git',
  '.sst',
  'coverage',
  'dist',
  'node_modules',
]);

/** The working tree in a temporary folder, with this tree's packages: what is tried there leaves no trace here. */
export function copyTree(purpose: string): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), `frontdesk-${purpose}-`));
  cpSync(ROOT, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
