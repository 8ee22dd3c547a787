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

export type Packs = {
  /** Joins the open transaction. */
  add(archive: string, events: readonly ArchivedEvent[], body: Uint8Array): void;
  /** Events behind that time and sequence, before another time, in no order. */
  between(archive: string, time: number, seq: number, before: number): ArchivedEvent[];
  /** Time of the first event behind that time and sequence, up to and with `end`. */
  nextTime(archive: string, time: number, seq: number, end: number): number | null;
  /** Deletes one pack whose last event was archived before that; answers what was in it. */
  removeOne(archive: string, archivedBefore: number): { readonly events: number; readonly bytes: number } | null;
};

/** Beyond this zstd takes three times as long for a few percent. */
const LEVEL = 12;
/** Sees the whole of a pack: 8 MB. */
const WINDOW_LOG = 23;
/** A replay goes through a pack minute by minute. */
const UNPACKED_KEPT = 4;

/** In a thread of its own: half a second would be too long in this one. */
export function compressEvents(events: readonly ArchivedEvent[]): Promise<Buffer> {
  const text = JSON.stringify(events.map(({ seq, eventTime, archivedAt, body }) => [seq, eventTime, archivedAt, body]));
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_windowLog]: WINDOW_LOG };
  return new Promise((resolve, reject) =>
    zstdCompress(text, { params }, (error, packed) => (error === null ? resolve(packed) : reject(error))),
  );
}

export function createPacks(database: DatabaseSync): Packs {
  const insert = database.prepare(
    'INSERT INTO eb_pack (archive, first_time, last_time, archived_at, events, bytes, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const selectTouching = database.prepare(
    'SELECT id, first_time FROM eb_pack WHERE archive = ? AND first_time <= ? AND last_time >= ? ORDER BY first_time, id',
  );
  const selectBody = database.prepare('SELECT body FROM eb_pack WHERE id = ?');
  const selectOld = database.prepare(
    'SELECT id, events, bytes FROM eb_pack WHERE archive = ? AND archived_at < ? ORDER BY archived_at LIMIT 1',
  );
  const remove = database.prepare('DELETE FROM eb_pack WHERE id = ?');
  const unpacked = new Map<number, readonly ArchivedEvent[]>();

  type Place = { readonly id: number; readonly first_time: number };
  const touching = (archive: string, from: number, to: number) => selectTouching.all(archive, to, from) as Place[];

  function eventsOf(id: number): readonly ArchivedEvent[] {
    const known = unpacked.get(id);
    if (known !== undefined) return known;
    const { body } = selectBody.get(id) as { body: Uint8Array };
    const rows: [number, number, number, string][] = JSON.parse(zstdDecompressSync(body).toString());
    const events = rows.map(([seq, eventTime, archivedAt, text]) => ({ seq, eventTime, archivedAt, body: text }));
    unpacked.set(id, events);
    if (unpacked.size > UNPACKED_KEPT) unpacked.delete([...unpacked.keys()][0] ?? id);
    return events;
  }

  return {
    add(archive, events, body) {
      const times = events.map(({ eventTime }) => eventTime);
      const archivedAt = Math.max(...events.map((event) => event.archivedAt));
      const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(event.body), 0);
      insert.run(archive, Math.min(...times), Math.max(...times), archivedAt, events.length, bytes, body);
    },
    between: (archive, time, seq, before) =>
      touching(archive, time, before - 1).flatMap(({ id }) =>
        eventsOf(id).filter((event) => isBehind(event, time, seq) && event.eventTime < before),
      ),
    nextTime(archive, time, seq, end) {
      let next: number | null = null;
      for (const { id, first_time } of touching(archive, time, end)) {
        if (next !== null && first_time >= next) break;
        for (const event of eventsOf(id)) {
          if (isBehind(event, time, seq) && event.eventTime <= Math.min(end, next ?? end)) next = event.eventTime;
        }
      }
      return next;
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

function isBehind(event: ArchivedEvent, time: number, seq: number): boolean {
  return event.eventTime > time || (event.eventTime === time && event.seq > seq);
}
