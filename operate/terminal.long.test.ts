/** Real child processes on real terminals of 60, 80 and 120 columns: no table is wider, what is piped is whole, NO_COLOR is honoured. */
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../local/platform/release.ts';
import { frontdesk, frontdeskJson, type RunningInstance, startedInstance } from './instance/testing.ts';

let running: RunningInstance;
beforeAll(async () => {
  running = await startedInstance();
  await frontdeskJson(running.data, 'say', 'where is my order?');
  await frontdeskJson(running.data, 'say', 'I will sue you, my lawyer writes tomorrow.');
  await frontdeskJson(
    running.data,
    'flags',
    'set',
    'tier2_enabled',
    'false',
    '--reason',
    'a reason of some length, for the list',
  );
});
afterAll(async () => {
  await running.stop();
  running.remove();
});

/** `script` gives a process a terminal; util-linux has it wherever Linux is, macOS has another. */
const HAS_SCRIPT = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

function onTerminal(
  columns: number,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const words = [process.execPath, join(ROOT, 'bin/frontdesk.js'), '--data', running.data, ...args];
  const command = `stty cols ${columns} rows 50; ${words.map((word) => `'${word}'`).join(' ')}`;
  // Node takes no terminal of a build server for a coloured one.
  const { NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...own } = process.env;
  return new Promise((resolve) => {
    execFile(
      'script',
      ['-qec', command, '/dev/null'],
      { cwd: ROOT, env: { ...own, TERM: 'xterm-256color', ...variables }, maxBuffer: 1 << 24 },
      (_, out) => resolve(out.replaceAll('\r', '')),
    );
  });
}

/** Lines of a table have two blanks between cells; a sentence is the terminal's to break. */
const tooWide = (text: string, columns: number): string[] =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => /\S {2,}\S/.test(line) && [...line].length > columns);

const LISTINGS: readonly (readonly string[])[] = [
  ['status'],
  ['flags'],
  ['flags', 'get', 'tier2_enabled'],
  ['archive', 'list'],
  ['dlq', 'list'],
  ['drill', '--list'],
  ['doctor'],
  ['metrics'],
  ['secret', 'status'],
  ['cost'],
  ['quality'],
  ['quality', 'queue'],
  ['templates', 'macros'],
  ['audit', 'verify'],
];

describe.runIf(HAS_SCRIPT)('on a terminal', () => {
  it.each(LISTINGS.map((args) => [args.join(' '), args] as const))(
    '%s fits 60, 80 and 120 columns',
    async (_, args) => {
      const texts = await Promise.all(
        [60, 80, 120].map(async (columns) => [columns, await onTerminal(columns, args)] as const),
      );
      for (const [columns, text] of texts) {
        expect(text.trim(), String(columns)).not.toBe('');
        expect(tooWide(text, columns), `${columns} columns`).toEqual([]);
      }
    },
    120_000,
  );

  it('colours where the terminal takes them, and not where NO_COLOR is set', async () => {
    expect(await onTerminal(100, ['status'])).toContain('\u001b[');
    expect(await onTerminal(100, ['status'], { NO_COLOR: '1' })).not.toContain('\u001b[');
  }, 60_000);
});

describe('what is piped', () => {
  it('is whole, whatever COLUMNS says, and plain', async () => {
    const { out } = await frontdesk(running.data, 'flags');
    expect(out).toContain('template_enabled/t_order_eta_no_tracking_verified');
    expect([out.includes('…'), out.includes('\u001b')]).toEqual([false, false]);
  });

  it.each([
    { when: 'FORCE_COLOR', variables: { FORCE_COLOR: '1' }, isColoured: true },
    { when: 'NO_COLOR', variables: { NO_COLOR: '1' }, isColoured: false },
    { when: 'nothing', variables: {}, isColoured: false },
  ])(
    'is coloured as $when says; JSON never is',
    async ({ variables, isColoured }) => {
      const { NO_COLOR: _no, FORCE_COLOR: _force, ...own } = process.env;
      const words = [join(ROOT, 'bin/frontdesk.js'), '--data', running.data];
      const run = (...args: readonly string[]) =>
        spawnSync(process.execPath, [...words, ...args], { cwd: ROOT, env: { ...own, ...variables }, encoding: 'utf8' })
          .stdout;
      expect(run('status').includes('\u001b[')).toBe(isColoured);
      expect(() => JSON.parse(run('--json', 'status'))).not.toThrow();
    },
    60_000,
  );
});
