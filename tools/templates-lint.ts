/**
 * Checks the reply library against TL01–TL21 (replies §1.9); exit 1 on an error, warnings only speak.
 * `--environment prod --enabled t_a,t_b` also checks the approvals of templates about to be switched on.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Intent, Team, TemplateId } from '../events/words.ts';
import { INTENTS, TEMPLATE_IDS } from '../events/words.ts';
import { ACKNOWLEDGEMENTS, INTENT_CATALOGUE } from '../policy/intents.ts';
import { formatFinding } from '../templates/findings.ts';
import { AGENT_NOTE } from '../templates/generated/agent-note.ts';
import { LIBRARY } from '../templates/generated/library.ts';
import { lintTemplates } from '../templates/lint.ts';
import type { ChangeHistory } from '../templates/lint-context.ts';
import { lintNote } from '../templates/lint-note.ts';
import type { SourceTemplate } from '../templates/load.ts';
import { loadTemplates } from '../templates/load.ts';
import { loadNote } from '../templates/load-note.ts';
import type { LockEntry } from '../templates/lock.ts';
import { WRITTEN_TEMPLATES } from '../templates/meta.ts';

const root = path.join(import.meta.dirname, '..');

function readSnapshots(): Map<string, string> {
  const folder = path.join(root, 'templates/snapshots');
  return new Map(
    readdirSync(folder).map((name) => [path.basename(name, '.txt'), readFileSync(path.join(folder, name), 'utf8')]),
  );
}

/** Only an approval is compared with the day of the last change, so only approved templates are looked up. */
function historyOf(templates: readonly SourceTemplate[]): Partial<Record<TemplateId, ChangeHistory>> {
  const approved = templates.filter(({ meta }) => meta.review.status === 'approved');
  return Object.fromEntries(
    approved.map(({ meta, variants }) => {
      const files = variants.map(({ file }) => file);
      const day = execFileSync('git', ['log', '-1', '--format=%cs', '--', ...files], { cwd: root, encoding: 'utf8' });
      return [meta.id, { bodyChangedOn: day.trim() || undefined }];
    }),
  );
}

const { values } = parseArgs({
  options: { environment: { type: 'string' }, enabled: { type: 'string', default: '' } },
});
const enabled = values.enabled.split(',');
const { templates, findings } = loadTemplates(path.join(root, 'templates'));
const lockFile = path.join(root, 'templates.lock.json');
const lock: LockEntry[] = existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')) : [];
const teams = Object.fromEntries(INTENTS.map((intent) => [intent, INTENT_CATALOGUE[intent].team])) as Record<
  Intent,
  Team
>;

// What cannot be read is reported alone: all that follows from it would only hide it.
const all =
  findings.length > 0
    ? [...findings]
    : lintTemplates(templates, {
        expected: WRITTEN_TEMPLATES,
        teams,
        neverAutomatic: ACKNOWLEDGEMENTS,
        lock,
        released: LIBRARY,
        snapshots: readSnapshots(),
        target:
          values.environment === undefined
            ? undefined
            : { environment: values.environment, enabled: TEMPLATE_IDS.filter((id) => enabled.includes(id)) },
        today: new Date().toISOString().slice(0, 10),
        history: historyOf(templates),
      });
const note = loadNote(path.join(root, 'templates'));
all.push(...('findings' in note ? note.findings : lintNote(note.value, AGENT_NOTE)));
for (const one of all) process.stderr.write(`${formatFinding(one)}\n`);
const errors = all.filter(({ severity }) => severity === 'error').length;
process.stdout.write(`${templates.length} templates, ${errors} errors, ${all.length - errors} warnings\n`);
process.exitCode = errors > 0 ? 1 : 0;
