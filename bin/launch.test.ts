import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNode, isNewEnough } from './find-node.js';
import { complaintAbout } from './guard.js';

const BIN = import.meta.dirname;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-launch-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for a Node binary that only answers `--version`. */
function fakeNode(name: string, version: string): string {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'node'), `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(home, 'node'), 0o755);
  return home;
}

function script(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };

function start(args: string[], onOutput: (pid: number) => void = () => {}): Promise<Ended> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    onOutput(child.pid ?? 0);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((done) => child.on('close', (code, signal) => done({ code, signal, out, err })));
}

/** The arguments that run an entry the way a launcher on an old Node does: in a child. */
function inChild(entry: string): string[] {
  const call = `import(${JSON.stringify(join(BIN, 'run.js'))}).then((m) => m.runWith(process.execPath, ${JSON.stringify(entry)}, ['a b']))`;
  return ['-e', call];
}

describe('finding a Node (interfaces §1)', () => {
  it.each([
    ['v24.0.0', true],
    ['v25.1.0', true],
    ['v23.11.1', false],
    ['v20.20.2', false],
    ['', false],
  ])('%s is new enough: %s', (version, expected) => expect(isNewEnough(version)).toBe(expected));

  it('takes the first new one of the PATH and passes old ones by', () => {
    const path = [fakeNode('old', 'v20.1.0'), fakeNode('new', 'v24.3.0'), fakeNode('newer', 'v26.0.0')].join(':');
    expect(findNode({ path, pinned: undefined })).toBe(join(folder, 'new', 'node'));
  });

  it('takes the pinned one when the PATH has none', () => {
    const pinned = join(fakeNode('pinned', 'v24.9.0'), 'node');
    expect(findNode({ path: fakeNode('old', 'v20.1.0'), pinned })).toBe(pinned);
  });

  it('finds none where the pinned binary does not run on this machine', () => {
    const pinned = script('foreign-node', 'not a program');
    chmodSync(pinned, 0o755);
    expect(findNode({ path: '', pinned })).toBeUndefined();
  });
});

describe('the guard', () => {
  it('names WSL2 on native Windows', () => expect(complaintAbout('win32', 'v24.1.0')).toContain('WSL2'));
  it('names the cure on a Node older than 20', () => expect(complaintAbout('linux', 'v18.20.1')).toContain('Node 24'));
  it('is silent on Node 20', () => expect(complaintAbout('linux', 'v20.0.0')).toBe(''));
});

describe('launching', () => {
  const SHOW = 'const words: string[] = process.argv.slice(2); console.log(words.join("|")); process.exit(3);';

  it('runs TypeScript in the same process and keeps the exit code', async () => {
    const ended = await start([join(BIN, 'launch.js'), script('here.ts', SHOW), 'a b', '--c']);
    expect(ended).toMatchObject({ code: 3, out: 'a b|--c\n', err: '' });
  });

  it('runs a tool of node_modules', async () => {
    const ended = await start([join(BIN, 'launch.js'), 'tool', 'tsc', '--version']);
    expect(ended.out).toMatch(/^Version 7\./);
  });

  it('keeps arguments and exit code across a child', async () => {
    expect(await start(inChild(script('child.ts', SHOW)))).toMatchObject({ code: 3, out: 'a b\n' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('hands %s to the child and ends with its code', async (signal) => {
    const wait = `process.on('${signal}', () => process.exit(7)); setInterval(() => {}, 60_000); console.log('up');`;
    const ended = await start(inChild(script(`${signal}.ts`, wait)), (pid) => process.kill(pid, signal));
    expect(ended).toMatchObject({ code: 7, signal: null });
  });

  it('ends by the signal that ended the child', async () => {
    const ended = await start(inChild(script('killed.ts', `process.kill(process.pid, 'SIGKILL');`)));
    expect(ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it.each([
    [['nowhere.ts'], `there is no ${resolve(BIN, '..', 'nowhere.ts')}`],
    [['tool', 'no-such-tool'], 'npm ci'],
    [[], 'usage:'],
  ])('refuses %j with exit 2 and one line', async (args, words) => {
    const ended = await start([join(BIN, 'launch.js'), ...args]);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(words);
    expect(ended.err.trimEnd().split('\n')).toHaveLength(1);
  });
});
