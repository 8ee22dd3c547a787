import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pack, unpack } from './archive-file.ts';

const NOW = Date.UTC(2026, 0, 31);
/** Around the block size, where padding goes wrong first. */
const SIZES = [0, 1, 511, 512, 513, 300_000];

let home: string;
let target: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-archive-'));
  target = join(home, 'out');
  mkdirSync(target);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const names = SIZES.map((size) => `file-${size}`);
const contentOf = (size: number): Buffer => Buffer.alloc(size, `content of ${size}`);
const file = (): string => join(home, 'all.tar.gz');

async function packed(): Promise<void> {
  for (const size of SIZES) writeFileSync(join(home, `file-${size}`), contentOf(size));
  await pack(file(), home, names, NOW);
}

describe('a backup as one file', () => {
  it('comes back as it was, with the hash of each member, and is its owner’s alone', async () => {
    await packed();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await unpack(file(), target, () => true)).toEqual(
      SIZES.map((size) => ({
        name: `file-${size}`,
        bytes: size,
        sha256: createHash('sha256').update(contentOf(size)).digest('hex'),
      })),
    );
    for (const size of SIZES) expect(readFileSync(join(target, `file-${size}`)).equals(contentOf(size))).toBe(true);
  });

  it('is a tar like any other', async () => {
    await packed();
    execFileSync('tar', ['-xzf', file(), '-C', target]);
    expect(readdirSync(target).sort()).toEqual([...names].sort());
    expect(readFileSync(join(target, 'file-513')).equals(contentOf(513))).toBe(true);
  });

  it('reads what tar wrote, and writes only what is wanted', async () => {
    await packed();
    const other = join(home, 'by-tar.tar.gz');
    execFileSync('tar', ['-czf', other, '--format=ustar', '-C', home, ...names]);
    const members = await unpack(other, target, (name) => name === 'file-512');
    expect(members.map(({ name }) => name)).toEqual(names);
    expect(readdirSync(target)).toEqual(['file-512']);
  });

  it.each([0.1, 0.5, 0.9, 0.999])('cut off at %d of its length it is refused', async (share) => {
    await packed();
    const bytes = readFileSync(file());
    writeFileSync(file(), bytes.subarray(0, Math.floor(bytes.length * share)));
    await expect(unpack(file(), target, () => true)).rejects.toThrow();
  });

  it.each([
    ['no gzip', Buffer.from('no archive at all')],
    ['no tar', gzipSync(Buffer.alloc(2048, 'x'))],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused', async (_, bytes) => {
    writeFileSync(file(), bytes);
    await expect(unpack(file(), target, () => true)).rejects.toThrow();
  });

  it('a member with a path is refused: nothing may be written elsewhere', async () => {
    writeFileSync(join(home, 'evil'), 'x');
    execFileSync('tar', ['-czPf', file(), '--format=ustar', '-C', target, '../evil'], { stdio: 'ignore' });
    await expect(unpack(file(), target, () => true)).rejects.toThrow('no member of a backup');
  });
});
