/** Issue 2 of 8 §6: `--version` everywhere. */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };

const BIN = import.meta.dirname;

/** Every npm script that runs a program of ours, and the operator's command line. A script of a tool answers for itself. */
const COMMANDS: (readonly [string, readonly string[]])[] = [
  ...Object.entries(packageFile.scripts)
    .map(([name, script]) => [`npm run ${name}`, script.split(' ').slice(1)] as const)
    .filter(([, [launcher, entry]]) => launcher === 'bin/launch.js' && entry !== 'tool'),
  ['npx frontdesk', ['bin/frontdesk.js']],
  ['npx frontdesk status', ['bin/frontdesk.js', 'status']],
];

it('finds the commands', () => {
  expect(COMMANDS.map(([name]) => name)).toEqual(
    expect.arrayContaining(['npm run start', 'npm run demo', 'npm run simulate', 'npm run check', 'npm run release']),
  );
});

it.concurrent.each(COMMANDS)('%s says its version in one line and does nothing else', async (_, words) => {
  expect(await run([...words, '--version'])).toEqual({
    code: 0,
    out: `frontdesk ${packageFile.version}\n`,
    err: '',
  });
});

function run(words: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, words, { cwd: dirname(BIN), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.err += text;
  });
  return new Promise((done) => child.on('close', (code) => done({ code, ...ended })));
}
