/**
 * Checks the reply library against TL01–TL21 (replies §1.9); exit 1 on an error, warnings only speak.
 * `--environment prod --enabled t_a,t_b` also checks the approvals of templates about to be switched on.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TEMPLATE_IDS } from '../events/words.ts';
import { formatFinding } from '../templates/findings.ts';
import { lintRepository } from './templates/lint.ts';

const { values } = parseArgs({
  options: { environment: { type: 'string' }, enabled: { type: 'string', default: '' } },
});
const { environment } = values;
const enabled = values.enabled.split(',');
const { count, findings } = lintRepository(path.join(import.meta.dirname, '..'), {
  target:
    environment === undefined ? undefined : { environment, enabled: TEMPLATE_IDS.filter((id) => enabled.includes(id)) },
  today: new Date().toISOString().slice(0, 10),
});
for (const one of findings) process.stderr.write(`${formatFinding(one)}\n`);
const errors = findings.filter(({ severity }) => severity === 'error').length;
process.stdout.write(`${count} templates, ${errors} errors, ${findings.length - errors} warnings\n`);
process.exitCode = errors > 0 ? 1 : 0;
