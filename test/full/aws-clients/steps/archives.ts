/** Archives and replays: created, started, followed, cancelled. */
import { instant, isRecent, type Shape } from '../shape.ts';
import { events, refused, type Step, type World } from '../step.ts';
import { cancelSteps, isCancelled } from './cancel.ts';
import { createInbox, names } from './names.ts';

const PATTERN = JSON.stringify({ source: ['probe.archive'] });
const NARROWER = JSON.stringify({ source: ['probe.archive'], 'detail-type': ['Probe'] });
const BUS = { EventBusName: 'probe-bus' };

/** Whole seconds: the CLI sends no fractions. */
const secondsAgo = (seconds: number) => new Date(Math.floor(Date.now() / 1000 - seconds) * 1000);

export function archiveSteps(world: World): Step[] {
  const { busArn, archiveArn, ruleArn, queueArn, replayArn } = names(world.ready);
  const [all, chosen] = [createInbox(world.ready, 'probe-inbox'), createInbox(world.ready, 'probe-chosen')];
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
    events(
      `makes the rule ${rule}`,
      'PutRule',
      { Name: rule, ...BUS, EventPattern: PATTERN },
      { RuleArn: ruleArn('probe-bus', rule) },
    ),
    events(
      `sends what ${rule} hears to a queue`,
      'PutTargets',
      { Rule: rule, ...BUS, Targets: [{ Id: 'queue', Arn: queueArn(queue) }] },
      { FailedEntryCount: 0, FailedEntries: [] },
    ),
  ];
  return [
    events(
      'creates an archive',
      'CreateArchive',
      {
        ArchiveName: 'probe-archive',
        EventSourceArn: busArn('probe-bus'),
        EventPattern: PATTERN,
        RetentionDays: 3,
      },
      { ArchiveArn: archiveArn('probe-archive'), State: 'ENABLED', CreationTime: isRecent },
    ),
    events('describes an archive', 'DescribeArchive', { ArchiveName: 'probe-archive' }, archive({})),
    ...listens('probe-all', 'probe-inbox'),
    ...listens('probe-chosen', 'probe-chosen'),
    events(
      'puts what the archive keeps',
      'PutEvents',
      {
        Entries: ['first', 'second'].map((mark) => ({
          Source: 'probe.archive',
          DetailType: 'Probe',
          Detail: JSON.stringify({ mark }),
          ...BUS,
        })),
      },
      { FailedEntryCount: 0, Entries: [{ EventId: /-/ }, { EventId: /-/ }] },
    ),
    all.receives('the live events', ['first', 'second']),
    chosen.receives('the live events by the other rule', ['first', 'second']),
    events(
      'updates an archive',
      'UpdateArchive',
      { ArchiveName: 'probe-archive', EventPattern: NARROWER, RetentionDays: 5, Description: 'narrower' },
      { ArchiveArn: archiveArn('probe-archive'), State: 'ENABLED', CreationTime: isRecent },
    ),
    events(
      'sees the change and what the archive holds',
      'DescribeArchive',
      { ArchiveName: 'probe-archive' },
      archive({
        EventPattern: NARROWER,
        RetentionDays: 5,
        Description: 'narrower',
        EventCount: 2,
        SizeBytes: (bytes) => Number(bytes) > 200,
      }),
    ),
    ...replay(world, 'probe-replay-all'),
    all.receives('the replayed events, marked with the replay’s name', ['first', 'second'], 'probe-replay-all'),
    chosen.receives('them by the other rule too', ['first', 'second'], 'probe-replay-all'),
    ...replay(world, 'probe-replay-one', ruleArn('probe-bus', 'probe-chosen')),
    chosen.receives('what is replayed to this rule alone', ['first', 'second'], 'probe-replay-one'),
    all.receives('nothing by the rule that was not named', []),
    events(
      'refuses a replay of the same name',
      'StartReplay',
      () => ({
        ReplayName: 'probe-replay-all',
        EventSourceArn: archiveArn('probe-archive'),
        EventStartTime: secondsAgo(60),
        EventEndTime: secondsAgo(0),
        Destination: { Arn: busArn('probe-bus') },
      }),
      refused('ResourceAlreadyExistsException'),
    ),
    ...cancelSteps(world),
    events(
      'lists the replays of a state',
      'ListReplays',
      { State: 'COMPLETED' },
      {
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
    ),
    events(
      'refuses to cancel what is over',
      'CancelReplay',
      { ReplayName: 'probe-replay-all' },
      refused('IllegalStatusException'),
    ),
    events(
      'finds no replay that never was',
      'DescribeReplay',
      { ReplayName: 'nowhere' },
      refused('ResourceNotFoundException'),
    ),
    events('deletes an archive', 'DeleteArchive', { ArchiveName: 'probe-archive' }, {}),
    events(
      'finds no archive that was deleted',
      'DescribeArchive',
      { ArchiveName: 'probe-archive' },
      refused('ResourceNotFoundException'),
    ),
    events(
      'lists replays by how their names begin, the cancelled one too',
      'ListReplays',
      { NamePrefix: 'probe-cancel' },
      { Replays: [isCancelled(world)] },
    ),
  ];

  function replay({ ready }: World, name: string, rule?: string): Step[] {
    // Ends when the events have been put and not later than now.
    const window = { from: new Date(0), to: new Date(0) };
    const destination = { Arn: busArn('probe-bus'), ...(rule !== undefined && { FilterArns: [rule] }) };
    return [
      events(
        `starts ${name}`,
        'StartReplay',
        () => {
          window.from = secondsAgo(600);
          window.to = secondsAgo(0);
          return {
            ReplayName: name,
            EventSourceArn: archiveArn('probe-archive'),
            EventStartTime: window.from,
            EventEndTime: window.to,
            Destination: destination,
          };
        },
        { ReplayArn: replayArn(name), State: 'STARTING', ReplayStartTime: isRecent },
      ),
      events(
        `follows ${name} to its end`,
        'DescribeReplay',
        { ReplayName: name },
        {
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
        { until: ({ State }: { State: string }) => State !== 'STARTING' && State !== 'RUNNING' },
      ),
    ];
  }
}
