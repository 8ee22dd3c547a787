/**
 * Archived events some hundred at a time, compressed together: a decision's report says much the same as the one before, so
 * that a pack takes about a twentieth. Whole packs come and go; nothing in one changes.
 */
import type { DatabaseSync } from 'node:sqlite';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';

export type ArchivedEvent = {
  readonly seq: number;
  /** What replays select by, and what retention counts from; epoch milliseconds. */
  readonly eventTime: number;
  readonly archivedAt: number;
  readonly body: string;
};

/** Everything behind a time and, of that time, behind a sequence number. */
export type Cursor = { readonly time: number; readonly seq: number };

export type Packs = {
  /** Joins the open transaction; the events come by time and then sequence. */
  add(archive: string, events: readonly ArchivedEvent[], body: Uint8Array): void;
  /**
   * The first `limit` events behind the cursor and before that time, by time and then sequence; `young` are those that lie
   * outside packs. Unpacks only what such an event may be in.
   */
  page(
    archive: string,
    behind: Cursor,
    before: number,
    limit: number,
    young: readonly ArchivedEvent[],
  ): ArchivedEvent[];
  /** Deletes one pack whose last event was archived before that; answers what was in it. */
  removeOne(archive: string, archivedBefore: number): { readonly events: number; readonly bytes: number } | null;
};

/** Beyond this zstd takes three times as long for a few percent. */
const LEVEL = 12;
/** Sees the whole of a pack: 8 MB. */
const WINDOW_LOG = 23;
/** A replay goes through a pack page by page, minute by minute; late events make packs overlap. */
const UNPACKED_KEPT = 4;

/** In a thread of its own: half a second would be too long in this one. */
export function compressEvents(events: readonly ArchivedEvent[]): Promise<Buffer> {
  const text = JSON.stringify(events.map(({ seq, eventTime, archivedAt, body }) => [seq, eventTime, archivedAt, body]));
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_windowLog]: WINDOW_LOG };
  return new Promise((resolve, reject) =>
    zstdCompress(text, { params }, (error, packed) => (error === null ? resolve(packed) : reject(error))),
  );
}

/** In this thread: some milliseconds for a pack of long events. */
export function unpackEvents(body: Uint8Array): ArchivedEvent[] {
  const rows: [number, number, number, string][] = JSON.parse(zstdDecompressSync(body).toString());
  return rows.map(([seq, eventTime, archivedAt, text]) => ({ seq, eventTime, archivedAt, body: text }));
}

export function createPacks(database: DatabaseSync, unpack = unpackEvents): Packs {
  const insert = database.prepare(
    `INSERT INTO eb_pack (archive, first_time, first_seq, last_time, last_seq, archived_at, events, bytes, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectBehind = database.prepare(
    `SELECT id, first_time, first_seq FROM eb_pack
     WHERE archive = ? AND (last_time, last_seq) > (?, ?) AND first_time < ? ORDER BY first_time, first_seq`,
  );
  const selectBody = database.prepare('SELECT body FROM eb_pack WHERE id = ?');
  const selectOld = database.prepare(
    'SELECT id, events, bytes FROM eb_pack WHERE archive = ? AND archived_at < ? ORDER BY archived_at LIMIT 1',
  );
  const remove = database.prepare('DELETE FROM eb_pack WHERE id = ?');
  const unpacked = new Map<number, readonly ArchivedEvent[]>();

  function eventsOf(id: number): readonly ArchivedEvent[] {
    const known = unpacked.get(id);
    const events = known ?? unpack((selectBody.get(id) as { body: Uint8Array }).body);
    // Last in the map is what was used last.
    unpacked.delete(id);
    unpacked.set(id, events);
    if (unpacked.size > UNPACKED_KEPT) unpacked.delete([...unpacked.keys()][0] ?? id);
    return events;
  }

  return {
    add(archive, events, body) {
      const [first, last] = [events[0], events.at(-1)];
      if (first === undefined || last === undefined) return;
      const archivedAt = Math.max(...events.map((event) => event.archivedAt));
      const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(event.body), 0);
      const range = [first.eventTime, first.seq, last.eventTime, last.seq];
      insert.run(archive, ...range, archivedAt, events.length, bytes, body);
    },
    page(archive, { time, seq }, before, limit, young) {
      let found = young.slice(0, limit);
      for (const row of selectBehind.iterate(archive, time, seq, before)) {
        const pack = row as { id: number; first_time: number; first_seq: number };
        const last = found[limit - 1];
        // This pack and all that follow begin later than the last that is asked for.
        if (last !== undefined && compare(pack.first_time, pack.first_seq, last.eventTime, last.seq) > 0) break;
        const events = eventsOf(pack.id).filter(
          (event) => compare(event.eventTime, event.seq, time, seq) > 0 && event.eventTime < before,
        );
        found = [...found, ...events].sort((a, b) => compare(a.eventTime, a.seq, b.eventTime, b.seq)).slice(0, limit);
      }
      return found;
    },
    removeOne(archive, archivedBefore) {
      const old = selectOld.get(archive, archivedBefore) as { id: number; events: number; bytes: number } | undefined;
      if (old === undefined) return null;
      remove.run(old.id);
      unpacked.delete(old.id);
      return { events: old.events, bytes: old.bytes };
    },
  };
}

function compare(time: number, seq: number, otherTime: number, otherSeq: number): number {
  return time - otherTime || seq - otherSeq;
}
