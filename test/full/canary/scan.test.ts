/** The scan finds what it is there to find, in every channel and encoding, and nothing where nothing is. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../local/aws/database.ts';
import { PLANTED } from './planted.ts';
import { scanBytes, scanFile } from './scan/scan.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-planted-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const found = async () =>
  (await Promise.all(readdirSync(folder).map((name) => scanFile(name, join(folder, name))))).flatMap(
    ({ leaks }) => leaks,
  );

describe('a planted leak', () => {
  it.each(PLANTED)('$channel: $how', async ({ plant, mark, encoding, seenIn }) => {
    await plant(folder);
    const leaks = await found();
    expect(leaks).toContainEqual(expect.objectContaining({ mark, encoding }));
    if (seenIn !== undefined) expect(leaks.map(({ place }) => place)).toEqual(seenIn);
  });
});

describe('what is none', () => {
  it.each([
    ['a digest with the digits of an order or a phone in it', `h_v1_${'ab90274'.repeat(6)}847293e1`],
    ['an instant', '{"at":1847293456789,"seq":902740}'],
    ['an order number of somebody else', 'order 90275001'],
    ['text in base64', Buffer.from('nothing to see here, '.repeat(20)).toString('base64')],
    ['what only begins like gzip', Buffer.from([0x1f, 0x8b, 0x08, 1, 2, 3, 4, 5, 6, 7]).toString('latin1')],
  ])('%s', async (_what, text) => {
    expect(await scanBytes('x', Buffer.from(text))).toEqual([]);
  });
});

it('what our own database deletes is overwritten, in the file and in the log (platform §4.1)', async () => {
  const database = openDatabase(join(folder, 'aws.sqlite'));
  database.exec('CREATE TABLE letters (id INTEGER PRIMARY KEY, body)');
  for (let row = 0; row < 40; row += 1)
    database.prepare('INSERT INTO letters (body) VALUES (?)').run(`${'x'.repeat(row * 700)} ada.Zuxqevim@canary.test`);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  expect(await found()).not.toEqual([]);
  database.exec('DELETE FROM letters');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  expect(await found()).toEqual([]);
  database.close();
});
