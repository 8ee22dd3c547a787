/** Writes many files into a tree: all of them, or none. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** New content of a file by its path below the tree; `null` removes it. */
export type Change = { readonly path: string; readonly content: Buffer | null };

const SUFFIX = '.releasing';

/**
 * Writes each file beside its place first, then renames them in the order given. Throws what went wrong after it has put
 * everything back. It never yields, so that a signal with a handler is heard before or after and not in between.
 */
export function applyChanges(root: string, changes: readonly Change[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const { path, content } of changes) {
      if (content === null) continue;
      const file = join(root, path);
      const made = mkdirSync(dirname(file), { recursive: true });
      if (made !== undefined) undo.unshift(() => rmSync(made, { recursive: true, force: true }));
      undo.push(() => rmSync(`${file}${SUFFIX}`, { force: true }));
      writeFileSync(`${file}${SUFFIX}`, content);
    }
    for (const { path, content } of changes) {
      const file = join(root, path);
      const before = existsSync(file) ? readFileSync(file) : null;
      if (content === null) rmSync(file, { force: true });
      else renameSync(`${file}${SUFFIX}`, file);
      undo.push(() => (before === null ? rmSync(file, { force: true }) : writeFileSync(file, before)));
    }
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}
