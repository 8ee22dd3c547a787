/** Archives and replays: created, started, followed, cancelled. */
import { instant, isRecent, maybe, type Shape } from '../shape.ts';
import type { Step, World } from '../step.ts';
import { createInbox, names } from './names.ts';

const PATTERN = JSON.stringify({ source: ['probe.archive'] });
const NARROWER = JSON.stringify({ source: ['probe.archive'], 'detail-type': ['Probe'] });
const BUS = { EventBusName: 'probe-bus' };

/** Events of an archive that takes long to replay: each in a minute of its own. */
export const LONG_ARCHIVE = {
  name: 'probe-long',
  source: 'probe.long',
  from: new Date('2026-01-01T00:00:00Z'),
  minutes: 5_000,
};

/** Which events a window of whole seconds holds: the CLI sends no fractions. */
const MINUTE = 60_000;
const secondsAgo = (seconds: number) => new Date(Math.floor(Date.now() / 1000 - seconds) * 1000);

export function archiveSteps(world: World): Step[] {
  const { busArn, archiveArn, ruleArn, queueArn, replayArn } = names(world.ready);
  const [all, chosen] = [createInbox(world.ready, 'probe-inbox'), createInbox(world.ready, 'probe-chosen')];
  const events = { service: 'events' } as const;
  const archive = (changes: { readonly [key: string]: Shape }): Shape => ({
    ArchiveArn: archiveArn('probe-archive'),
    ArchiveName: 'probe-archive',
    EventSourceArn: busArn('probe-bus'),
    EventPattern: PATTERN,
    State: 'ENABLED',
    RetentionDays: 3,
    SizeBytes: 0,
    EventCount: 0,
    CreationTime: isRecent,
    ...changes,
  });
  const listens = (rule: string, queue: string): Step[] => [
    {
      does: `makes the rule ${rule}`,
      ...events,
      operation: 'PutRule',
      input: { Name: rule, ...BUS, EventPattern: PATTERN },
      gives: { RuleArn: ruleArn('probe-bus', rule) },
    },
    {
      does: `sends what ${rule} hears to a queue`,
      ...events,
      operation: 'PutTargets',
      input: { Rule: rule, ...BUS, Targets: [{ Id: 'queue', Arn: queueArn(queue) }] },
      gives: { FailedEntryCount: 0, FailedEntries: [] },
    },
  ];
  return [
    {
      does: 'creates an archive',
      ...events,
      operation: 'CreateArchive',
      input: {
        ArchiveName: 'probe-archive',
        EventSourceArn: busArn('probe-bus'),
        EventPattern: PATTERN,
        RetentionDays: 3,
      },
      gives: { ArchiveArn: archiveArn('probe-archive'), State: 'ENABLED', CreationTime: isRecent },
    },
    {
      does: 'describes an archive',
      ...events,
      operation: 'DescribeArchive',
      input: { ArchiveName: 'probe-archive' },
      gives: archive({}),
    },
    ...listens('probe-all', 'probe-inbox'),
    ...listens('probe-chosen', 'probe-chosen'),
    {
      does: 'puts what the archive keeps',
      ...events,
      operation: 'PutEvents',
      input: {
        Entries: ['first', 'second'].map((mark) => ({
          Source: 'probe.archive',
          DetailType: 'Probe',
          Detail: JSON.stringify({ mark }),
          ...BUS,
        })),
      },
      gives: { FailedEntryCount: 0, Entries: [{ EventId: /-/ }, { EventId: /-/ }] },
    },
    all.receives('the live events', ['first', 'second']),
    chosen.receives('the live events by the other rule', ['first', 'second']),
    {
      does: 'updates an archive',
      ...events,
      operation: 'UpdateArchive',
      input: { ArchiveName: 'probe-archive', EventPattern: NARROWER, RetentionDays: 5, Description: 'narrower' },
      gives: { ArchiveArn: archiveArn('probe-archive'), State: 'ENABLED', CreationTime: isRecent },
    },
    {
      does: 'sees the change and what the archive holds',
      ...events,
      operation: 'DescribeArchive',
      input: { ArchiveName: 'probe-archive' },
      gives: archive({
        EventPattern: NARROWER,
        RetentionDays: 5,
        Description: 'narrower',
        EventCount: 2,
        SizeBytes: (bytes) => Number(bytes) > 200,
      }),
    },
    ...replay(world, 'probe-replay-all'),
    all.receives('the replayed events, marked with the replay’s name', ['first', 'second'], 'probe-replay-all'),
    chosen.receives('them by the other rule too', ['first', 'second'], 'probe-replay-all'),
    ...replay(world, 'probe-replay-one', ruleArn('probe-bus', 'probe-chosen')),
    chosen.receives('what is replayed to this rule alone', ['first', 'second'], 'probe-replay-one'),
    all.receives('nothing by the rule that was not named', []),
    {
      does: 'refuses a replay of the same name',
      ...events,
      operation: 'StartReplay',
      input: () => ({
        ReplayName: 'probe-replay-all',
        EventSourceArn: archiveArn('probe-archive'),
        EventStartTime: secondsAgo(60),
        EventEndTime: secondsAgo(0),
        Destination: { Arn: busArn('probe-bus') },
      }),
      gives: { error: 'ResourceAlreadyExistsException' },
    },
    ...cancelled(world),
    {
      does: 'lists the replays of a state',
      ...events,
      operation: 'ListReplays',
      input: { NamePrefix: 'probe-', State: 'COMPLETED' },
      gives: {
        Replays: ['probe-replay-all', 'probe-replay-one'].map((name) => ({
          ReplayName: name,
          EventSourceArn: archiveArn('probe-archive'),
          State: 'COMPLETED',
          EventStartTime: isRecent,
          EventEndTime: isRecent,
          EventLastReplayedTime: isRecent,
          ReplayStartTime: isRecent,
          ReplayEndTime: isRecent,
        })),
      },
    },
    {
      does: 'refuses to cancel what is over',
      ...events,
      operation: 'CancelReplay',
      input: { ReplayName: 'probe-replay-all' },
      gives: { error: 'IllegalStatusException' },
    },
    {
      does: 'finds no replay that never was',
      ...events,
      operation: 'DescribeReplay',
      input: { ReplayName: 'nowhere' },
      gives: { error: 'ResourceNotFoundException' },
    },
    {
      does: 'deletes an archive',
      ...events,
      operation: 'DeleteArchive',
      input: { ArchiveName: 'probe-archive' },
      gives: {},
    },
    {
      does: 'finds no archive that was deleted',
      ...events,
      operation: 'DescribeArchive',
      input: { ArchiveName: 'probe-archive' },
      gives: { error: 'ResourceNotFoundException' },
    },
    {
      does: 'lists the replays whose names begin so',
      ...events,
      operation: 'ListReplays',
      input: { NamePrefix: 'probe-cancel' },
      gives: { Replays: [isCancelled(world)] },
    },
  ].map((step) => step satisfies Step);

  function replay({ ready }: World, name: string, rule?: string): Step[] {
    // A window of whole seconds that ends when the events have been put and not later than now.
    const window = { from: new Date(0), to: new Date(0) };
    const destination = { Arn: busArn('probe-bus'), ...(rule !== undefined && { FilterArns: [rule] }) };
    return [
      {
        does: `starts ${name}`,
        ...events,
        operation: 'StartReplay',
        input: () => {
          window.from = secondsAgo(300);
          window.to = secondsAgo(0);
          return {
            ReplayName: name,
            EventSourceArn: archiveArn('probe-archive'),
            EventStartTime: window.from,
            EventEndTime: window.to,
            Destination: destination,
          };
        },
        gives: { ReplayArn: replayArn(name), State: 'STARTING', ReplayStartTime: isRecent },
      },
      {
        does: `follows ${name} to its end`,
        ...events,
        operation: 'DescribeReplay',
        input: { ReplayName: name },
        until: ({ State }: { State: string }) => State !== 'STARTING' && State !== 'RUNNING',
        gives: {
          ReplayName: name,
          ReplayArn: replayArn(name),
          State: 'COMPLETED',
          EventSourceArn: names(ready).archiveArn('probe-archive'),
          Destination: destination,
          EventStartTime: (value) => instant(window.from)(value),
          EventEndTime: (value) => instant(window.to)(value),
          EventLastReplayedTime: isRecent,
          ReplayStartTime: isRecent,
          ReplayEndTime: isRecent,
        },
      },
    ];
  }
}

function cancelled(world: World): Step[] {
  const { busArn, archiveArn, replayArn } = names(world.ready);
  const { from, minutes } = LONG_ARCHIVE;
  const events = { service: 'events' } as const;
  return [
    {
      does: 'starts a long replay',
      ...events,
      operation: 'StartReplay',
      input: {
        ReplayName: 'probe-cancel',
        EventSourceArn: archiveArn(LONG_ARCHIVE.name),
        EventStartTime: from,
        EventEndTime: new Date(from.getTime() + minutes * MINUTE),
        Destination: { Arn: busArn(world.ready.busName) },
      },
      gives: { ReplayArn: replayArn('probe-cancel'), State: 'STARTING', ReplayStartTime: isRecent },
    },
    {
      does: 'cancels it under way',
      ...events,
      operation: 'CancelReplay',
      input: { ReplayName: 'probe-cancel' },
      gives: { ReplayArn: replayArn('probe-cancel'), State: 'CANCELLING' },
    },
    {
      does: 'follows it until it is cancelled, before its end',
      ...events,
      operation: 'DescribeReplay',
      input: { ReplayName: 'probe-cancel' },
      until: ({ State }: { State: string }) => State !== 'CANCELLING',
      gives: {
        ...isCancelled(world),
        ReplayArn: replayArn('probe-cancel'),
        Destination: { Arn: busArn(world.ready.busName) },
      },
    },
  ];
}

function isCancelled({ ready }: World): { readonly [key: string]: Shape } {
  const { from, minutes } = LONG_ARCHIVE;
  const end = new Date(from.getTime() + minutes * MINUTE);
  return {
    ReplayName: 'probe-cancel',
    State: 'CANCELLED',
    EventSourceArn: names(ready).archiveArn(LONG_ARCHIVE.name),
    EventStartTime: instant(from),
    EventEndTime: instant(end),
    EventLastReplayedTime: maybe((value) => Date.parse(String(value)) < end.getTime() - MINUTE),
    ReplayStartTime: isRecent,
    ReplayEndTime: isRecent,
  };
}
