/** interfaces §1: one instance a folder, newer folders refused, older ones copied aside and migrated. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';
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

describe('openDataFolder', () => {
  it('makes a folder for its owner only, with the release that made it', () => {
    const folder = openDataFolder(data, { release: '0.1.0' });
    expect([folder.isNew, folder.followsDeath, written('version'), statSync(data).mode & 0o777]).toEqual([
      true,
      false,
      '0.1.0',
      0o700,
    ]);
    folder.release();
    expect(existsSync(join(data, 'lock'))).toBe(false);
  });

  it('knows a folder again that was left cleanly', () => {
    openDataFolder(data, { release: '0.1.0' }).release();
    const folder = openDataFolder(data, { release: '0.1.0' });
    expect([folder.isNew, folder.followsDeath]).toEqual([false, false]);
  });

  it('refuses a second instance and names the first', () => {
    openDataFolder(data);
    expect(() => openDataFolder(data)).toThrow(
      new StartProblem(
        `--data ${data} is in use by process ${process.pid}: stop that one (kill ${process.pid}), or give this one another --data folder.`,
      ),
    );
  });

  it.each([
    ['dead', JSON.stringify(DEAD)],
    ['another with the same number', JSON.stringify({ ...ownIdentity(), startTicks: '1' })],
    ['dead before it had written its number', ''],
  ])('takes a lock over whose process is %s', (_, lock) => {
    openDataFolder(data, { release: '0.1.0' }).release();
    writeFileSync(join(data, 'lock'), lock);
    expect(openDataFolder(data, { release: '0.1.0' }).followsDeath).toBe(true);
    expect(JSON.parse(written('lock')).pid).toBe(process.pid);
  });

  it('refuses a folder of a newer release and writes nothing', () => {
    mkdirSync(data);
    writeFileSync(join(data, 'version'), '0.10.0\n');
    expect(() => openDataFolder(data, { release: '0.9.0' })).toThrow(
      /was written by Frontdesk 0\.10\.0, newer than this 0\.9\.0/,
    );
    expect(existsSync(join(data, 'lock'))).toBe(false);
  });

  it('copies an older folder aside, then migrates it step by step', () => {
    openDataFolder(data, { release: '0.1.0' }).release();
    writeFileSync(join(data, 'state'), 'old');
    const step = (from: string, to: string) => ({
      from,
      to,
      run: () => writeFileSync(join(data, 'state'), `${written('state')} ${to}`),
    });
    openDataFolder(data, { release: '0.3.0', migrations: [step('0.1.0', '0.2.0'), step('0.2.0', '0.3.0')] });
    expect([written('version'), written('state')]).toEqual(['0.3.0', 'old 0.2.0 0.3.0']);
    expect(readFileSync(join(`${data}.of-0.1.0`, 'state'), 'utf8')).toBe('old');
  });

  it('goes on with a migration that was interrupted, and keeps the first copy', () => {
    openDataFolder(data, { release: '0.1.0' }).release();
    writeFileSync(join(data, 'state'), 'old');
    const steps = [
      { from: '0.1.0', to: '0.2.0', run: () => writeFileSync(join(data, 'state'), 'half') },
      {
        from: '0.2.0',
        to: '0.3.0',
        run: () => {
          throw new Error('power is gone');
        },
      },
    ];
    expect(() => openDataFolder(data, { release: '0.3.0', migrations: steps })).toThrow('power is gone');
    expect(written('version')).toBe('0.2.0');
    const ran: string[] = [];
    const again = steps.map(({ from, to }) => ({ from, to, run: () => void ran.push(to) }));
    openDataFolder(data, { release: '0.3.0', migrations: again });
    expect([ran, written('version')]).toEqual([['0.3.0'], '0.3.0']);
    expect(readFileSync(join(`${data}.of-0.1.0`, 'state'), 'utf8')).toBe('old');
  });

  it.each([
    ['a file', () => writeFileSync(data, ''), /is a file: name a folder/],
    ['a folder of something else', () => folderWith('letters.txt', ''), /holds other files/],
    ['an unreadable version', () => folderWith('version', 'yes'), /unreadable version file/],
  ])('refuses %s in one line', (_, prepare, problem) => {
    prepare();
    expect(() => openDataFolder(data)).toThrow(problem);
  });
});
