/** A planted bug as a script meets it: exit 0 is the proof that it was found. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));
const LONG_MS = 120_000;

function run(...args: readonly string[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, _stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stderr }),
    );
  });
}

const PLANTED = ['--plant', 'naive-close-branch', '--seed', 'planted/naive-close-branch', '--faults', 'none'];

it(
  'a planted bug that is found exits 0, and so does the command that has it again',
  async () => {
    const { code, stderr } = await run(...PLANTED, '--conversations', '5');
    expect([code, stderr]).toEqual([0, expect.stringContaining('naive-close-branch was planted and is found: ')]);
    const again = /^again: npm run simulate -- (.*)$/m.exec(stderr)?.[1] ?? '';
    expect(again).toContain('--plant naive-close-branch');
    const second = await run(...again.split(' '));
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('is found: settled-last')]);
  },
  LONG_MS,
);

it(
  'a planted bug that is not found exits 1',
  async () => {
    const { code, stderr } = await run('--plant', 'no-epoch-guard', '--conversations', '1', '--faults', 'none');
    expect([code, stderr]).toEqual([1, expect.stringContaining('no-epoch-guard is planted and was not found')]);
  },
  LONG_MS,
);
