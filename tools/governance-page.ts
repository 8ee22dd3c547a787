/** Writes the tables of docs/governance.md and the form of a pull request: node bin/launch.js tools/governance-page.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pullRequestForm, withTables } from './governance/page.ts';

const ROOT = join(import.meta.dirname, '..');
const page = join(ROOT, 'docs/governance.md');
writeFileSync(page, withTables(readFileSync(page, 'utf8')));
writeFileSync(join(ROOT, '.github/pull_request_template.md'), pullRequestForm());
