/** The sandbox's rows in one SQLite file: what a request changed is there before its answer leaves. */
import { openDatabase } from '../aws/database.ts';
import type { SandboxStore } from './sandbox.ts';

/** Opens the file; WAL with `NORMAL` survives the death of the process (reference/toolchain.md). */
export function openSandboxStore(file: string): SandboxStore {
  const database = openDatabase(file);
  // `position` keeps the order of first insertion, which lists and logs rely on.
  database.exec(`CREATE TABLE IF NOT EXISTS sandbox_rows (
    position INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (collection, id)
  )`);
  const read = database.prepare('SELECT collection, id, value FROM sandbox_rows ORDER BY position');
  const write = database.prepare(
    'INSERT INTO sandbox_rows (collection, id, value) VALUES (?, ?, ?) ON CONFLICT (collection, id) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM sandbox_rows WHERE collection = ? AND id = ?');
  return {
    load: () =>
      read.all().map((row) => ({
        collection: String(row.collection),
        id: String(row.id),
        value: JSON.parse(String(row.value)) as unknown,
      })),
    commit: (changes) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const { collection, id, value } of changes) {
          if (value === undefined) remove.run(collection, id);
          else write.run(collection, id, JSON.stringify(value));
        }
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}
