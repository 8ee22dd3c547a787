// node bin/launch.js test/full/bench/cli.ts NAME
// Runs a benchmark and says whether its limit of issue 4 is held.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from './limits.ts';

const name = process.argv[2] ?? '';
const limit = LIMITS[name];
if (limit === undefined) throw new Error(`give one of ${Object.keys(LIMITS).join(', ')}`);
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-limit-'));
const json = join(folder, 'rows.json');
try {
  const root = join(import.meta.dirname, '..', '..', '..');
  const run = spawnSync(
    process.execPath,
    [join(root, 'bin/launch.js'), 'test/bench/cli.ts', ...limit.args, '--json', json],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (run.status !== 0) throw new Error(`the benchmark ended with ${run.status}`);
  const { figure, isHeld } = limit.judge(JSON.parse(readFileSync(json, 'utf8')));
  process.stdout.write(`${name}: ${figure}${isHeld ? '' : ': not held'}\n`);
  process.exitCode = isHeld ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
