/** Expectations: reference/sst-offline.md ("Replays: by event time …"), architecture §3 (twins). */
import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListArchivesCommand,
  ListReplaysCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionArn, START, startWorld, type World } from '../testing.ts';

const BUS = 'frontdesk-local';
const ARN = 'arn:aws:events:us-east-2:000000000000';
const BUS_ARN = `${ARN}:event-bus/${BUS}`;
const ARCHIVE = 'recovery';
const MINUTE = 60_000;
const DAY = 86_400_000;

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await world.client.send(new CreateEventBusCommand({ Name: BUS }));
  await putRule('live', { source: ['s'], 'replay-name': [{ exists: false }] });
  await putRule('live-replay', { source: ['s'], 'replay-name': [{ prefix: 'recovery-' }] });
  await world.client.send(
    new CreateArchiveCommand({
      ArchiveName: ARCHIVE,
      EventSourceArn: BUS_ARN,
      EventPattern: '{"source":["s"]}',
      RetentionDays: 14,
    }),
  );
});
afterEach(() => world.close());

async function putRule(name: string, pattern: Record<string, unknown>) {
  await world.client.send(new PutRuleCommand({ Name: name, EventBusName: BUS, EventPattern: JSON.stringify(pattern) }));
  const target = { Id: '1', Arn: functionArn('verify') };
  await world.client.send(new PutTargetsCommand({ Rule: name, EventBusName: BUS, Targets: [target] }));
}

/** One event at that many milliseconds after the start; answers nothing, `n` tells it apart. */
async function put(n: number, afterStart: number, source = 's') {
  await world.client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: BUS,
          Source: source,
          DetailType: 't',
          Detail: JSON.stringify({ n }),
          Time: new Date(START + afterStart),
        },
      ],
    }),
  );
}
const start = (name: string, from: number, to: number, filter?: string[]) =>
  world.client.send(
    new StartReplayCommand({
      ReplayName: name,
      EventSourceArn: `${ARN}:archive/${ARCHIVE}`,
      EventStartTime: new Date(START + from),
      EventEndTime: new Date(START + to),
      Destination: { Arn: BUS_ARN, ...(filter === undefined ? {} : { FilterArns: filter }) },
    }),
  );
const describeReplay = (name: string) => world.client.send(new DescribeReplayCommand({ ReplayName: name }));
const replayed = () =>
  world.runs.flatMap((run) => {
    const event = run.payload as { 'replay-name'?: string; detail: { n: number } };
    return event['replay-name'] === undefined ? [] : [event.detail.n];
  });
const eventCount = async () =>
  (await world.client.send(new DescribeArchiveCommand({ ArchiveName: ARCHIVE }))).EventCount;

/** Many events of one instant, without the wire; `n` tells them apart. */
async function archiveMany(count: number, afterStart: number) {
  const Time = (START + afterStart) / 1_000;
  const entry = (n: number) => ({
    EventBusName: BUS,
    Source: 's',
    DetailType: 't',
    Detail: JSON.stringify({ n }),
    Time,
  });
  for (let n = 0; n < count; n += 10) {
    const Entries = Array.from({ length: Math.min(10, count - n) }, (_, index) => entry(n + index));
    await world.eventBridge.service.operations.PutEvents?.({ Entries });
  }
}

/** Lets the runner take one page of every replay and nothing else happen. */
async function onePage() {
  world.dispatcher.halt();
  const { timing, eventBridge } = world;
  const step = eventBridge.database.prepare('SELECT cursor_seq FROM eb_replay');
  for (const before = step.get()?.cursor_seq; step.get()?.cursor_seq === before; ) await timing.step();
}

describe('a replay', () => {
  it('brings the same events again with its name on top, to the twins only, and archives them no more', async () => {
    await put(1, 0);
    await world.timing.advance(0);
    const [original] = world.runs.map((run) => run.payload);
    await start('recovery-01', -MINUTE, MINUTE);
    await world.timing.advance(1);
    expect(world.runs.slice(1).map((run) => run.payload)).toEqual([
      { ...(original as object), 'replay-name': 'recovery-01' },
    ]);
    expect(await eventCount()).toBe(1);
    expect(await describeReplay('recovery-01')).toMatchObject({
      ReplayArn: `${ARN}:replay/recovery-01`,
      State: 'COMPLETED',
      EventSourceArn: `${ARN}:archive/${ARCHIVE}`,
      Destination: { Arn: BUS_ARN },
      EventStartTime: new Date(START - MINUTE),
      EventEndTime: new Date(START + MINUTE),
      EventLastReplayedTime: new Date(START),
      ReplayStartTime: new Date(START),
    });
  });

  it('reaches nobody when no twin has its purpose', async () => {
    await put(1, 0);
    await start('rebuild-01', -MINUTE, MINUTE);
    await world.timing.advance(1);
    expect(replayed()).toEqual([]);
    expect((await describeReplay('rebuild-01')).State).toBe('COMPLETED');
  });

  it('goes by event time in slices of one minute, first minute first, without order inside a slice', async () => {
    // Put in an order of their own: minutes 2, 0, 1, each with twelve events.
    for (const minute of [2, 0, 1]) {
      for (let n = 0; n < 12; n += 1) await put(minute * 12 + n, minute * MINUTE + n * 1_000);
    }
    await start('recovery-01', 0, 3 * MINUTE);
    await world.timing.advance(1);
    const numbers = replayed();
    expect(numbers.map((n) => Math.floor(n / 12))).toEqual([
      ...Array<number>(12).fill(0),
      ...Array<number>(12).fill(1),
      ...Array<number>(12).fill(2),
    ]);
    expect(new Set(numbers).size).toBe(36);
    // Three slices of twelve that all kept their order would be a chance of (1/12!)³.
    expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b));
  });

  it('takes events from the start to the end, both included', async () => {
    for (const [n, at] of [999, 1_000, 5_000, 5_001].entries()) await put(n, at);
    await start('recovery-01', 1_000, 5_000);
    await world.timing.advance(1);
    expect(replayed().sort()).toEqual([1, 2]);
  });

  it('keeps to the rules it names', async () => {
    await putRule('other-replay', { 'replay-name': [{ exists: true }] });
    await put(1, 0);
    await start('recovery-01', 0, MINUTE, [`${ARN}:rule/${BUS}/live-replay`]);
    await world.timing.advance(1);
    expect(replayed()).toEqual([1]);
    expect((await describeReplay('recovery-01')).Destination?.FilterArns).toEqual([`${ARN}:rule/${BUS}/live-replay`]);
  });

  it('goes on after the death of the process where it was', async () => {
    await put(1, 0);
    await put(2, MINUTE);
    await start('recovery-01', 0, 2 * MINUTE);
    expect((await describeReplay('recovery-01')).State).toBe('STARTING');
    world = await world.killAndRestart();
    await world.timing.advance(1);
    expect(replayed()).toEqual([1, 2]);
    expect((await describeReplay('recovery-01')).State).toBe('COMPLETED');
  });

  it('goes on inside a slice after the death of the process, without loss', async () => {
    await archiveMany(450, MINUTE / 2);
    await start('recovery-01', 0, MINUTE);
    // Virtual time stands still: one page is replayed, then the process dies.
    await onePage();
    expect(await describeReplay('recovery-01')).toMatchObject({ State: 'RUNNING' });
    const { cursor_seq } = world.eventBridge.database.prepare('SELECT cursor_seq FROM eb_replay').get() as {
      cursor_seq: number;
    };
    expect(cursor_seq).toBe(100);
    world = await world.killAndRestart();
    await world.timing.advance(1);
    expect(replayed().sort((a, b) => a - b)).toEqual(Array.from({ length: 450 }, (_, n) => n));
    expect((await describeReplay('recovery-01')).State).toBe('COMPLETED');
  });

  it('lets others in between the pages of a slice', async () => {
    await archiveMany(450, MINUTE / 2);
    await start('recovery-01', 0, MINUTE);
    await onePage();
    await put(1_000, 2 * MINUTE);
    expect(await eventCount()).toBe(451);
    expect((await describeReplay('recovery-01')).State).toBe('RUNNING');
  });

  it('keeps first minute first over the pages of a full minute', async () => {
    await archiveMany(250, MINUTE - 1);
    await put(1_000, 0);
    await put(2_000, MINUTE);
    await start('recovery-01', 0, 2 * MINUTE);
    await world.timing.advance(1);
    const numbers = replayed();
    expect(numbers.at(-1)).toBe(2_000);
    expect(numbers).toHaveLength(252);
  });

  it('can be cancelled while it runs, once', async () => {
    await put(1, 0);
    await start('recovery-01', 0, MINUTE);
    const cancel = () => world.client.send(new CancelReplayCommand({ ReplayName: 'recovery-01' }));
    expect((await cancel()).State).toBe('CANCELLING');
    await world.timing.advance(1);
    expect((await describeReplay('recovery-01')).State).toBe('CANCELLED');
    expect(replayed()).toEqual([]);
    await expect(cancel()).rejects.toMatchObject({ name: 'IllegalStatusException' });
  });

  it('fails when its archive is deleted meanwhile', async () => {
    await put(1, 0);
    await start('recovery-01', 0, MINUTE);
    await world.client.send(new DeleteArchiveCommand({ ArchiveName: ARCHIVE }));
    await world.timing.advance(1);
    expect((await describeReplay('recovery-01')).State).toBe('FAILED');
  });

  it('has a name of its own, and nine others beside it at most', async () => {
    for (let n = 0; n < 10; n += 1) await start(`recovery-${n}`, 0, MINUTE);
    await expect(start('recovery-0', 0, MINUTE)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(start('recovery-10', 0, MINUTE)).rejects.toMatchObject({ name: 'LimitExceededException' });
    await world.timing.advance(1);
    await start('recovery-10', 0, MINUTE);
    const { Replays } = await world.client.send(new ListReplaysCommand({ State: 'COMPLETED' }));
    expect(Replays).toHaveLength(10);
  });

  it.each([
    { what: 'another bus', change: { Destination: { Arn: `${ARN}:event-bus/default` } }, error: 'ValidationException' },
    { what: 'an end before the start', change: { EventEndTime: new Date(START - 1) }, error: 'ValidationException' },
    { what: 'no such archive', change: { EventSourceArn: `${ARN}:archive/x` }, error: 'ResourceNotFoundException' },
    { what: 'a name of 65 characters', change: { ReplayName: 'r'.repeat(65) }, error: 'ValidationException' },
  ])('is refused for $what', async ({ change, error }) => {
    const command = new StartReplayCommand({
      ReplayName: 'recovery-01',
      EventSourceArn: `${ARN}:archive/${ARCHIVE}`,
      EventStartTime: new Date(START),
      EventEndTime: new Date(START + MINUTE),
      Destination: { Arn: BUS_ARN },
      ...change,
    });
    await expect(world.client.send(command)).rejects.toMatchObject({ name: error });
  });
});

describe('an archive', () => {
  it('keeps what its pattern takes, in the commit of PutEvents', async () => {
    await put(1, 0);
    await put(2, 0, 'other');
    world = await world.killAndRestart();
    expect(await eventCount()).toBe(1);
    const { Archives } = await world.client.send(new ListArchivesCommand({ EventSourceArn: BUS_ARN }));
    expect(Archives?.map((archive) => [archive.ArchiveName, archive.RetentionDays, archive.State])).toEqual([
      [ARCHIVE, 14, 'ENABLED'],
    ]);
  });

  it('takes every event without a pattern', async () => {
    await world.client.send(new CreateArchiveCommand({ ArchiveName: 'all', EventSourceArn: BUS_ARN }));
    await put(1, 0, 'other');
    expect((await world.client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }))).EventCount).toBe(1);
  });

  it('follows an update from then on', async () => {
    await world.client.send(new UpdateArchiveCommand({ ArchiveName: ARCHIVE, EventPattern: '{"source":["other"]}' }));
    await put(1, 0);
    expect(await eventCount()).toBe(0);
    const described = await world.client.send(new DescribeArchiveCommand({ ArchiveName: ARCHIVE }));
    expect([described.EventPattern, described.RetentionDays]).toEqual(['{"source":["other"]}', 14]);
  });

  it('deletes what is older than its retention, and the event with it', async () => {
    await put(1, 0);
    await world.timing.advance(14 * DAY - MINUTE);
    expect(await eventCount()).toBe(1);
    await world.timing.advance(2 * 3_600_000);
    expect(await eventCount()).toBe(0);
    const { rows } = world.eventBridge.database.prepare('SELECT count(*) AS rows FROM eb_event').get() as {
      rows: number;
    };
    expect(rows).toBe(0);
  });

  it('deletes in small steps, between which others are served', async () => {
    await archiveMany(450, 0);
    await world.client.send(new DeleteArchiveCommand({ ArchiveName: ARCHIVE }));
    const left = () =>
      (world.eventBridge.database.prepare('SELECT count(*) AS rows FROM eb_archived').get() as { rows: number }).rows;
    const seen = [left()];
    while (seen.at(-1) !== 0) {
      await world.timing.step();
      if (left() !== seen.at(-1)) seen.push(left());
    }
    expect(seen).toEqual([450, 250, 50, 0]);
  });

  it('brings nothing back with a new one of the same name', async () => {
    await archiveMany(450, 0);
    await world.client.send(new DeleteArchiveCommand({ ArchiveName: ARCHIVE }));
    await world.client.send(new CreateArchiveCommand({ ArchiveName: ARCHIVE, EventSourceArn: BUS_ARN }));
    expect(await eventCount()).toBe(0);
    await put(1, 0);
    await world.timing.advance(DAY);
    expect(await eventCount()).toBe(1);
  });

  it('keeps for ever with a retention of 0', async () => {
    await world.client.send(new UpdateArchiveCommand({ ArchiveName: ARCHIVE, RetentionDays: 0 }));
    await put(1, 0);
    await world.timing.advance(30 * DAY);
    expect(await eventCount()).toBe(1);
  });

  it('forgets after 90 days that a replay was', async () => {
    await start('over', 0, MINUTE);
    await world.timing.advance(89 * DAY);
    expect((await describeReplay('over')).State).toBe('COMPLETED');
    await world.timing.advance(2 * DAY);
    await expect(describeReplay('over')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('exists once, on a bus that exists', async () => {
    const create = (name: string, bus: string) =>
      world.client.send(new CreateArchiveCommand({ ArchiveName: name, EventSourceArn: `${ARN}:event-bus/${bus}` }));
    await expect(create(ARCHIVE, BUS)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(create('other', 'nowhere')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
