import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { policyHashes } from '../test/full/mutation/by-tests/hashes.ts';
import { mutationObjections, notJudged } from '../test/full/mutation/by-tests/report.ts';

// Does docs/mutation.md speak of the policy as it is? node bin/launch.js tools/mutation-report.ts

const ROOT = dirname(import.meta.dirname);
const page = join(ROOT, 'docs/mutation.md');
const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
const objections = mutationObjections(text, policyHashes(ROOT));
const left = notJudged(text, policyHashes(ROOT));
if (left.length > 0)
  process.stdout.write(`not judged yet: ${left.length} files, among them ${left.slice(0, 3).join(', ')}\n`);
for (const objection of objections) process.stdout.write(`${objection}\n`);
if (objections.length > 0) process.stdout.write('run node bin/launch.js test/full/mutation/by-tests/cli.ts --stale\n');
process.exitCode = objections.length === 0 ? 0 : 1;
