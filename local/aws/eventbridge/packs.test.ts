/** Old events of an archive lie in packs: nobody who counts, replays or deletes notices. */
import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionArn, START, startWorld, type World } from '../testing.ts';
import { createArchiveStore, PACK_EVENTS } from './archive-store.ts';

const BUS = 'frontdesk-local';
const ARN = 'arn:aws:events:us-east-2:000000000000';
const BUS_ARN = `${ARN}:event-bus/${BUS}`;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** One every 3 s: twenty in each minute. */
const EVENTS = PACK_EVENTS + 88;
const EVERY_MS = 3_000;
const LATER = Number.MAX_SAFE_INTEGER;

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await world.client.send(new CreateEventBusCommand({ Name: BUS }));
  const EventPattern = JSON.stringify({ source: ['s'], 'replay-name': [{ exists: true }] });
  await world.client.send(new PutRuleCommand({ Name: 'twin', EventBusName: BUS, EventPattern }));
  const Targets = [{ Id: '1', Arn: functionArn('verify') }];
  await world.client.send(new PutTargetsCommand({ Rule: 'twin', EventBusName: BUS, Targets }));
  for (const ArchiveName of ['long', 'short']) {
    const RetentionDays = ArchiveName === 'long' ? 180 : 14;
    await world.client.send(new CreateArchiveCommand({ ArchiveName, EventSourceArn: BUS_ARN, RetentionDays }));
  }
  await putEvents(0, EVENTS);
});
afterEach(() => world.close());

async function putEvents(from: number, to: number): Promise<void> {
  const entry = (n: number) => ({
    EventBusName: BUS,
    Source: 's',
    DetailType: 't',
    // Text that JSON escapes twice.
    Detail: JSON.stringify({ n, text: `"quoted"\n\\ ${'as in every other one '.repeat(20)}` }),
    Time: (START + n * EVERY_MS) / 1_000,
  });
  for (let n = from; n < to; n += 10) {
    const Entries = Array.from({ length: Math.min(10, to - n) }, (_, index) => entry(n + index));
    await world.eventBridge.service.operations.PutEvents?.({ Entries });
  }
}

const store = () => createArchiveStore(world.eventBridge.database);
const count = (sql: string) =>
  Number(world.eventBridge.database.prepare(`SELECT count(*) AS rows FROM ${sql}`).get()?.rows);
const described = async (name: string) => {
  const { EventCount, SizeBytes } = await world.client.send(new DescribeArchiveCommand({ ArchiveName: name }));
  return [EventCount, SizeBytes];
};

async function packBoth(): Promise<void> {
  for (const archive of ['long', 'short']) while ((await store().pack(archive, LATER, LATER)) > 0);
}

async function replay(name: string, from: number, to: number): Promise<number[]> {
  const before = world.runs.length;
  await world.client.send(
    new StartReplayCommand({
      ReplayName: name,
      EventSourceArn: `${ARN}:archive/long`,
      EventStartTime: new Date(START + from),
      EventEndTime: new Date(START + to),
      Destination: { Arn: BUS_ARN },
    }),
  );
  await world.timing.advance(10 * MINUTE);
  expect((await world.client.send(new DescribeReplayCommand({ ReplayName: name }))).State).toBe('COMPLETED');
  const runs = world.runs.slice(before).map((run) => (run.payload as { detail: { n: number } }).detail.n);
  // About one in a hundred comes twice, packed or not.
  return [...new Set(runs)].sort((a, b) => a - b);
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('old events of an archive', () => {
  it('are packed by the hundred, and the archive counts the same', async () => {
    const before = [await described('long'), await described('short')];
    expect(await store().pack('long', START - 1, LATER)).toBe(0);
    expect(await store().pack('long', LATER, 0)).toBe(PACK_EVENTS);
    // The rest are too few to make a pack, unless they have waited long enough.
    expect(await store().pack('long', LATER, 0)).toBe(0);
    expect(count('eb_archived')).toBe(2 * EVENTS - PACK_EVENTS);
    expect(count('eb_event')).toBe(EVENTS);
    await packBoth();
    expect([count('eb_archived'), count('eb_event'), count('eb_pack')]).toEqual([0, 0, 4]);
    expect([await described('long'), await described('short')]).toEqual(before);
    const [, bytes] = before[0] ?? [];
    const packed = world.eventBridge.database.prepare(
      "SELECT sum(length(body)) AS b FROM eb_pack WHERE archive = 'long'",
    );
    expect(Number(packed.get()?.b)).toBeLessThan(Number(bytes) / 10);
  });

  it('are replayed as the young ones are, and leave nothing behind', async () => {
    const span = EVENTS * EVERY_MS;
    const whole = await replay('before', 0, span);
    expect(whole).toEqual(numbers(0, EVENTS));
    await packBoth();
    expect(await replay('after', 0, span)).toEqual(whole);
    expect(await replay('part', 100 * EVERY_MS, 599 * EVERY_MS)).toEqual(numbers(100, 600));
    await world.timing.advance(HOUR);
    expect([count('eb_event'), count('eb_delivery')]).toEqual([0, 0]);
  });

  it('are replayed beside young ones of the same minutes', async () => {
    expect(await store().pack('long', LATER, 0)).toBe(PACK_EVENTS);
    await putEvents(0, 50);
    const runs = await replay('mixed', 0, EVENTS * EVERY_MS);
    expect(runs).toEqual(numbers(0, EVENTS));
    const { replayed } = world.eventBridge.database
      .prepare("SELECT cursor_time AS replayed FROM eb_replay WHERE name = 'mixed'")
      .get() as { replayed: number };
    expect(replayed).toBe(START + (EVENTS - 1) * EVERY_MS);
  });

  it('end with their retention, and with their archive', async () => {
    await packBoth();
    await world.timing.advance(14 * DAY + 2 * HOUR);
    expect([await described('short'), (await described('long'))[0]]).toEqual([[0, 0], EVENTS]);
    await world.client.send(new DeleteArchiveCommand({ ArchiveName: 'long' }));
    await world.timing.advance(MINUTE);
    expect([count('eb_pack'), count('eb_archive_total')]).toEqual([0, 1]);
  });

  it('that are deleted while they are compressed do not come back', async () => {
    const packing = store().pack('long', LATER, LATER);
    await world.client.send(new DeleteArchiveCommand({ ArchiveName: 'long' }));
    await world.timing.advance(MINUTE);
    expect(await packing).toBe(0);
    expect([count("eb_archived WHERE archive = 'long'"), count('eb_pack')]).toEqual([0, 0]);
  });
});
