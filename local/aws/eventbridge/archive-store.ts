/** What archives hold: references to event bodies, counted as they come and go, deleted in small steps. */
import type { DatabaseSync } from 'node:sqlite';

export type ArchiveStore = {
  /** Joins the open transaction. `eventTime` is what replays select by, `archivedAt` what retention counts from (ms). */
  add(archive: string, event: { seq: number; bytes: number; eventTime: number; archivedAt: number }): void;
  totals(archive: string): { events: number; bytes: number };
  /** Deletes up to `STEP_EVENTS` of the longest kept that were archived before the instant; answers how many. */
  removeSome(archive: string, archivedBefore: number): number;
  /** Names of deleted archives whose events are still there. */
  leftovers(): string[];
  /** To be called once an archive of `leftovers` is empty. */
  forget(archive: string): void;
};

/** Deleted in one transaction: a few milliseconds. */
export const STEP_EVENTS = 200;

export function createArchiveStore(database: DatabaseSync): ArchiveStore {
  const insert = database.prepare(
    'INSERT INTO eb_archived (archive, event_time, seq, archived_at) VALUES (?, ?, ?, ?)',
  );
  const count = database.prepare(
    `INSERT INTO eb_archive_total (archive, events, bytes) VALUES (?1, ?2, ?3)
     ON CONFLICT (archive) DO UPDATE SET events = events + ?2, bytes = bytes + ?3`,
  );
  const selectTotals = database.prepare('SELECT events, bytes FROM eb_archive_total WHERE archive = ?');
  const selectOldest = database.prepare(
    `SELECT a.event_time, a.seq, octet_length(e.body) AS bytes FROM eb_archived a JOIN eb_event e ON e.seq = a.seq
     WHERE a.archive = ? AND a.archived_at < ? ORDER BY a.archived_at LIMIT ${STEP_EVENTS}`,
  );
  const remove = database.prepare('DELETE FROM eb_archived WHERE archive = ? AND event_time = ? AND seq = ?');
  const removeBody = database.prepare(
    `DELETE FROM eb_event WHERE seq = ?1 AND NOT EXISTS (SELECT 1 FROM eb_archived WHERE seq = ?1)
       AND NOT EXISTS (SELECT 1 FROM eb_delivery WHERE event_seq = ?1)`,
  );
  const selectLeftovers = database.prepare(
    'SELECT archive FROM eb_archive_total WHERE archive NOT IN (SELECT name FROM eb_archive)',
  );
  const forget = database.prepare('DELETE FROM eb_archive_total WHERE archive = ?');

  return {
    add(archive, { seq, bytes, eventTime, archivedAt }) {
      insert.run(archive, eventTime, seq, archivedAt);
      count.run(archive, 1, bytes);
    },
    totals: (archive) =>
      (selectTotals.get(archive) as { events: number; bytes: number } | undefined) ?? { events: 0, bytes: 0 },
    removeSome(archive, archivedBefore) {
      const rows = selectOldest.all(archive, archivedBefore) as { event_time: number; seq: number; bytes: number }[];
      for (const row of rows) {
        remove.run(archive, row.event_time, row.seq);
        removeBody.run(row.seq);
      }
      const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
      if (rows.length > 0) count.run(archive, -rows.length, -bytes);
      return rows.length;
    },
    leftovers: () => (selectLeftovers.all() as { archive: string }[]).map((row) => row.archive),
    forget: (archive) => void forget.run(archive),
  };
}
