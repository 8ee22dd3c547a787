/**
 * Limits, defaults and error names of the operations (interfaces §8) over the real SDK. Expectations: the EventBridge API
 * reference (constraints and errors of each action), its quotas, and reference/sst-offline.md.
 */
import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DescribeReplayCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListArchivesCommand,
  ListEventBusesCommand,
  ListReplaysCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  StartReplayCommand,
  TestEventPatternCommand,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { functionArn, queueArn, START, startWorld, type World } from '../testing.ts';

const BUS = 'frontdesk-local';
const ARN = 'arn:aws:events:us-east-2:000000000000';
const BUS_ARN = `${ARN}:event-bus/${BUS}`;
const EventPattern = '{"source":["s"]}';

let world: World;
async function setUp() {
  world = await startWorld();
  await send(new CreateEventBusCommand({ Name: BUS }));
  await send(new PutRuleCommand({ Name: 'r', EventBusName: BUS, EventPattern }));
  await send(new CreateArchiveCommand({ ArchiveName: 'a', EventSourceArn: BUS_ARN }));
  await send(replay());
}

/** The SDK's commands have no common type that `send` would take. */
type Command = object;

async function send(command: Command): Promise<Record<string, unknown>> {
  return { ...(await world.client.send(command as PutEventsCommand)) };
}

function replay(changes: Partial<StartReplayCommand['input']> = {}) {
  return new StartReplayCommand({
    ReplayName: 'p',
    EventSourceArn: `${ARN}:archive/a`,
    EventStartTime: new Date(START - 60_000),
    EventEndTime: new Date(START),
    Destination: { Arn: BUS_ARN },
    ...changes,
  });
}
const rule = (changes: Partial<PutRuleCommand['input']>) =>
  new PutRuleCommand({ Name: 'r', EventBusName: BUS, EventPattern, ...changes });
const archive = (changes: Partial<CreateArchiveCommand['input']>) =>
  new CreateArchiveCommand({ ArchiveName: 'b', EventSourceArn: BUS_ARN, ...changes });
const target = (changes: Record<string, unknown> = {}) =>
  new PutTargetsCommand({
    Rule: 'r',
    EventBusName: BUS,
    Targets: [{ Id: '1', Arn: functionArn('verify'), ...changes }],
  });
const retry = (changes: Record<string, number>) => target({ RetryPolicy: changes });

const BAD_NAME = 'has a blank';
const VALIDATION = 'ValidationException';
const NOT_FOUND = 'ResourceNotFoundException';
const EXISTS = 'ResourceAlreadyExistsException';
const BAD_PATTERN = 'InvalidEventPatternException';

const REFUSALS: readonly (readonly [what: string, command: () => Command, error: string])[] = [
  ['CreateEventBus, a name with a blank', () => new CreateEventBusCommand({ Name: BAD_NAME }), VALIDATION],
  ['CreateEventBus, 257 characters', () => new CreateEventBusCommand({ Name: 'b'.repeat(257) }), VALIDATION],
  ['CreateEventBus, the default bus', () => new CreateEventBusCommand({ Name: 'default' }), EXISTS],
  ['DescribeEventBus, unknown', () => new DescribeEventBusCommand({ Name: 'x' }), NOT_FOUND],
  ['DescribeEventBus, an ARN of a rule', () => new DescribeEventBusCommand({ Name: `${ARN}:rule/${BUS}` }), VALIDATION],
  ['ListEventBuses, a limit of 101', () => new ListEventBusesCommand({ Limit: 101 }), VALIDATION],
  ['ListEventBuses, a limit of 0', () => new ListEventBusesCommand({ Limit: 0 }), VALIDATION],
  ['PutRule, 65 characters', () => rule({ Name: 'r'.repeat(65) }), VALIDATION],
  ['PutRule, neither pattern nor schedule', () => rule({ EventPattern: undefined }), VALIDATION],
  ['PutRule, a description of 513 characters', () => rule({ Description: 'd'.repeat(513) }), VALIDATION],
  ['PutRule, an unknown state', () => rule({ State: 'ON' as 'ENABLED' }), VALIDATION],
  [
    'PutRule, a pattern of 4,097 characters',
    () => rule({ EventPattern: `{"s":["${'x'.repeat(4_088)}"]}` }),
    VALIDATION,
  ],
  ['PutRule, a bad pattern', () => rule({ EventPattern: '{"source":"s"}' }), BAD_PATTERN],
  ['DescribeRule, unknown', () => new DescribeRuleCommand({ Name: 'x', EventBusName: BUS }), NOT_FOUND],
  ['DescribeRule, unknown bus', () => new DescribeRuleCommand({ Name: 'r', EventBusName: 'x' }), NOT_FOUND],
  ['EnableRule, unknown', () => new EnableRuleCommand({ Name: 'x', EventBusName: BUS }), NOT_FOUND],
  ['DisableRule, unknown', () => new DisableRuleCommand({ Name: 'x', EventBusName: BUS }), NOT_FOUND],
  ['DeleteRule, unknown bus', () => new DeleteRuleCommand({ Name: 'r', EventBusName: 'x' }), NOT_FOUND],
  ['ListRules, unknown bus', () => new ListRulesCommand({ EventBusName: 'x' }), NOT_FOUND],
  ['PutTargets, unknown rule', () => new PutTargetsCommand({ ...target().input, Rule: 'x' }), NOT_FOUND],
  ['PutTargets, no target', () => new PutTargetsCommand({ ...target().input, Targets: [] }), VALIDATION],
  ['PutTargets, a maximum age of 59 s', () => retry({ MaximumEventAgeInSeconds: 59 }), VALIDATION],
  ['PutTargets, a maximum age of 86,401 s', () => retry({ MaximumEventAgeInSeconds: 86_401 }), VALIDATION],
  ['PutTargets, 186 retries', () => retry({ MaximumRetryAttempts: 186 }), VALIDATION],
  [
    'PutTargets, a function as dead-letter queue',
    () => target({ DeadLetterConfig: { Arn: functionArn('x') } }),
    VALIDATION,
  ],
  ['PutTargets, an id of 65 characters', () => target({ Id: 'i'.repeat(65) }), VALIDATION],
  [
    'RemoveTargets, unknown rule',
    () => new RemoveTargetsCommand({ Rule: 'x', EventBusName: BUS, Ids: ['1'] }),
    NOT_FOUND,
  ],
  ['ListTargetsByRule, unknown rule', () => new ListTargetsByRuleCommand({ Rule: 'x', EventBusName: BUS }), NOT_FOUND],
  ['PutEvents, no entry', () => new PutEventsCommand({ Entries: [] }), VALIDATION],
  ['TestEventPattern, no event', () => new TestEventPatternCommand({ EventPattern, Event: '[]' }), VALIDATION],
  ['CreateArchive, 49 characters', () => archive({ ArchiveName: 'a'.repeat(49) }), VALIDATION],
  ['CreateArchive, no ARN', () => archive({ EventSourceArn: BUS }), VALIDATION],
  ['CreateArchive, an ARN of a rule', () => archive({ EventSourceArn: `${ARN}:rule/${BUS}` }), VALIDATION],
  ['CreateArchive, unknown bus', () => archive({ EventSourceArn: `${ARN}:event-bus/x` }), NOT_FOUND],
  ['CreateArchive, again', () => archive({ ArchiveName: 'a' }), EXISTS],
  ['CreateArchive, a bad pattern', () => archive({ EventPattern: '{}' }), BAD_PATTERN],
  ['CreateArchive, a negative retention', () => archive({ RetentionDays: -1 }), VALIDATION],
  ['UpdateArchive, unknown', () => new UpdateArchiveCommand({ ArchiveName: 'x' }), NOT_FOUND],
  [
    'UpdateArchive, a bad pattern',
    () => new UpdateArchiveCommand({ ArchiveName: 'a', EventPattern: '[]' }),
    BAD_PATTERN,
  ],
  ['DescribeArchive, unknown', () => new DescribeArchiveCommand({ ArchiveName: 'x' }), NOT_FOUND],
  ['DeleteArchive, unknown', () => new DeleteArchiveCommand({ ArchiveName: 'x' }), NOT_FOUND],
  [
    'ListArchives, two filters',
    () => new ListArchivesCommand({ NamePrefix: 'a', EventSourceArn: BUS_ARN }),
    VALIDATION,
  ],
  ['ListArchives, an unknown state', () => new ListArchivesCommand({ State: 'ON' as 'ENABLED' }), VALIDATION],
  ['ListReplays, two filters', () => new ListReplaysCommand({ NamePrefix: 'p', State: 'FAILED' }), VALIDATION],
  ['ListReplays, an unknown state', () => new ListReplaysCommand({ State: 'ON' as 'FAILED' }), VALIDATION],
  ['StartReplay, a name of 65 characters', () => replay({ ReplayName: 'p'.repeat(65) }), VALIDATION],
  ['StartReplay, again', () => replay(), EXISTS],
  ['StartReplay, an end that is the start', () => replay({ EventStartTime: new Date(START) }), VALIDATION],
  ['StartReplay, unknown archive', () => replay({ EventSourceArn: `${ARN}:archive/x` }), NOT_FOUND],
  ['StartReplay, a bus as archive', () => replay({ EventSourceArn: BUS_ARN }), VALIDATION],
  ['StartReplay, another bus', () => replay({ Destination: { Arn: `${ARN}:event-bus/default` } }), VALIDATION],
  ['StartReplay, unknown bus', () => replay({ Destination: { Arn: `${ARN}:event-bus/x` } }), NOT_FOUND],
  ['StartReplay, no bus', () => replay({ Destination: { Arn: queueArn('q') } }), VALIDATION],
  [
    'StartReplay, a rule of another bus',
    () => replay({ ReplayName: 'q', Destination: { Arn: BUS_ARN, FilterArns: [`${ARN}:rule/r`] } }),
    VALIDATION,
  ],
  [
    'StartReplay, unknown rule',
    () => replay({ ReplayName: 'q', Destination: { Arn: BUS_ARN, FilterArns: [`${ARN}:rule/${BUS}/x`] } }),
    NOT_FOUND,
  ],
  ['DescribeReplay, unknown', () => new DescribeReplayCommand({ ReplayName: 'x' }), NOT_FOUND],
  ['CancelReplay, unknown', () => new CancelReplayCommand({ ReplayName: 'x' }), NOT_FOUND],
];

describe('refusals', () => {
  beforeAll(setUp);
  afterAll(() => world.close());

  it.each(REFUSALS)('%s → %3$s', async (_what, command, error) => {
    await expect(send(command())).rejects.toMatchObject({ name: error, $metadata: { httpStatusCode: 400 } });
  });
});

describe('quotas', () => {
  beforeEach(setUp);
  afterEach(() => world.close());

  it('a bus has 300 rules; one that is there can still be put', async () => {
    const putInProcess = world.eventBridge.service.operations.PutRule;
    for (let n = 1; n < 300; n += 1) await putInProcess?.({ ...rule({ Name: `r${n}` }).input });
    await expect(send(rule({ Name: 'one-more' }))).rejects.toMatchObject({ name: 'LimitExceededException' });
    await send(rule({ Description: 'changed' }));
    await send(new PutRuleCommand({ Name: 'one-more', EventPattern }));
  });

  it('a request holds 1 MB: 14 bytes for a time, UTF-8 bytes of source, detail type, detail and resources', async () => {
    const size = 1_048_576;
    const entry = (bytes: number) => {
      const head = { Source: 'sé', DetailType: 't', Resources: ['r1'], Time: new Date(START) };
      const rest = 3 + 1 + 2 + 14;
      return { ...head, EventBusName: BUS, Detail: `{"a":"${'x'.repeat(bytes - rest - 8)}"}` };
    };
    const put = (...bytes: number[]) => send(new PutEventsCommand({ Entries: bytes.map(entry) }));
    expect(await put(size)).toMatchObject({ FailedEntryCount: 0 });
    expect(await put(size - 100, 100)).toMatchObject({ FailedEntryCount: 0 });
    await expect(put(size + 1)).rejects.toMatchObject({ name: VALIDATION });
    await expect(put(size - 100, 101)).rejects.toMatchObject({ name: VALIDATION });
  });
});

describe('answers', () => {
  beforeEach(setUp);
  afterEach(() => world.close());

  it('a rule tells what was put and who made it, the list the same without the maker', async () => {
    await send(rule({ State: 'DISABLED', Description: 'd' }));
    const told = {
      Name: 'r',
      Arn: `${ARN}:rule/${BUS}/r`,
      EventPattern,
      State: 'DISABLED',
      Description: 'd',
      EventBusName: BUS,
    };
    const { $metadata: _, ...described } = await send(new DescribeRuleCommand({ Name: 'r', EventBusName: BUS_ARN }));
    expect(described).toEqual({ ...told, CreatedBy: '000000000000' });
    expect(await send(new ListRulesCommand({ EventBusName: BUS_ARN }))).toMatchObject({ Rules: [told] });
  });

  it('a rule that is put again keeps nothing of the first but its targets', async () => {
    await send(target());
    await send(rule({ State: 'DISABLED', Description: 'd' }));
    await send(rule({}));
    const described = await send(new DescribeRuleCommand({ Name: 'r', EventBusName: BUS }));
    expect(described).toMatchObject({ State: 'ENABLED' });
    expect(described).not.toHaveProperty('Description');
    const { Targets } = await send(new ListTargetsByRuleCommand({ Rule: 'r', EventBusName: BUS }));
    expect(Targets).toHaveLength(1);
  });

  it('a rule with targets is not deleted, by force neither', async () => {
    await send(target());
    const remove = () => send(new DeleteRuleCommand({ Name: 'r', EventBusName: BUS, Force: true }));
    await expect(remove()).rejects.toMatchObject({ name: VALIDATION });
    await send(new RemoveTargetsCommand({ Rule: 'r', EventBusName: BUS, Ids: ['1'] }));
    await remove();
  });

  it('an archive counts its events and their bytes', async () => {
    const entry = { EventBusName: BUS, Source: 's', DetailType: 't', Detail: '{"é":1}' };
    await send(new PutEventsCommand({ Entries: [entry, entry] }));
    const { body } = world.eventBridge.database.prepare('SELECT body FROM eb_event').get() as { body: string };
    const counted = { EventCount: 2, SizeBytes: 2 * Buffer.byteLength(body), RetentionDays: 0, State: 'ENABLED' };
    expect(await send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).toMatchObject({
      ...counted,
      ArchiveArn: `${ARN}:archive/a`,
      EventSourceArn: BUS_ARN,
      CreationTime: new Date(START),
    });
    expect(await send(new ListArchivesCommand({ NamePrefix: 'a' }))).toMatchObject({ Archives: [counted] });
  });

  it('lists take one filter', async () => {
    await send(archive({ EventSourceArn: `${ARN}:event-bus/default` }));
    const names = async (filter: object) =>
      ((await send(new ListArchivesCommand(filter))).Archives as { ArchiveName: string }[]).map(
        (one) => one.ArchiveName,
      );
    expect(await names({})).toEqual(['a', 'b']);
    expect(await names({ EventSourceArn: BUS_ARN })).toEqual(['a']);
    expect(await names({ State: 'ENABLED' })).toEqual(['a', 'b']);
    expect(await names({ State: 'DISABLED' })).toEqual([]);
    await send(replay({ ReplayName: 'q' }));
    await world.timing.advance(1);
    const replays = async (filter: object) =>
      ((await send(new ListReplaysCommand(filter))).Replays as { ReplayName: string }[]).map((one) => one.ReplayName);
    expect(await replays({ NamePrefix: 'q' })).toEqual(['q']);
    expect(await replays({ State: 'COMPLETED' })).toEqual(['p', 'q']);
    expect(await replays({ EventSourceArn: `${ARN}:archive/a` })).toEqual(['p', 'q']);
    expect(await replays({ EventSourceArn: `${ARN}:archive/b` })).toEqual([]);
  });

  it.each([
    ['ListEventBuses', (page: object) => new ListEventBusesCommand(page), 'EventBuses'],
    ['ListArchives', (page: object) => new ListArchivesCommand(page), 'Archives'],
    ['ListReplays', (page: object) => new ListReplaysCommand(page), 'Replays'],
    [
      'ListTargetsByRule',
      (page: object) => new ListTargetsByRuleCommand({ Rule: 'r', EventBusName: BUS, ...page }),
      'Targets',
    ],
  ] as const)('%s goes on where the page before ended', async (_name, list, field) => {
    await send(archive({}));
    await send(replay({ ReplayName: 'q' }));
    await send(target());
    await send(target({ Id: '2' }));
    const first = await send(list({ Limit: 1 }));
    const second = await send(list({ Limit: 1, NextToken: first.NextToken }));
    expect([first[field], second[field]].flat()).toEqual((await send(list({})))[field]);
    expect(second).not.toHaveProperty('NextToken');
  });

  it('ids of events are all different', async () => {
    const entry = { EventBusName: BUS, Source: 's', DetailType: 't', Detail: '{}' };
    const { Entries } = await send(new PutEventsCommand({ Entries: Array.from({ length: 10 }, () => entry) }));
    expect(new Set((Entries as { EventId: string }[]).map(({ EventId }) => EventId)).size).toBe(10);
  });
});
