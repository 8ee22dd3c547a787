/** interfaces §1: one instance a folder, newer folders refused, older ones copied aside and migrated, resumably. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import type { Migration } from './migrate.ts';
import { StartProblem } from './problem.ts';
import { ownIdentity } from './process-identity.ts';

let home: string;
let data: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-folder-'));
  data = join(home, 'data');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const written = (name: string): string => readFileSync(join(data, name), 'utf8').trim();
const folderWith = (name: string, text: string): void => {
  mkdirSync(data);
  writeFileSync(join(data, name), text);
};
/** No process of this machine has a number that high (pid_max is at most 4,194,304). */
const DEAD = { pid: 999_999_999, startTicks: null };

/** Adds its number to the file `state`, by way of a new file. */
const step = (to: number, build: Migration['build'] = async () => {}): Migration => ({
  to,
  about: `to ${to}`,
  obsolete: [`old-${to}`],
  objection: () => null,
  async build(work) {
    await build(work);
    writeFileSync(join(work.next, 'state'), `${readFileSync(join(work.folder, 'state'), 'utf8')} ${to}`);
  },
});
const STEPS = [step(2), step(3)];
const copies = (): string[] => readdirSync(home).filter((name) => name.startsWith('data.'));

async function oldFolder(): Promise<void> {
  (await openDataFolder(data, { release: '0.1.0', schema: 1, migrations: [] })).release();
  // 0.1.0 wrote no such file.
  rmSync(join(data, 'schema'));
  writeFileSync(join(data, 'state'), 'old');
  writeFileSync(join(data, 'old-2'), 'over');
}

describe('openDataFolder', () => {
  it('makes a folder for its owner only, with the release that made it', async () => {
    const folder = await openDataFolder(data, { release: '0.1.0', schema: 2 });
    expect([
      folder.isNew,
      folder.followsDeath,
      written('version'),
      written('schema'),
      statSync(data).mode & 0o777,
    ]).toEqual([true, false, '0.1.0', '2', 0o700]);
    folder.release();
    expect(existsSync(join(data, 'lock'))).toBe(false);
  });

  it('knows a folder again that was left cleanly', async () => {
    (await openDataFolder(data, { release: '0.1.0' })).release();
    const folder = await openDataFolder(data, { release: '0.1.0' });
    expect([folder.isNew, folder.followsDeath]).toEqual([false, false]);
  });

  it('begins anew where a process died before it had written the version', async () => {
    folderWith('schema', '2\n');
    expect((await openDataFolder(data)).isNew).toBe(true);
  });

  it('is made with the folders above it', async () => {
    const deep = join(data, 'a', 'b');
    (await openDataFolder(deep)).release();
    expect(statSync(deep).mode & 0o777).toBe(0o700);
  });

  it.runIf(process.platform === 'linux')('that nobody can make is refused, and at once', async () => {
    await expect(openDataFolder('/proc/frontdesk/data')).rejects.toThrow(
      /--data \/proc\/frontdesk\/data cannot be written \(E\w+\): check its permissions or name another folder/,
    );
  });

  it('refuses a second instance and names the first', async () => {
    await openDataFolder(data);
    await expect(openDataFolder(data)).rejects.toThrow(
      new StartProblem(
        `--data ${data} is in use by process ${process.pid}: stop that one (kill ${process.pid}), or give this one another --data folder.`,
      ),
    );
  });

  it.each([
    ['dead', JSON.stringify(DEAD)],
    ['another with the same number', JSON.stringify({ ...ownIdentity(), startTicks: '1' })],
    ['dead before it had written its number', ''],
  ])('takes a lock over whose process is %s', async (_, lock) => {
    (await openDataFolder(data, { release: '0.1.0' })).release();
    writeFileSync(join(data, 'lock'), lock);
    expect((await openDataFolder(data, { release: '0.1.0' })).followsDeath).toBe(true);
    expect(JSON.parse(written('lock')).pid).toBe(process.pid);
  });

  it.each([
    ['release', '0.10.0', '2', /was written by Frontdesk 0\.10\.0, newer than this 0\.9\.0/],
    ['schema', '0.9.0', '3', /was written by Frontdesk 0\.9\.0 \(schema 3\), newer than this 0\.9\.0/],
  ])('refuses a folder of a newer %s and writes nothing', async (_, version, schema, problem) => {
    folderWith('version', `${version}\n`);
    writeFileSync(join(data, 'schema'), `${schema}\n`);
    await expect(openDataFolder(data, { release: '0.9.0', schema: 2 })).rejects.toThrow(problem);
    expect(readdirSync(data).sort()).toEqual(['schema', 'version']);
  });

  it('copies an older folder aside, then migrates it step by step', async () => {
    await oldFolder();
    const told: string[] = [];
    const options = { release: '0.3.0', schema: 3, migrations: STEPS, tell: (line: string) => void told.push(line) };
    (await openDataFolder(data, options)).release();
    expect([written('version'), written('schema'), written('state')]).toEqual(['0.3.0', '3', 'old 2 3']);
    expect(readdirSync(data).sort()).toEqual(['schema', 'state', 'version']);
    const [copy = ''] = copies();
    expect(copy).toMatch(/^data\.before-schema-3-\d{8}T\d{6}Z$/);
    expect(readdirSync(join(home, copy)).sort()).toEqual(['old-2', 'state', 'version']);
    expect(readFileSync(join(home, copy, 'state'), 'utf8')).toBe('old');
    expect(told.at(-1)).toContain(copy);
  });

  it('writes a newer release into a folder of the same form, without a copy', async () => {
    (await openDataFolder(data, { release: '0.2.0', schema: 2 })).release();
    await openDataFolder(data, { release: '0.2.1', schema: 2 });
    expect([written('version'), copies()]).toEqual(['0.2.1', []]);
  });

  it('interrupted at any step it goes on from there, keeps the first copy, and ends the same', async () => {
    const names: string[] = [];
    await oldFolder();
    const options = { release: '0.3.0', schema: 3, migrations: STEPS };
    (await openDataFolder(data, { ...options, onStep: (name) => void names.push(name) })).release();
    expect(names).toContain('copied aside');
    for (const [index, name] of names.entries()) {
      rmSync(home, { recursive: true });
      mkdirSync(home);
      await oldFolder();
      let step = 0;
      const onStep = (): void => {
        if (step++ === index) throw new Error(name);
      };
      await expect(openDataFolder(data, { ...options, onStep })).rejects.toThrow(name);
      (await openDataFolder(data, options)).release();
      expect([name, written('version'), written('schema'), written('state')]).toEqual([name, '0.3.0', '3', 'old 2 3']);
      expect([name, copies().length, readdirSync(data).sort()]).toEqual([name, 1, ['schema', 'state', 'version']]);
    }
  });

  it('leaves a folder alone that it cannot migrate', async () => {
    await oldFolder();
    const objecting = { ...step(2), objection: () => 'it is broken: restore a copy.' };
    await expect(openDataFolder(data, { release: '0.3.0', schema: 2, migrations: [objecting] })).rejects.toThrow(
      new StartProblem('it is broken: restore a copy.'),
    );
    expect([readdirSync(data).sort(), copies()]).toEqual([['old-2', 'state', 'version'], []]);
  });

  it('does not begin where there is no room for the copy and the new files', async () => {
    await oldFolder();
    const options = { release: '0.3.0', schema: 3, migrations: STEPS, freeBytes: () => 50_000_000 };
    await expect(openDataFolder(data, options)).rejects.toThrow(/needs 51 MB of disk where 50 MB are free: make room/);
    expect([readdirSync(data).sort(), copies()]).toEqual([['old-2', 'state', 'version'], []]);
  });

  it.each([
    ['a file', () => writeFileSync(data, ''), /is a file: name a folder/],
    ['a folder of something else', () => folderWith('letters.txt', ''), /holds other files/],
    ['an unreadable version', () => folderWith('version', 'yes'), /unreadable version file/],
  ])('refuses %s in one line', async (_, prepare, problem) => {
    prepare();
    await expect(openDataFolder(data)).rejects.toThrow(problem);
  });
});
