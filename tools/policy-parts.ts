/**
 * Writes what is generated from the policy's data: `policy/generated/parts.json` and `docs/policy.md`. Refuses while a
 * changed part has not had its version raised.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jsonText } from './catalogue/json-text.ts';
import { lockOf, type PartLock, unversioned } from './policy/lock.ts';
import { policyPage } from './policy/page.ts';
import { PARTS } from './policy/parts.ts';

const root = join(import.meta.dirname, '..');
const lockFile = join(root, 'policy/generated/parts.json');

const locked: PartLock = existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')) : {};
const refusals = unversioned(PARTS, locked);
if (refusals.length > 0) {
  process.stderr.write(`${refusals.join('\n')}\nthen run node bin/launch.js tools/policy-parts.ts\n`);
  process.exitCode = 1;
} else {
  const lock = lockOf(PARTS);
  mkdirSync(dirname(lockFile), { recursive: true });
  writeFileSync(lockFile, jsonText(lock));
  writeFileSync(join(root, 'docs/policy.md'), policyPage(lock));
  process.stdout.write(`${Object.keys(lock).length} parts written to policy/generated/parts.json and docs/policy.md\n`);
}
