/** The one SQLite file behind the local AWS endpoint; open in one process only. */
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The log is cut to this when it begins anew, which long readers (a backup) may put off. */
const MAX_WAL_BYTES = 16 * 1024 * 1024;
/** Copied into the file when the log has as many pages as that: each copying waits for the disk. */
const CHECKPOINT_PAGES = 4_000;
/** What is worked on fits: the default of 2 MB reads the same pages from the file again and again. */
const CACHE_KIB = 32 * 1024;

/**
 * Opens the file (or memory with `null`) in WAL mode. `NORMAL` survives the death of the process (reference/toolchain.md);
 * `FULL` also a loss of power.
 */
export function openDatabase(file: string | null, synchronous: 'NORMAL' | 'FULL' = 'NORMAL'): DatabaseSync {
  const database = new DatabaseSync(file ?? ':memory:');
  // The log beside it gets what the file has: its user's alone, wherever it is copied to.
  if (file !== null) chmodSync(file, 0o600);
  // Counts for a new file only, and must come first: pages that are freed can be given back bit by bit.
  database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec(`PRAGMA synchronous = ${synchronous}`);
  database.exec(`PRAGMA journal_size_limit = ${MAX_WAL_BYTES}`);
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  database.exec('PRAGMA foreign_keys = ON');
  // What is deleted is overwritten with zeros: a customer's words must not outlive their deletion in free pages.
  database.exec('PRAGMA secure_delete = ON');
  return database;
}

/** Runs synchronous work in one transaction, or as part of the one that is open; a throw rolls back and goes on. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // On a full disk SQLite has rolled back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
