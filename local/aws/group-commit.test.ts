/** Durability is looked at from a second connection, which sees only what is committed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, transact } from './database.ts';
import { createGroupCommit } from './group-commit.ts';

let folder: string;
let database: DatabaseSync;
let witness: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-group-'));
  database = openDatabase(join(folder, 'aws.sqlite'));
  database.exec('CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT');
  witness = openDatabase(join(folder, 'aws.sqlite'));
});
afterEach(() => {
  witness.close();
  if (database.isOpen) database.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (n: number) => () => {
  database.prepare('INSERT INTO t (n) VALUES (?)').run(n);
  return n;
};
const committed = () =>
  witness
    .prepare('SELECT n FROM t ORDER BY n')
    .all()
    .map((row) => row.n);

describe('createGroupCommit', () => {
  it('answers each after the one commit that all share', async () => {
    const group = createGroupCommit(database);
    const executed = vi.spyOn(database, 'exec');
    const seen: unknown[][] = [];
    const answers = [1, 2, 3].map(async (n) => {
      const value = await group.run(insert(n));
      seen.push(committed());
      return value;
    });
    expect(committed()).toEqual([]);
    expect(await Promise.all(answers)).toEqual([1, 2, 3]);
    expect(seen).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(executed.mock.calls.filter(([sql]) => sql === 'COMMIT')).toHaveLength(1);
  });

  it('undoes only the work that threw', async () => {
    const group = createGroupCommit(database);
    const results = await Promise.allSettled([
      group.run(insert(1)),
      group.run(() => {
        insert(2)();
        throw new Error('refused');
      }),
      group.run(insert(1)),
      group.run(insert(3)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(committed()).toEqual([1, 3]);
  });

  it('leaves no transaction open for others: theirs commits or rolls back alone', async () => {
    const group = createGroupCommit(database);
    const answer = group.run(insert(1));
    expect(database.isTransaction).toBe(false);
    transact(database, insert(2));
    expect(committed()).toEqual([2]);
    expect(() =>
      transact(database, () => {
        insert(3)();
        throw new Error('refused');
      }),
    ).toThrow('refused');
    await answer;
    expect(committed()).toEqual([1, 2]);
  });

  it('joins a transact inside the work to the group', async () => {
    const group = createGroupCommit(database);
    const nested = () =>
      transact(database, () => {
        insert(1)();
        throw new Error('refused');
      });
    const results = await Promise.allSettled([group.run(nested), group.run(() => transact(database, insert(2)))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(committed()).toEqual([2]);
  });

  it('takes what arrives from an answer into the next group', async () => {
    const group = createGroupCommit(database);
    await group.run(insert(1)).then(() => group.run(insert(2)));
    expect(committed()).toEqual([1, 2]);
  });

  it('rejects all when the commit is lost, and goes on', async () => {
    const group = createGroupCommit(database);
    const loseAll = () => database.exec('ROLLBACK');
    const results = await Promise.allSettled([group.run(insert(1)), group.run(loseAll), group.run(insert(2))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(committed()).toEqual([]);
    await group.run(insert(3));
    expect(committed()).toEqual([3]);
  });

  it('rejects what waits when the database is closed', async () => {
    const answer = createGroupCommit(database).run(insert(1));
    database.close();
    await expect(answer).rejects.toThrow();
    expect(committed()).toEqual([]);
  });
});
