/** The graphs of all stages for a part: of our own table or of a given one, or read from a file that `npm run stacks` wrote. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STAGES, type StageTable } from '../../../stacks/stages.ts';
import { type Graph, STAGES as NAMES } from '../../../tools/stacks/graph.ts';
import { makeGraphs } from '../../../tools/stacks/make.ts';

const ROOT = join(import.meta.dirname, '../../..');

export type Made = {
  readonly graphs: readonly Graph[];
  /** The table that they were made from. */
  readonly stages: StageTable;
  readonly seconds: number;
};

/** @param file  A file of `npm run stacks -- --json`, to look at what was made before. */
export function graphsInFile(file: string, stages: StageTable = STAGES): Made {
  return { graphs: JSON.parse(readFileSync(file, 'utf8')), stages, seconds: 0 };
}

/** @param stages  Other stages than those of stacks/stages.ts. */
export async function graphsOf(stages: StageTable): Promise<Made> {
  run('stacks:prepare');
  const began = performance.now();
  const graphs = await makeGraphs(NAMES, stages);
  return { graphs, stages, seconds: (performance.now() - began) / 1000 };
}

/** In one command after the preparing step. */
export function ownGraphs(): Made {
  run('stacks:prepare');
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-graphs-'));
  try {
    const out = join(folder, 'graphs.json');
    const began = performance.now();
    run('stacks', '--json', out);
    const seconds = (performance.now() - began) / 1000;
    return { ...graphsInFile(out), seconds };
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
