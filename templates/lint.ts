/** The lint of the reply library: TL01 to TL21 of replies §1.9. */
import type { Finding } from './findings.ts';
import { lintBodies } from './lint-body.ts';
import type { LintContext } from './lint-context.ts';
import { lintLibrary } from './lint-library.ts';
import { lintMeta } from './lint-meta.ts';
import { lintSwitches } from './lint-switches.ts';
import type { SourceTemplate } from './load.ts';

/** Everything wrong with the templates, by file and line; nothing when they may ship. */
export function lintTemplates(templates: readonly SourceTemplate[], context: LintContext): Finding[] {
  const found = [
    ...lintMeta(templates, context),
    ...lintSwitches(templates, context),
    ...lintBodies(templates),
    ...lintLibrary(templates, context),
  ];
  return found.sort(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.rule.localeCompare(b.rule, 'en'),
  );
}
