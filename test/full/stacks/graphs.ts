/** The graphs of all stages for a part: made in one command after the preparing step, or read from a file that it wrote. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph } from '../../../tools/stacks/graph.ts';

const ROOT = join(import.meta.dirname, '../../..');

export type Made = { readonly graphs: readonly Graph[]; readonly seconds: number };

/** @param file  A file of `npm run stacks -- --json`, to look at what was made before. */
export function graphsOfAll(file: string | undefined): Made {
  if (file !== undefined) return { graphs: JSON.parse(readFileSync(file, 'utf8')), seconds: 0 };
  run('stacks:prepare');
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-graphs-'));
  try {
    const out = join(folder, 'graphs.json');
    const began = performance.now();
    run('stacks', '--json', out);
    const seconds = (performance.now() - began) / 1000;
    return { graphs: JSON.parse(readFileSync(out, 'utf8')), seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(script: string, ...args: string[]): void {
  const { status } = spawnSync('npm', ['run', '-s', script, '--', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`npm run ${script} ended with ${status}`);
}
