import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { policyHashes } from '../test/full/mutation/by-tests/hashes.ts';
import { mutationObjections } from '../test/full/mutation/by-tests/report.ts';

// Does docs/mutation.md speak of the policy as it is? node bin/launch.js tools/mutation-report.ts

const ROOT = dirname(import.meta.dirname);
const page = join(ROOT, 'docs/mutation.md');
const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
const objections = mutationObjections(text, policyHashes(ROOT));
for (const objection of objections) process.stdout.write(`${objection}\n`);
if (objections.length > 0) process.stdout.write('run node bin/launch.js test/full/mutation/by-tests/cli.ts --stale\n');
process.exitCode = objections.length === 0 ? 0 : 1;
