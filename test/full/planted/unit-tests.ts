/** Which unit tests notice a planted bug: those that depend on an edited file are run with it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Bug, filesOf } from '../../simulation/planted/bug.ts';
import { ROOT } from '../../simulation/planted/plant.ts';

export type Noticed = { readonly ran: number; readonly failed: readonly string[] };

type Told = { readonly testResults: readonly { readonly name: string; readonly status: string }[] };

/** @throws where vitest itself did not come to a result */
export async function unitTestsWith(bug: Bug): Promise<Noticed> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-planted-tests-'));
  const told = join(folder, 'told.json');
  const words = ['related', '--run', ...filesOf(bug), '--config', 'test/full/planted/vitest.config.ts'];
  try {
    await vitest(bug, [...words, '--reporter=json', `--outputFile=${told}`]);
    const { testResults } = JSON.parse(readFileSync(told, 'utf8')) as Told;
    const failed = testResults.filter(({ status }) => status !== 'passed').map(({ name }) => relative(ROOT, name));
    return { ran: testResults.length, failed: failed.toSorted() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest(bug: Bug, words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['bin/launch.js', 'tool', 'vitest', ...words], {
    cwd: ROOT,
    env: { ...process.env, FRONTDESK_PLANTED: bug.id },
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
}
