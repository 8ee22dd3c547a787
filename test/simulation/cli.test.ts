/** The command as a script meets it: a planted bug, where exit 0 is the proof that it was found, and a result that has nowhere to go. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));
const LONG_MS = 120_000;

function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
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

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const FILE = join(folder, 'file');
writeFileSync(FILE, '');

it.each([
  { when: '--json in no folder', args: ['--json', join(folder, 'none', 'x.json')], says: 'there is no folder' },
  {
    when: '--json in no folder, on the wire',
    args: ['--wire', '--json', join(folder, 'none', 'x.json')],
    says: 'no folder',
  },
  { when: '--json that is a folder', args: ['--json', folder], says: 'is a folder: name a file in it' },
  { when: '--keep below a file', args: ['--keep', join(FILE, 'kept')], says: `${FILE} is no folder: name another` },
])(
  '$when is refused with its cure before the first world',
  async ({ args, says }) => {
    const { code, stdout, stderr } = await run('--conversations', '1', '--faults', 'none', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  },
  LONG_MS,
);

it(
  'a result that cannot be written in the end goes to standard output, and exits 1',
  async () => {
    const { code, stdout, stderr } = await run('--conversations', '1', '--faults', 'none', '--json', '/dev/full');
    expect([code, stderr]).toEqual([1, expect.stringContaining('--json /dev/full cannot be written (ENOSPC)')]);
    expect(JSON.parse(stdout)).toMatchObject({ conversations: 1 });
  },
  LONG_MS,
);
