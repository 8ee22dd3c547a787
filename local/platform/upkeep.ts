/** What keeps a data folder from growing without need, beside the ends of life that tables and archives look after themselves. */
import type { DatabaseSync } from 'node:sqlite';
import type { Sqs } from '../aws/sqs/sqs.ts';

const EVERY_MS = 60_000;
/** 4 MB: some milliseconds of the one thread that serves everything. */
const PAGES_AT_ONCE = 1_000;
/** What stays for what is written next: 16 MB. */
const KEPT_PAGES = 4_000;

/** Answers how to stop it; `onTrouble` is told of a round that failed, and the next one comes all the same. */
export function startUpkeep(
  database: DatabaseSync,
  sqs: Pick<Sqs, 'removeExpired'>,
  onTrouble: (what: string) => void,
): () => void {
  const timer = setInterval(() => {
    try {
      sqs.removeExpired();
      giveBack(database);
    } catch {
      onTrouble('old messages could not be deleted, or their space given back; tried again in a minute');
    }
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Gives the disk back a bit of what deletion freed; answers how many free pages there were before. */
export function giveBack(database: DatabaseSync, pages = PAGES_AT_ONCE, kept = KEPT_PAGES): number {
  const free = Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count);
  const surplus = Math.min(pages, free - kept);
  if (surplus > 0) database.exec(`PRAGMA incremental_vacuum(${surplus})`);
  return free;
}
