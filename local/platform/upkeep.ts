/** Gives the disk back, bit by bit, what deletion freed in a SQLite file. */
import type { DatabaseSync } from 'node:sqlite';

const EVERY_MS = 60_000;
/** 4 MB: some milliseconds of the one thread that serves everything. */
const PAGES_AT_ONCE = 1_000;
/** What stays for what is written next: 16 MB. */
const KEPT_PAGES = 4_000;

/** Answers how to stop it. */
export function startUpkeep(database: DatabaseSync): () => void {
  const timer = setInterval(() => giveBack(database), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** One bit; answers how many free pages there were before. */
export function giveBack(database: DatabaseSync, pages = PAGES_AT_ONCE, kept = KEPT_PAGES): number {
  const free = Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count);
  const surplus = Math.min(pages, free - kept);
  if (surplus > 0 && !database.isTransaction) database.exec(`PRAGMA incremental_vacuum(${surplus})`);
  return free;
}
