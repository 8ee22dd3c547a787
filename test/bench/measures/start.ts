/** `start`: from `npm start`'s spawn until everything accepts work, on a new data folder. The slowest of some counts. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../local/platform/release.ts';
import { percentiles, rounded } from '../row.ts';
import type { Measure } from './measure.ts';

const RUNS = 3;
const LOOK_EVERY_MS = 5;
const PATIENCE_MS = 60_000;

export const start: Measure = async () => {
  const times: number[] = [];
  // Once for the compile cache, which the first start after an installation fills.
  await startOnce();
  for (let run = 0; run < RUNS; run += 1) times.push(await startOnce());
  const { p50, max } = percentiles(times);
  return [{ name: 'start', unit: 'ms', value: rounded(max), p50, n: RUNS }];
};

async function startOnce(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-start-'));
  const readyFile = join(folder, 'ready.json');
  const args = ['--port-base', '0', '--data', join(folder, 'data'), '--traffic', '0', '--ready-file', readyFile];
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'bin/launch.js'), 'local/start.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    while (!existsSync(readyFile)) {
      if (child.exitCode !== null || performance.now() - began > PATIENCE_MS)
        throw new Error('npm start did not start');
      await sleep(LOOK_EVERY_MS);
    }
    return performance.now() - began;
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
