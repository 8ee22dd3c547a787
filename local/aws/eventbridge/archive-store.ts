/**
 * What archives hold: references to event bodies while they are young, packs of them afterwards; counted as they come and go,
 * deleted in small steps.
 */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../database.ts';
import { type ArchivedEvent, type Cursor, compressEvents, createPacks, type unpackEvents } from './packs.ts';
import { ADD_OVER_TIME, QUARTER_MS } from './schema.ts';

export type ArchiveStore = {
  /** Joins the open transaction. `eventTime` is what replays select by, `archivedAt` what retention counts from (ms). */
  add(archive: string, event: { seq: number; bytes: number; eventTime: number; archivedAt: number }): void;
  totals(archive: string): { events: number; bytes: number };
  /** Time of the first event behind the cursor, up to and with `end`; `null` when there is none. */
  nextTime(archive: string, behind: Cursor, end: number): number | null;
  /** The first events behind the cursor and before that time, by time and then sequence. */
  page(archive: string, behind: Cursor, before: number, limit: number): ArchivedEvent[];
  /** Joins the open transaction: the body is there for a delivery, which deletes it again. */
  lay(event: ArchivedEvent): void;
  /**
   * Packs events that were archived before `young`, if there are enough, or if one of them was archived before `waiting`.
   * Answers how many; 0 as well when one of them went away meanwhile.
   */
  pack(archive: string, young: number, waiting: number): Promise<number>;
  /**
   * Deletes up to `STEP_EVENTS` of the longest kept that were archived before the instant; answers how many. A pack goes when
   * all in it were, and counts as `STEP_EVENTS`.
   */
  removeSome(archive: string, archivedBefore: number): number;
  /** Names of deleted archives whose events are still there. */
  leftovers(): string[];
  /** To be called once an archive of `leftovers` is empty. */
  forget(archive: string): void;
};

/** Deleted in one transaction: a few milliseconds. */
export const STEP_EVENTS = 200;
/** Some 2 MB before compression: more hardly saves anything, and a replay unpacks it all for one minute. */
export const PACK_EVENTS = 512;
/** What is in one pack was archived within a day: it goes as a whole. */
const PACK_SPAN_MS = 86_400_000;
/** The longest kept that the next pack is chosen from: some 10 ms. */
const PACK_CHOICE = 100_000;
/** Beyond every clock: with it all of an archive goes. */
const MOST_TIME = 8.64e15;

export function createArchiveStore(database: DatabaseSync, unpack?: typeof unpackEvents): ArchiveStore {
  const insert = database.prepare(
    'INSERT INTO eb_archived (archive, event_time, seq, archived_at) VALUES (?, ?, ?, ?)',
  );
  const count = database.prepare(
    `INSERT INTO eb_archive_total (archive, events, bytes) VALUES (?1, ?2, ?3)
     ON CONFLICT (archive) DO UPDATE SET events = events + ?2, bytes = bytes + ?3`,
  );
  const countOverTime = database.prepare(ADD_OVER_TIME);
  // What is gone was counted for nobody any more; what goes with a pack need not be told apart.
  const forgetTimes = database.prepare('DELETE FROM eb_archive_over_time WHERE archive = ? AND quarter < ?');
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
  const selectPage = database.prepare(
    `SELECT a.seq, a.event_time AS eventTime, a.archived_at AS archivedAt, e.body
     FROM eb_archived a JOIN eb_event e ON e.seq = a.seq
     WHERE a.archive = ? AND (a.event_time, a.seq) > (?, ?) AND a.event_time < ? ORDER BY a.event_time, a.seq LIMIT ?`,
  );
  const selectLongestKept = database.prepare(
    'SELECT archived_at FROM eb_archived WHERE archive = ? AND archived_at < ? ORDER BY archived_at LIMIT 1',
  );
  // By event time, whenever they came: packs that do not overlap are unpacked one after the other.
  const selectToPack = database.prepare(
    `SELECT a.seq, a.event_time AS eventTime, a.archived_at AS archivedAt, e.body
     FROM (
       SELECT * FROM (
         SELECT event_time, seq, archived_at FROM eb_archived
         WHERE archive = ? AND archived_at < ? ORDER BY archived_at LIMIT ${PACK_CHOICE}
       ) ORDER BY event_time, seq LIMIT ${PACK_EVENTS}
     ) a JOIN eb_event e ON e.seq = a.seq ORDER BY a.event_time, a.seq`,
  );
  const lay = database.prepare('INSERT OR IGNORE INTO eb_event (seq, body) VALUES (?, ?)');
  const packs = createPacks(database, unpack);
  const selectLeftovers = database.prepare(
    'SELECT archive FROM eb_archive_total WHERE archive NOT IN (SELECT name FROM eb_archive)',
  );
  const forget = database.prepare('DELETE FROM eb_archive_total WHERE archive = ?');

  const page: ArchiveStore['page'] = (archive, behind, before, limit) => {
    const young = selectPage.all(archive, behind.time, behind.seq, before, limit) as ArchivedEvent[];
    return packs.page(archive, behind, before, limit, young);
  };

  return {
    add(archive, { seq, bytes, eventTime, archivedAt }) {
      insert.run(archive, eventTime, seq, archivedAt);
      count.run(archive, 1, bytes);
      countOverTime.run(archive, Math.floor(eventTime / QUARTER_MS), 1);
    },
    totals: (archive) =>
      (selectTotals.get(archive) as { events: number; bytes: number } | undefined) ?? { events: 0, bytes: 0 },
    nextTime: (archive, behind, end) => page(archive, behind, end + 1, 1)[0]?.eventTime ?? null,
    page,
    lay: ({ seq, body }) => void lay.run(seq, body),
    async pack(archive, young, waiting) {
      const longestKept = selectLongestKept.get(archive, young) as { archived_at: number } | undefined;
      if (longestKept === undefined) return 0;
      const before = Math.min(young, longestKept.archived_at + PACK_SPAN_MS);
      const events = selectToPack.all(archive, before) as ArchivedEvent[];
      if (events.length < PACK_EVENTS && longestKept.archived_at >= waiting) return 0;
      const body = await compressEvents(events);
      if (!database.isOpen) return 0;
      return transact(database, () => {
        const removed = events.filter(({ eventTime, seq }) => remove.run(archive, eventTime, seq).changes === 1);
        // What was deleted while it was compressed must not come back.
        if (removed.length < events.length) {
          for (const { seq, eventTime, archivedAt } of removed) insert.run(archive, eventTime, seq, archivedAt);
          return 0;
        }
        for (const { seq } of events) removeBody.run(seq);
        packs.add(archive, events, body);
        return events.length;
      });
    },
    removeSome(archive, archivedBefore) {
      forgetTimes.run(archive, Math.floor(Math.min(archivedBefore, MOST_TIME) / QUARTER_MS));
      const pack = packs.removeOne(archive, archivedBefore);
      if (pack !== null) {
        count.run(archive, -pack.events, -pack.bytes);
        return STEP_EVENTS;
      }
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
