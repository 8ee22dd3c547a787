import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionArn, queueArn, startWorld, type World } from '../testing.ts';

const BUS = 'frontdesk-local';
const PATTERN = JSON.stringify({ source: ['frontdesk.classify'], 'replay-name': [{ exists: false }] });

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await world.client.send(new CreateEventBusCommand({ Name: BUS }));
});
afterEach(() => world.close());

const put = (...entries: PutEventsRequestEntry[]) => world.client.send(new PutEventsCommand({ Entries: entries }));
const fact = (overrides: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  EventBusName: BUS,
  Source: 'frontdesk.classify',
  DetailType: 'MessageClassified',
  Detail: '{"data":{"tier":1}}',
  ...overrides,
});
const putRule = (name: string, pattern = PATTERN, arn = functionArn('verify')) =>
  world.client
    .send(new PutRuleCommand({ Name: name, EventBusName: BUS, EventPattern: pattern }))
    .then(() =>
      world.client.send(
        new PutTargetsCommand({ Rule: name, EventBusName: BUS, Targets: [{ Id: 'verify', Arn: arn }] }),
      ),
    );

describe('PutEvents', () => {
  it("delivers EventBridge's envelope, the time in whole seconds and the detail as written", async () => {
    await putRule('verify-candidates');
    const answer = await put(
      fact({ Detail: '{"data":{"n":1.50}}', Time: new Date('2026-01-31T09:29:58.750Z'), Resources: ['arn:r'] }),
    );
    await world.timing.advance(0);
    expect(answer.FailedEntryCount).toBe(0);
    expect(world.runs.map((run) => [run.functionName, run.payload])).toEqual([
      [
        'verify',
        {
          version: '0',
          id: answer.Entries?.[0]?.EventId,
          'detail-type': 'MessageClassified',
          source: 'frontdesk.classify',
          account: '000000000000',
          time: '2026-01-31T09:29:58Z',
          region: 'us-east-2',
          resources: ['arn:r'],
          detail: { data: { n: 1.5 } },
        },
      ],
    ]);
  });

  it('judges entry by entry, in order', async () => {
    await putRule('verify-candidates');
    const answer = await put(
      fact({ Source: '' }),
      fact(),
      fact({ DetailType: '' }),
      fact({ Detail: '' }),
      fact({ Detail: '[1]' }),
      fact({ Detail: '{"a":' }),
      fact({ Source: 'aws.s3' }),
      fact({ EventBusName: 'other' }),
      fact({ EventBusName: `arn:aws:events:us-east-2:000000000000:event-bus/${BUS}` }),
    );
    await world.timing.advance(0);
    expect(answer.FailedEntryCount).toBe(7);
    expect(answer.Entries?.map((entry) => entry.ErrorCode ?? 'accepted')).toEqual([
      'InvalidArgument',
      'accepted',
      'InvalidArgument',
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'ResourceNotFoundException',
      'accepted',
    ]);
    expect(world.runs.map((run) => (run.payload as { id: string }).id)).toEqual([
      answer.Entries?.[1]?.EventId,
      answer.Entries?.[8]?.EventId,
    ]);
  });

  it('refuses a request of eleven entries, or of more than 1 MB, as a whole', async () => {
    await putRule('verify-candidates');
    const eleven = Array.from({ length: 11 }, () => fact());
    await expect(put(...eleven)).rejects.toMatchObject({ name: 'ValidationException' });
    const half = `{"a":"${'x'.repeat(524_288)}"}`;
    await expect(put(fact({ Detail: half }), fact({ Detail: half }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
    await world.timing.advance(0);
    expect(world.runs).toEqual([]);
    expect((await put(fact({ Detail: half }))).FailedEntryCount).toBe(0);
  });

  it('keeps nothing of an event that nobody hears', async () => {
    await putRule('verify-candidates');
    await put(fact({ Source: 'frontdesk.ingest' }));
    await put(fact());
    await world.timing.advance(0);
    expect(world.runs).toHaveLength(1);
    const { rows } = world.eventBridge.database.prepare('SELECT count(*) AS rows FROM eb_event').get() as {
      rows: number;
    };
    expect(rows).toBe(0);
  });

  it('reaches every rule that matches, each target once', async () => {
    await putRule('a');
    await putRule('b', JSON.stringify({ 'detail-type': ['MessageClassified'] }));
    await putRule('c', JSON.stringify({ detail: { data: { tier: [2] } } }));
    await put(fact());
    await world.timing.advance(0);
    expect(world.runs).toHaveLength(2);
  });
});

describe('rules', () => {
  it('describes what was put, and replaces it', async () => {
    await putRule('r');
    await world.client.send(
      new PutRuleCommand({ Name: 'r', EventBusName: BUS, EventPattern: '{"source":["x"]}', Description: 'd' }),
    );
    expect(await world.client.send(new DescribeRuleCommand({ Name: 'r', EventBusName: BUS }))).toMatchObject({
      Name: 'r',
      Arn: `arn:aws:events:us-east-2:000000000000:rule/${BUS}/r`,
      EventPattern: '{"source":["x"]}',
      State: 'ENABLED',
      Description: 'd',
      EventBusName: BUS,
    });
    const { Targets } = await world.client.send(new ListTargetsByRuleCommand({ Rule: 'r', EventBusName: BUS }));
    expect(Targets).toEqual([{ Id: 'verify', Arn: functionArn('verify') }]);
  });

  it('names the rules of the default bus without the bus', async () => {
    const { RuleArn } = await world.client.send(new PutRuleCommand({ Name: 'r', EventPattern: PATTERN }));
    expect(RuleArn).toBe('arn:aws:events:us-east-2:000000000000:rule/r');
  });

  it('hears nothing while disabled', async () => {
    await putRule('r');
    await world.client.send(new DisableRuleCommand({ Name: 'r', EventBusName: BUS }));
    await put(fact());
    await world.timing.advance(0);
    expect(world.runs).toEqual([]);
    await world.client.send(new EnableRuleCommand({ Name: 'r', EventBusName: BUS }));
    await put(fact());
    await world.timing.advance(0);
    expect(world.runs).toHaveLength(1);
  });

  it('pages through a list', async () => {
    for (const name of ['a1', 'a2', 'a3', 'b1']) {
      await world.client.send(new PutRuleCommand({ Name: name, EventBusName: BUS, EventPattern: PATTERN }));
    }
    const list = (NextToken?: string) =>
      world.client.send(
        new ListRulesCommand({ EventBusName: BUS, NamePrefix: 'a', Limit: 2, ...(NextToken ? { NextToken } : {}) }),
      );
    const first = await list();
    const second = await list(first.NextToken);
    expect([first, second].map((page) => page.Rules?.map((rule) => rule.Name))).toEqual([['a1', 'a2'], ['a3']]);
    expect(second.NextToken).toBeUndefined();
  });

  it('is deleted only without targets', async () => {
    await putRule('r');
    const remove = () => world.client.send(new DeleteRuleCommand({ Name: 'r', EventBusName: BUS }));
    await expect(remove()).rejects.toMatchObject({ name: 'ValidationException' });
    const removed = await world.client.send(
      new RemoveTargetsCommand({ Rule: 'r', EventBusName: BUS, Ids: ['verify', 'nobody'] }),
    );
    expect(removed.FailedEntries?.map((entry) => [entry.TargetId, entry.ErrorCode])).toEqual([
      ['nobody', 'ResourceNotFoundException'],
    ]);
    await remove();
    await expect(world.client.send(new DescribeRuleCommand({ Name: 'r', EventBusName: BUS }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    // Deleting what is not there is no error on AWS.
    await remove();
  });

  it('takes five targets and gives retry policy and dead-letter queue back', async () => {
    await putRule('r');
    const target = (id: string) => ({
      Id: id,
      Arn: functionArn('verify'),
      RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 600 },
      DeadLetterConfig: { Arn: queueArn('q') },
    });
    const putTargets = (...ids: string[]) =>
      world.client.send(new PutTargetsCommand({ Rule: 'r', EventBusName: BUS, Targets: ids.map(target) }));
    await expect(putTargets('1', '2', '3', '4', '5')).rejects.toMatchObject({ name: 'LimitExceededException' });
    await putTargets('1', '2', '3', '4');
    const { Targets } = await world.client.send(
      new ListTargetsByRuleCommand({ Rule: 'r', EventBusName: BUS, Limit: 1 }),
    );
    expect(Targets).toEqual([target('1')]);
  });

  it.each([
    { what: 'a bad pattern', input: { EventPattern: '{"source":"x"}' }, error: 'InvalidEventPatternException' },
    { what: 'a bus that is not there', input: { EventBusName: 'other' }, error: 'ResourceNotFoundException' },
    { what: 'a name with a blank', input: { Name: 'a b' }, error: 'ValidationException' },
    { what: 'a schedule', input: { ScheduleExpression: 'rate(1 minute)' }, error: 'ValidationException' },
  ])('refuses $what', async ({ input, error }) => {
    const command = new PutRuleCommand({ Name: 'r', EventBusName: BUS, EventPattern: PATTERN, ...input });
    await expect(world.client.send(command)).rejects.toMatchObject({ name: error });
  });
});

describe('buses', () => {
  it('exist once, beside the default one', async () => {
    await expect(world.client.send(new CreateEventBusCommand({ Name: BUS }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    const { EventBuses } = await world.client.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map((bus) => bus.Arn)).toEqual([
      'arn:aws:events:us-east-2:000000000000:event-bus/default',
      `arn:aws:events:us-east-2:000000000000:event-bus/${BUS}`,
    ]);
    const described = await world.client.send(new DescribeEventBusCommand({ Name: BUS }));
    expect(described.CreationTime).toEqual(new Date('2026-01-31T09:30:00.000Z'));
  });
});

describe('TestEventPattern', () => {
  const event = (fields: Record<string, unknown> = {}) =>
    JSON.stringify({
      id: '1',
      account: '000000000000',
      source: 's',
      time: '2026-01-31T09:30:00Z',
      region: 'us-east-2',
      resources: [],
      'detail-type': 't',
      ...fields,
    });
  const test = (EventPattern: string, Event: string) =>
    world.client.send(new TestEventPatternCommand({ EventPattern, Event }));

  it('says whether a pattern matches, on the replay name too (reference/sst-offline.md)', async () => {
    const twin = '{"replay-name":[{"prefix":"recovery-"}]}';
    expect((await test(twin, event({ 'replay-name': 'recovery-01J' }))).Result).toBe(true);
    expect((await test(twin, event())).Result).toBe(false);
  });

  it('refuses a bad pattern and an incomplete event', async () => {
    await expect(test('{}', event())).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(test('{"source":["s"]}', '{"id":"1"}')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
