import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../aws/database.ts';
import { giveBack, startUpkeep } from './upkeep.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-upkeep-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('what deletion freed', () => {
  it('goes back to the disk, but for what the next rows will take', () => {
    const file = join(home, 'one.sqlite');
    const database = openDatabase(file);
    database.exec('CREATE TABLE t (body BLOB)');
    const insert = database.prepare('INSERT INTO t VALUES (zeroblob(4000))');
    for (let row = 0; row < 1_000; row += 1) insert.run();
    database.exec('DELETE FROM t; PRAGMA wal_checkpoint(TRUNCATE)');
    const before = statSync(file).size;
    expect(before).toBeGreaterThan(4_000_000);

    expect(giveBack(database, 300, 100)).toBeGreaterThan(900);
    while (giveBack(database, 300, 100) > 100);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(statSync(file).size).toBeLessThan(600_000);
    expect(database.prepare('PRAGMA freelist_count').get()?.freelist_count).toBe(100);
    database.close();
  });
});

it('tells of a round that failed, and goes on with the next', () => {
  vi.useFakeTimers();
  const database = openDatabase(null);
  let rounds = 0;
  const removeExpired = () => {
    rounds += 1;
    if (rounds === 1) throw new Error('disk I/O error');
    return 0;
  };
  const troubles: string[] = [];
  const stop = startUpkeep(database, { removeExpired }, (what) => troubles.push(what));
  vi.advanceTimersByTime(180_000);
  stop();
  vi.advanceTimersByTime(180_000);
  vi.useRealTimers();
  database.close();
  expect([rounds, troubles.length]).toEqual([3, 1]);
});
