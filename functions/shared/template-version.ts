/** One version string for the whole library: it changes when any template does. */
import { createHash } from 'node:crypto';
import type { TemplateLibrary } from '../../templates/library.ts';

export function templatesVersion(library: TemplateLibrary): string {
  const pinned = library.templates.flatMap(({ meta, variants }) => [
    `${meta.id}@${meta.version}`,
    ...variants.map(({ sha256 }) => sha256),
  ]);
  return `templates-${createHash('sha256').update(pinned.join('\n')).digest('hex').slice(0, 12)}`;
}
