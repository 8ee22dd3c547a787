/**
 * Writes what is generated from the template folders: the library that functions bundle, `templates.lock.json`, and the
 * `sha256` in each front matter. Refuses while a changed text has not had its version raised.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatFinding } from '../templates/findings.ts';
import type { TemplateLibrary } from '../templates/library.ts';
import { lintVersions } from '../templates/lint-library.ts';
import { loadTemplates } from '../templates/load.ts';
import { librarySource, lockText } from '../templates/lock.ts';

const root = path.join(import.meta.dirname, '..');
const libraryFile = path.join(root, 'templates/generated/library.ts');

async function releasedLibrary(): Promise<TemplateLibrary> {
  if (!existsSync(libraryFile)) return { templates: [] };
  const module: typeof import('../templates/generated/library.ts') = await import(libraryFile);
  return module.LIBRARY;
}

const { templates, findings } = loadTemplates(path.join(root, 'templates'));
const refusals = [...findings, ...lintVersions(templates, { released: await releasedLibrary() })];
if (refusals.length > 0) {
  process.stderr.write(`${refusals.map(formatFinding).join('\n')}\n`);
  process.exitCode = 1;
} else {
  for (const { file, sha256, statedHash } of templates.flatMap(({ variants }) => variants)) {
    if (sha256 === statedHash) continue;
    const text = readFileSync(path.join(root, file), 'utf8');
    writeFileSync(path.join(root, file), text.replace(/^sha256:.*$/m, `sha256: ${sha256}`));
  }
  writeFileSync(libraryFile, librarySource(templates));
  writeFileSync(path.join(root, 'templates.lock.json'), lockText(templates));
  process.stdout.write(`${templates.length} templates written to the library and templates.lock.json\n`);
}
