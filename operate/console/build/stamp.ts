/** Of what the page is built: the built folder carries this, so that it is built again when a source changes. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** The page imports words and types from these; the lock file says which Vite and which libraries. */
const SOURCES = ['operate/console/**/*', 'operate/**/*.ts', 'events/**/*.ts', 'policy/**/*.ts', 'package-lock.json'];

export function stampOfSources(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  for (const file of [...new Set(files)].sort())
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
