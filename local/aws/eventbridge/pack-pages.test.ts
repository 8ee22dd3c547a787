/** Packs are read page by page: all in order, from any cursor, and each unpacked about once however the times lie. */
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { START, virtualTiming } from '../testing.ts';
import { type ArchiveStore, createArchiveStore, PACK_EVENTS } from './archive-store.ts';
import { createEventBridge } from './event-bridge.ts';
import { type Cursor, unpackEvents } from './packs.ts';
import { createEventBridgeTables } from './schema.ts';

const PACKS = 20;
const EVENTS = PACKS * PACK_EVENTS;
const PAGE = 100;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LATER = Number.MAX_SAFE_INTEGER;
const BEGIN: Cursor = { time: 0, seq: -1 };

let database: DatabaseSync;
beforeEach(() => {
  database = openDatabase(null);
});
afterEach(() => database.close());

/** Adds one event per time, their sequences from `firstSeq`. */
function addEvents(store: ArchiveStore, times: readonly number[], firstSeq = 1): void {
  const insert = database.prepare('INSERT INTO eb_event (seq, body) VALUES (?, ?)');
  database.exec('BEGIN');
  for (const [index, eventTime] of times.entries()) {
    const seq = firstSeq + index;
    const body = JSON.stringify({ seq });
    insert.run(seq, body);
    store.add('a', { seq, bytes: body.length, eventTime, archivedAt: index });
  }
  database.exec('COMMIT');
}

async function packAll(store: ArchiveStore): Promise<void> {
  while ((await store.pack('a', LATER, LATER)) > 0);
}

/** As a replay goes through a minute; a page answers [time, sequence, sequence in the body] of each event. */
function* pagesBehind(store: ArchiveStore, from: Cursor) {
  let cursor = from;
  while (store.nextTime('a', cursor, MINUTE - 1) !== null) {
    const events = store.page('a', cursor, MINUTE, PAGE);
    const last = events.at(-1);
    if (last === undefined) throw new Error('a next time without an event');
    cursor = { time: last.eventTime, seq: last.seq };
    yield events.map(({ eventTime, seq, body }) => [eventTime, seq, JSON.parse(body).seq as number]);
  }
}

const inOrder = (times: readonly number[]) =>
  times.map((time, index) => [time, index + 1, index + 1]).sort(([a = 0, m = 0], [b = 0, n = 0]) => a - b || m - n);
const range = (count: number, timeOf: (index: number) => number) => Array.from({ length: count }, (_, n) => timeOf(n));

describe('a minute that fills many packs', () => {
  it.each([
    ['of one instant', () => 30_000],
    ['one after the other', (n: number) => n * 5],
    // 7,919 has no factor in common with the number of events: every time once.
    ['in no order', (n: number) => ((n * 7_919) % EVENTS) * 5],
  ])('is unpacked once, pack by pack: events %s', async (_, timeOf) => {
    createEventBridgeTables(database, 0);
    let unpacked = 0;
    const store = createArchiveStore(database, (body) => {
      unpacked += 1;
      return unpackEvents(body);
    });
    const times = range(EVENTS, timeOf);
    addEvents(store, times);
    await packAll(store);
    const found: number[][] = [];
    let most = 0;
    let before = 0;
    for (const events of pagesBehind(store, BEGIN)) {
      found.push(...events);
      most = Math.max(most, unpacked - before);
      before = unpacked;
    }
    expect(found).toEqual(inOrder(times));
    expect(unpacked).toBe(PACKS);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('comes whole and in order from any cursor: packs that overlap, and young events, of equal times', async () => {
    createEventBridgeTables(database, 0);
    const store = createArchiveStore(database);
    // Three times a whole minute, each second of it many times: two packings, and what is not packed yet.
    const times = range(3_000, (n) => Math.floor((n % 1_000) / 17) * 1_000);
    addEvents(store, times.slice(0, 1_000), 1);
    await packAll(store);
    addEvents(store, times.slice(1_000, 2_000), 1_001);
    await packAll(store);
    addEvents(store, times.slice(2_000), 2_001);
    const all = inOrder(times);
    expect([...pagesBehind(store, BEGIN)].flat()).toEqual(all);
    for (const place of [0, 16, 17, 1_499, 2_998]) {
      const [time = 0, seq = 0] = all[place] ?? [];
      // As after a restart: nothing is unpacked yet.
      const restarted = createArchiveStore(database);
      expect([...pagesBehind(restarted, { time, seq })].flat()).toEqual(all.slice(place + 1));
    }
  });
});

it('a pack that cannot be written is told of, and tried again', async () => {
  const timing = virtualTiming();
  const errors: unknown[] = [];
  const eventBridge = createEventBridge({
    database,
    accountId: '000000000000',
    region: 'us-east-2',
    timing,
    enqueueInvocation: () => true,
    sendToQueue: () => {},
    onPackError: (error) => errors.push(error),
  });
  const { operations } = eventBridge.service;
  await operations.CreateArchive?.({ ArchiveName: 'a', EventSourceArn: eventBridge.arns.bus('default') });
  const Entries = Array.from({ length: 8 }, () => ({
    Source: 's',
    DetailType: 't',
    Detail: '{}',
    Time: START / 1_000,
  }));
  await Promise.all(range(PACK_EVENTS / 8, (n) => n).map(() => operations.PutEvents?.({ Entries })));
  database.exec("CREATE TRIGGER full BEFORE INSERT ON eb_pack BEGIN SELECT raise(ABORT, 'disk is full'); END");
  eventBridge.start();
  await timing.advance(HOUR + 5 * MINUTE);
  const until = async (isSo: () => boolean) => {
    for (let round = 0; round < 6 && !isSo(); round += 1) {
      await timing.advance(10 * MINUTE);
      // Compression is in a thread, which virtual time does not wait for.
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };
  await until(() => errors.length > 0);
  expect(errors).toEqual([expect.objectContaining({ message: 'disk is full' })]);
  database.exec('DROP TRIGGER full');
  const packed = () => Number(database.prepare('SELECT sum(events) AS n FROM eb_pack').get()?.n);
  await until(() => packed() > 0);
  expect(packed()).toBe(PACK_EVENTS);
  eventBridge.stop();
});
