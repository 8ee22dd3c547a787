/**
 * Writes what is generated from the template folders: the library and the agent note that functions bundle,
 * `templates.lock.json`, and the `sha256` in each front matter. Refuses while a changed text has not had its version raised.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatFinding } from '../templates/findings.ts';
import type { TemplateLibrary } from '../templates/library.ts';
import { lintVersions } from '../templates/lint-library.ts';
import { lintNoteVersion } from '../templates/lint-note.ts';
import { loadTemplates } from '../templates/load.ts';
import { loadNote } from '../templates/load-note.ts';
import { librarySource, lockText, noteSource } from '../templates/lock.ts';

const root = path.join(import.meta.dirname, '..');
const libraryFile = path.join(root, 'templates/generated/library.ts');
const noteFile = path.join(root, 'templates/generated/agent-note.ts');

async function releasedLibrary(): Promise<TemplateLibrary> {
  if (!existsSync(libraryFile)) return { templates: [] };
  const module: typeof import('../templates/generated/library.ts') = await import(libraryFile);
  return module.LIBRARY;
}

async function releasedNote(): Promise<{ readonly version: string; readonly sha256: string } | undefined> {
  if (!existsSync(noteFile)) return undefined;
  const module: typeof import('../templates/generated/agent-note.ts') = await import(noteFile);
  return module.AGENT_NOTE;
}

/** Writes the hash that a body has into its front matter. */
function stampHash(file: string, sha256: string): void {
  const text = readFileSync(path.join(root, file), 'utf8');
  writeFileSync(path.join(root, file), text.replace(/^sha256:.*$/m, `sha256: ${sha256}`));
}

const { templates, findings } = loadTemplates(path.join(root, 'templates'));
const note = loadNote(path.join(root, 'templates'));
const refusals = [
  ...findings,
  ...lintVersions(templates, { released: await releasedLibrary() }),
  ...('findings' in note ? note.findings : lintNoteVersion(note.value, await releasedNote())),
];
if (refusals.length > 0 || 'findings' in note) {
  process.stderr.write(`${refusals.map(formatFinding).join('\n')}\n`);
  process.exitCode = 1;
} else {
  for (const { file, sha256, statedHash } of [...templates.flatMap(({ variants }) => variants), note.value])
    if (sha256 !== statedHash) stampHash(file, sha256);
  writeFileSync(libraryFile, librarySource(templates));
  writeFileSync(noteFile, noteSource(note.value));
  writeFileSync(path.join(root, 'templates.lock.json'), lockText(templates));
  process.stdout.write(`${templates.length} templates written to the library and templates.lock.json\n`);
}
