/** The template files of a repository against TL01 to TL21 (replies §1.9), with policy's own tables and lists. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Intent, Team, TemplateId } from '../../events/words.ts';
import { INTENTS, TEMPLATE_IDS } from '../../events/words.ts';
import { ACKNOWLEDGEMENTS, INTENT_CATALOGUE } from '../../policy/intents.ts';
import type { Finding } from '../../templates/findings.ts';
import { AGENT_NOTE } from '../../templates/generated/agent-note.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { lintTemplates } from '../../templates/lint.ts';
import type { ChangeHistory } from '../../templates/lint-context.ts';
import { lintNote } from '../../templates/lint-note.ts';
import type { SourceTemplate } from '../../templates/load.ts';
import { loadTemplates } from '../../templates/load.ts';
import { loadNote } from '../../templates/load-note.ts';
import type { LockEntry } from '../../templates/lock.ts';

function readSnapshots(root: string): Map<string, string> {
  const folder = path.join(root, 'templates/snapshots');
  return new Map(
    readdirSync(folder).map((name) => [path.basename(name, '.txt'), readFileSync(path.join(folder, name), 'utf8')]),
  );
}

/**
 * Only an approval is compared with the last change of a body, so only approved templates are looked up. The author's
 * role is the name under which the commit was made: `Support Ops` is `support_ops`.
 */
function historyOf(root: string, templates: readonly SourceTemplate[]): Partial<Record<TemplateId, ChangeHistory>> {
  const approved = templates.filter(({ meta }) => meta.review.status === 'approved');
  return Object.fromEntries(
    approved.map(({ meta, variants }) => {
      const files = variants.map(({ file }) => file);
      // Outside a repository nothing is known of the last change.
      const { stdout } = spawnSync('git', ['log', '-1', '--format=%cs%n%an', '--', ...files], {
        cwd: root,
        encoding: 'utf8',
      });
      const [day = '', author = ''] = (stdout ?? '').trim().split('\n');
      const role = author.toLowerCase().replace(/[^a-z0-9]+/g, '_');
      return [meta.id, { bodyChangedOn: day || undefined, authorRole: role || undefined }];
    }),
  );
}

export type LintOptions = {
  /** Where the templates are about to be switched on, if anywhere: their approvals are checked then. */
  readonly target?: { readonly environment: string; readonly enabled: readonly TemplateId[] } | undefined;
  /** `YYYY-MM-DD`. */
  readonly today: string;
};

/** @param root  folder that holds `templates/` and `templates.lock.json` */
export function lintRepository(
  root: string,
  options: LintOptions,
): { readonly count: number; readonly findings: readonly Finding[] } {
  const { templates, findings } = loadTemplates(path.join(root, 'templates'));
  const note = loadNote(path.join(root, 'templates'));
  const ofNote = 'findings' in note ? note.findings : lintNote(note.value, AGENT_NOTE);
  // What cannot be read is reported alone: all that follows from it would only hide it.
  if (findings.length > 0) return { count: templates.length, findings: [...findings, ...ofNote] };
  const lockFile = path.join(root, 'templates.lock.json');
  const lock: LockEntry[] = existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')) : [];
  const teams = Object.fromEntries(INTENTS.map((intent) => [intent, INTENT_CATALOGUE[intent].team])) as Record<
    Intent,
    Team
  >;
  const found = lintTemplates(templates, {
    expected: TEMPLATE_IDS,
    teams,
    neverAutomatic: ACKNOWLEDGEMENTS,
    lock,
    released: LIBRARY,
    snapshots: readSnapshots(root),
    target: options.target,
    today: options.today,
    history: historyOf(root, templates),
  });
  return { count: templates.length, findings: [...found, ...ofNote] };
}
