/** Three seeds of a thousand conversations under every fault (issue 7), run as a user runs them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MUST_BE_ZERO } from './must-be-zero.ts';
import type { Report } from './report.ts';
import { FAULT_NAMES } from './world/faults.ts';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));
const LONG_MS = 180_000;
const ZEROS = Object.fromEntries(MUST_BE_ZERO.map((name) => [name, 0]));

type Ended = { readonly code: number; readonly stderr: string; readonly report: Report };

/** In a folder of its own, under its own zone and locale. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-simulate-'));
  const json = join(folder, 'report.json');
  return new Promise((resolve) => {
    const given = [CLI, ...args, '--workers', '2', '--json', json];
    execFile(process.execPath, given, { cwd: folder, env: { ...process.env, ...env } }, (error, _stdout, stderr) => {
      const code = error ? Number(error.code ?? 1) : 0;
      resolve({ code, stderr, report: JSON.parse(readFileSync(json, 'utf8')) });
    });
  });
}

describe('a thousand conversations under every fault', () => {
  it.each(['1', '2', '3'])(
    'under seed %s settle, each message once, with at most one reply, and none is lost',
    async (seed) => {
      const { code, stderr, report } = await run(['--seed', seed, '--conversations', '1000']);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(report).toMatchObject({ ...ZEROS, conversations: 1_000 });
      // A run in which nobody was answered or nothing went wrong would prove nothing.
      expect(report.repliesSent).toBeGreaterThan(150);
      expect(FAULT_NAMES.filter((name) => !report.faults[name])).toEqual([]);
    },
    LONG_MS,
  );
});

it(
  'the same seed gives the same digest in another zone, locale, folder and process, on one thread or two',
  async () => {
    const args = ['--seed', 'places', '--conversations', '40'];
    const there = await run(args, { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' });
    const here = await run([...args, '--workers', '1'], { TZ: 'UTC', LC_ALL: 'C' });
    expect(here).toMatchObject({ code: 0, report: ZEROS });
    expect(there.report).toEqual({ ...here.report, wallMs: expect.any(Number) });
    expect(there.report.historySha256).toMatch(/^[0-9a-f]{64}$/);
  },
  LONG_MS,
);
