/** One consistent moment of several SQLite files that another process may be writing. */
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const BUSY_MS = 10_000;
/** A writer commits every few milliseconds, the look takes well below one: a handful of tries is usual. */
const TRIES = 500;
/** 4 MB at a time, so that a large file does not hold memory. */
const PAGES_AT_ONCE = 1_000;

/**
 * Copies the files as they were at one and the same moment, as a `kill -9` would have left them. The writer is not held up: each
 * copy reads from its own snapshot of the write-ahead log. Throws when no moment without a commit was found.
 */
export async function copyOneMoment(folder: string, names: readonly string[], target: string): Promise<void> {
  const open = (name: string): DatabaseSync =>
    new DatabaseSync(join(folder, name), { readOnly: true, timeout: BUSY_MS });
  const snapshots: DatabaseSync[] = [];
  const watchers: DatabaseSync[] = [];
  try {
    for (const name of names) snapshots.push(open(name));
    for (const name of names) watchers.push(open(name));
    await beginTogether(snapshots, watchers);
    for (const [index, name] of names.entries()) {
      const snapshot = snapshots[index];
      if (snapshot !== undefined) await backup(snapshot, join(target, name), { rate: PAGES_AT_ONCE });
    }
  } finally {
    for (const database of [...snapshots, ...watchers]) database.close();
  }
}

/** Snapshots begin one after the other; they are of one moment when no file changed between the first and the last. */
async function beginTogether(snapshots: readonly DatabaseSync[], watchers: readonly DatabaseSync[]): Promise<void> {
  for (let round = 0; round < TRIES; round += 1) {
    const before = watchers.map(versionOf);
    for (const database of snapshots) {
      database.exec('BEGIN');
      // A transaction takes its snapshot with its first read.
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
    }
    if (watchers.every((watcher, index) => versionOf(watcher) === before[index])) return;
    for (const database of snapshots) database.exec('ROLLBACK');
    await sleep(Math.random() * 5);
  }
  throw new Error('the files change too fast');
}

/** Changes with every commit of another connection. */
function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA data_version').get()?.data_version);
}
