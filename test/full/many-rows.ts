import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// node bin/launch.js test/full/many-rows.ts [COUNT]
// Writes a message file of COUNT rows (5,000) from the shipped set, every conversation and customer its own, and runs it.

const count = Number(process.argv[2] ?? 5000);
const root = join(import.meta.dirname, '..', '..');
const shipped = readFileSync(join(root, 'local/demo/messages.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as { id: string; conversationId?: string; customer?: { email?: string } });

const rows = Array.from({ length: count }, (_, index) => {
  const round = Math.floor(index / shipped.length);
  const row = shipped[index % shipped.length];
  if (row === undefined) throw new Error('the shipped set is empty');
  const email = row.customer?.email;
  // The address stands in the order too, sometimes in other capitals: both must stay one customer.
  const own =
    email === undefined
      ? row
      : (JSON.parse(
          JSON.stringify(row).replace(new RegExp(email.replaceAll(/\W/g, '\\$&'), 'gi'), (spelt) =>
            spelt.replace('@', `+${round}@`),
          ),
        ) as typeof row);
  return { ...own, id: `${row.id}-${round}`, conversationId: `${row.conversationId ?? row.id}-${round}` };
});

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
