import { describe, expect, it } from 'vitest';
import { openDatabase, transact } from '../database.ts';
import { countArchived, firstArchived } from './archive-counts.ts';
import { createArchiveStore, PACK_EVENTS } from './archive-store.ts';
import { createEventBridgeTables, QUARTER_MS } from './schema.ts';

const NINE = Date.UTC(2026, 0, 31, 9);
const MINUTE = 60_000;

/** Events of an archive at those instants. */
function archived(times: readonly number[]) {
  const database = openDatabase(null);
  createEventBridgeTables(database, NINE);
  const store = createArchiveStore(database);
  const insert = database.prepare('INSERT INTO eb_event (seq, body) VALUES (?, ?)');
  transact(database, () => {
    for (const [seq, eventTime] of times.entries()) {
      insert.run(seq, '{"detail-type":"MessageSettled"}');
      store.add('facts', { seq, bytes: 32, eventTime, archivedAt: eventTime });
    }
  });
  return { database, store };
}

const hour = { from: NINE, to: NINE + 60 * MINUTE };

describe('an archive over time', () => {
  it('is counted by quarters of an hour, or by minutes while it is young', () => {
    const { database } = archived([NINE, NINE + 2 * MINUTE, NINE + 16 * MINUTE]);
    expect(countArchived(database, 'facts', hour, QUARTER_MS)).toEqual({
      grainMs: QUARTER_MS,
      byGrain: new Map([
        [NINE, 2],
        [NINE + 15 * MINUTE, 1],
      ]),
    });
    expect([...countArchived(database, 'facts', hour, MINUTE).byGrain.keys()]).toEqual([
      NINE,
      NINE + 2 * MINUTE,
      NINE + 16 * MINUTE,
    ]);
    expect(firstArchived(database, 'facts')).toBe(NINE);
    expect(firstArchived(database, 'recovery')).toBeNull();
  });

  it('keeps its counts when events are packed, and tells them by quarters then', async () => {
    const { database, store } = archived(Array.from({ length: PACK_EVENTS }, (_, index) => NINE + index * 1_000));
    const before = countArchived(database, 'facts', hour, QUARTER_MS);
    expect(await store.pack('facts', NINE + 60 * MINUTE, 0)).toBe(PACK_EVENTS);
    expect(countArchived(database, 'facts', hour, MINUTE)).toEqual(before);
  });

  it('forgets the quarters that are over when events go', () => {
    const { database, store } = archived([NINE, NINE + 16 * MINUTE]);
    store.removeSome('facts', NINE + 15 * MINUTE);
    expect(firstArchived(database, 'facts')).toBe(NINE + 15 * MINUTE);
    store.removeSome('facts', Number.MAX_SAFE_INTEGER);
    expect(firstArchived(database, 'facts')).toBeNull();
  });

  it('of a file that never counted is counted once, packs among it', async () => {
    const { database, store } = archived(Array.from({ length: PACK_EVENTS + 3 }, (_, index) => NINE + index * 1_000));
    await store.pack('facts', NINE + PACK_EVENTS * 1_000, 0);
    const total = () => [...countArchived(database, 'facts', hour, QUARTER_MS).byGrain.values()];
    const counted = total();
    database.exec('DELETE FROM eb_archive_over_time');
    createEventBridgeTables(database, NINE);
    expect(total().reduce((sum, events) => sum + events, 0)).toBe(PACK_EVENTS + 3);
    expect(total().length).toBe(counted.length);
    createEventBridgeTables(database, NINE);
    expect(total().reduce((sum, events) => sum + events, 0)).toBe(PACK_EVENTS + 3);
  });
});
