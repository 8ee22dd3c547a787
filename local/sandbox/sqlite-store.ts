/** The sandbox's rows in one SQLite file: what a request changed is there before its answer leaves. */
import { openDatabase, transact } from '../aws/database.ts';
import type { SandboxStore } from './model/collection.ts';
import { keysOf } from './model/keys.ts';

/**
 * `position` keeps the order of first insertion, which lists and logs rely on. `sandbox_keys` holds the secondary keys and
 * is made from the rows, so a file without it (0.1.0) gets it when it is opened.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS sandbox_rows (
  position INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (collection, id)
);
CREATE TABLE IF NOT EXISTS sandbox_keys (
  collection TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (collection, key, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sandbox_keys_of_row ON sandbox_keys (collection, id);
`;
const WITH_KEYS = 1;

/** Opens the file; WAL with `NORMAL` survives the death of the process (reference/toolchain.md). */
export function openSandboxStore(file: string | null): SandboxStore {
  const database = openDatabase(file);
  database.exec(TABLES);
  const readOne = database.prepare('SELECT value FROM sandbox_rows WHERE collection = ? AND id = ?');
  const readAll = database.prepare('SELECT id, value FROM sandbox_rows WHERE collection = ? ORDER BY position');
  const oldest = database.prepare('SELECT id FROM sandbox_rows WHERE collection = ? ORDER BY position LIMIT ?');
  const count = database.prepare('SELECT count(*) AS size FROM sandbox_rows WHERE collection = ?');
  const idsWith = database.prepare(
    `SELECT k.id FROM sandbox_keys k JOIN sandbox_rows r ON r.collection = k.collection AND r.id = k.id
     WHERE k.collection = ? AND k.key = ? ORDER BY r.position`,
  );
  const write = database.prepare(
    'INSERT INTO sandbox_rows (collection, id, value) VALUES (?, ?, ?) ON CONFLICT (collection, id) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM sandbox_rows WHERE collection = ? AND id = ?');
  const writeKey = database.prepare('INSERT INTO sandbox_keys (collection, key, id) VALUES (?, ?, ?)');
  const removeKeys = database.prepare('DELETE FROM sandbox_keys WHERE collection = ? AND id = ?');

  function writeKeys(collection: string, id: string, value: unknown): void {
    removeKeys.run(collection, id);
    for (const key of new Set(keysOf(collection, value))) writeKey.run(collection, key, id);
  }

  const { user_version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (user_version < WITH_KEYS)
    transact(database, () => {
      const rows = database.prepare('SELECT collection, id, value FROM sandbox_rows').all();
      for (const { collection, id, value } of rows as { collection: string; id: string; value: string }[])
        writeKeys(collection, id, JSON.parse(value));
      database.exec(`PRAGMA user_version = ${WITH_KEYS}`);
    });

  return {
    get(collection, id) {
      const row = readOne.get(collection, id) as { value: string } | undefined;
      return row === undefined ? undefined : JSON.parse(row.value);
    },
    *entries(collection) {
      for (const { id, value } of readAll.all(collection) as { id: string; value: string }[])
        yield [id, JSON.parse(value) as unknown] as const;
    },
    idsWith: (collection, key) => (idsWith.all(collection, key) as { id: string }[]).map(({ id }) => id),
    oldest: (collection, limit) => (oldest.all(collection, limit) as { id: string }[]).map(({ id }) => id),
    size: (collection) => (count.get(collection) as { size: number }).size,
    commit(changes) {
      transact(database, () => {
        for (const { collection, id, value } of changes) {
          if (value === undefined) {
            remove.run(collection, id);
            removeKeys.run(collection, id);
          } else {
            write.run(collection, id, JSON.stringify(value));
            writeKeys(collection, id, value);
          }
        }
      });
    },
    close: () => database.close(),
  };
}
