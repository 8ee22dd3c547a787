// node bin/launch.js test/full/mutation/compare.ts OUT.jsonl
// Runs the shipped rows here and compares with what `npm run demo -- --out OUT.jsonl` wrote: the quick runner must tell the same.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { readRows, SHIPPED_ROWS } from './rows.ts';
import { runRows } from './run-rows.ts';

const KEYS = ['intent', 'tier', 'department', 'templateId', 'outcome'] as const;
const OutcomeRow = v.object({
  id: v.string(),
  intent: v.string(),
  tier: v.nullable(v.number()),
  department: v.nullable(v.string()),
  templateId: v.nullable(v.string()),
  outcome: v.string(),
});

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: compare.ts OUT.jsonl\n');
  process.exit(2);
}
const told = new Map(
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(OutcomeRow, JSON.parse(line)))
    .map((row) => [row.id, row]),
);
const rows = readRows(SHIPPED_ROWS);
// Which message of a burst is overtaken depends on timing, so neither run is right about it.
const inBurst = new Set(rows.flatMap((row) => (row.burst === true ? [row.conversationId ?? row.id] : [])));
let compared = 0;
let different = 0;
for await (const { row, outcome } of runRows(rows)) {
  const other = told.get(row.id);
  if (other === undefined || inBurst.has(row.conversationId ?? row.id)) continue;
  compared += 1;
  const keys = KEYS.filter((key) => other[key] !== outcome[key]);
  if (keys.length > 0) different += 1;
  for (const key of keys) process.stdout.write(`${row.id}: ${key} ${outcome[key]} here, ${other[key]} there\n`);
}
process.stdout.write(`${compared} rows compared, ${different} different\n`);
process.exitCode = different > 0 || compared === 0 ? 1 : 0;
