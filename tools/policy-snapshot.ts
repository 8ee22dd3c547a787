/**
 * node bin/launch.js tools/policy-snapshot.ts [--why 'what changed for people']
 * Tells which of the 200 fixed inputs are decided otherwise than stored; with a reason it stores the decisions of today.
 * Refuses where they differ under the version of the policy that they were stored with.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { decide } from '../policy/decide.ts';
import { readSnapshot, writtenSnapshot } from '../policy/snapshot.testing.ts';
import { POLICY_VERSION } from '../policy/versions.ts';

const file = join(import.meta.dirname, '../policy/testdata/decisions-200.jsonl');
const { values } = parseArgs({ options: { why: { type: 'string' } } });
const text = readFileSync(file, 'utf8');
const { head, rows } = readSnapshot(text);
const decisions = rows.map(({ input }) => decide(input));
const changed = rows.filter(({ decision }, at) => !isDeepStrictEqual(decision, decisions[at]));

for (const { id } of changed) process.stdout.write(`${id}: decided otherwise\n`);
process.stdout.write(`${changed.length} of ${rows.length} decided otherwise\n`);
if (changed.length > 0 && head.policy === POLICY_VERSION) {
  process.stderr.write(`another decision under policy ${POLICY_VERSION}: raise POLICY_VERSION in policy/versions.ts\n`);
  process.exitCode = 1;
} else if (values.why !== undefined && values.why !== '') {
  writeFileSync(file, writtenSnapshot(text, { policy: POLICY_VERSION, why: values.why }, decisions));
  process.stdout.write('stored; say the same under "## Unreleased" in CHANGELOG.md\n');
} else if (changed.length > 0 || head.policy !== POLICY_VERSION) {
  process.stderr.write("say why with --why '…'\n");
  process.exitCode = 1;
}
