/** Plants a bug in the current thread: whatever it imports afterwards comes with the edits. Imports no production code itself. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { edited, filesOf } from './bug.ts';
import { bugOf } from './bugs.ts';

export const ROOT = join(import.meta.dirname, '../../..');

/** Call it before the first `import()` of what is edited; it holds for the thread's life. */
export function plant(id: string): void {
  const bug = bugOf(id);
  const sources = new Map(
    filesOf(bug).map((file) => {
      const path = join(ROOT, file);
      return [pathToFileURL(path).href, edited(readFileSync(path, 'utf8'), file, bug.edits)];
    }),
  );
  registerHooks({
    load(url, context, nextLoad) {
      const source = sources.get(url);
      return source === undefined
        ? nextLoad(url, context)
        : { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
