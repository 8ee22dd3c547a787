import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoMix } from '../bench/load/rows.ts';

// node bin/launch.js test/full/many-rows.ts [COUNT]
// Writes a message file of COUNT rows (5,000) from the shipped set, every conversation and customer its own, and runs it.

const count = Number(process.argv[2] ?? 5000);
const root = join(import.meta.dirname, '..', '..');
const rows = demoMix(count);

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-many-'));
const file = join(folder, 'messages.jsonl');
const json = join(folder, 'summary.json');
writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
const run = spawnSync(
  process.execPath,
  [join(root, 'bin/launch.js'), 'local/demo.ts', '--messages', file, '--strict', '--json', json],
  { cwd: root, stdio: 'inherit' },
);
const summary = JSON.parse(readFileSync(json, 'utf8')) as Record<string, number>;
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  `${summary.settled} of ${summary.messages} settled, ${summary.failed} failed, ${summary.tier0Replied} Tier 0 answered, ${Math.round((summary.durationMs ?? 0) / 1000)} s\n`,
);
process.exitCode = run.status === 0 && summary.settled === count && summary.tier0Replied === 0 ? 0 : 1;
