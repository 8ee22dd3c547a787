/** Buses, rules, targets, and what is delivered. */
import { anything, each, holding, inAnyOrder, isRecent, jsonOf, maybe, type Shape } from '../shape.ts';
import { events, refused, type Step, type World } from '../step.ts';
import { createInbox, names } from './names.ts';

const EVENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PATTERN = JSON.stringify({ source: ['probe.client'], detail: { amount: [{ numeric: ['>', 10] }] } });
const DEFAULT_BUS = 'default';

const entry = (mark: string, amount: number) => ({
  Source: 'probe.client',
  DetailType: 'Probe',
  Detail: JSON.stringify({ mark, amount }),
  EventBusName: 'probe-bus',
});
const accepted = (count: number): Shape => ({
  FailedEntryCount: 0,
  Entries: Array.from({ length: count }, () => ({ EventId: EVENT_ID })),
});

export function busSteps(world: World): Step[] {
  const { busArn, ruleArn, queueArn } = names(world.ready);
  const inbox = createInbox(world.ready, 'probe-inbox');
  const bus = (name: string): Shape => ({
    Name: name,
    Arn: busArn(name),
    CreationTime: maybe(isRecent),
    LastModifiedTime: maybe(isRecent),
  });
  const rule = (state: string) => ({
    Name: 'probe-rule',
    Arn: ruleArn('probe-bus', 'probe-rule'),
    EventPattern: PATTERN,
    State: state,
    Description: 'more than ten',
    EventBusName: 'probe-bus',
  });
  const target = {
    Id: 'inbox',
    Arn: queueArn('probe-inbox'),
    RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 600 },
    DeadLetterConfig: { Arn: queueArn('probe-dead') },
  };
  const onBus = { EventBusName: 'probe-bus' };
  return [
    events('creates a bus', 'CreateEventBus', { Name: 'probe-bus' }, { EventBusArn: busArn('probe-bus') }),
    events(
      'refuses the same bus again',
      'CreateEventBus',
      { Name: 'probe-bus' },
      refused('ResourceAlreadyExistsException'),
    ),
    events('describes a bus', 'DescribeEventBus', { Name: 'probe-bus' }, bus('probe-bus')),
    events(
      'lists the buses',
      'ListEventBuses',
      {},
      { EventBuses: inAnyOrder(bus(DEFAULT_BUS), bus(world.ready.busName), bus('probe-bus')) },
    ),
    events(
      'lists the product’s rules',
      'ListRules',
      { EventBusName: world.ready.busName, NamePrefix: 'classify-' },
      {
        Rules: each({
          Name: /^classify-/,
          Arn: new RegExp(`^${ruleArn(world.ready.busName, 'classify-')}`),
          EventPattern: jsonOf(anything),
          State: 'ENABLED',
          EventBusName: world.ready.busName,
        }),
      },
    ),
    events(
      'makes a rule',
      'PutRule',
      { Name: 'probe-rule', ...onBus, EventPattern: PATTERN, Description: 'more than ten' },
      { RuleArn: ruleArn('probe-bus', 'probe-rule') },
    ),
    events(
      'describes a rule',
      'DescribeRule',
      { Name: 'probe-rule', ...onBus },
      { ...rule('ENABLED'), CreatedBy: world.ready.accountId },
    ),
    events('lists the rules of a bus', 'ListRules', onBus, { Rules: [rule('ENABLED')] }),
    events(
      'refuses a pattern that is none',
      'PutRule',
      { Name: 'probe-rule', ...onBus, EventPattern: '{"source":"probe"}' },
      refused('InvalidEventPatternException'),
    ),
    ...[true, false].map(
      (fits): Step =>
        events(
          `tests a pattern that ${fits ? 'fits' : 'does not fit'}`,
          'TestEventPattern',
          { EventPattern: PATTERN, Event: testEvent(fits ? 11 : 10) },
          { Result: fits },
        ),
    ),
    events(
      'gives a rule a target with retry policy and dead-letter queue',
      'PutTargets',
      { Rule: 'probe-rule', ...onBus, Targets: [target] },
      { FailedEntryCount: 0, FailedEntries: [] },
    ),
    events('lists the targets of a rule', 'ListTargetsByRule', { Rule: 'probe-rule', ...onBus }, { Targets: [target] }),
    events(
      'refuses to delete a rule that has targets',
      'DeleteRule',
      { Name: 'probe-rule', ...onBus },
      refused('ValidationException'),
    ),

    events('puts one event', 'PutEvents', { Entries: [entry('one', 11)] }, accepted(1)),
    events(
      'puts ten events',
      'PutEvents',
      { Entries: Array.from({ length: 10 }, (_, index) => entry(`ten-${index}`, index + 6)) },
      accepted(10),
    ),
    events(
      'puts a bad event between good ones and is told which',
      'PutEvents',
      { Entries: [entry('good', 11), { ...entry('bad', 11), Detail: '{no json' }, entry('good too', 11)] },
      {
        FailedEntryCount: 1,
        Entries: [{ EventId: EVENT_ID }, { ErrorCode: 'MalformedDetail', ErrorMessage: /./ }, { EventId: EVENT_ID }],
      },
    ),
    events(
      'refuses eleven events',
      'PutEvents',
      { Entries: Array.from({ length: 11 }, () => entry('too many', 11)) },
      refused('ValidationException'),
    ),
    inbox.receives('the events that match, and no other', [
      'one',
      ...[5, 6, 7, 8, 9].map((index) => `ten-${index}`),
      'good',
      'good too',
    ]),

    events('disables a rule', 'DisableRule', { Name: 'probe-rule', ...onBus }, {}),
    events(
      'shows that it is disabled',
      'DescribeRule',
      { Name: 'probe-rule', ...onBus },
      { ...rule('DISABLED'), CreatedBy: world.ready.accountId },
    ),
    events('puts an event while the rule is disabled', 'PutEvents', { Entries: [entry('unheard', 11)] }, accepted(1)),
    events('enables the rule', 'EnableRule', { Name: 'probe-rule', ...onBus }, {}),
    events('puts an event when the rule is enabled again', 'PutEvents', { Entries: [entry('heard', 11)] }, accepted(1)),
    inbox.receives('what was put when the rule was enabled, not what was put while it was disabled', ['heard']),

    events(
      'removes a target that is there and one that is not',
      'RemoveTargets',
      { Rule: 'probe-rule', ...onBus, Ids: ['inbox', 'nobody'] },
      {
        FailedEntryCount: 1,
        FailedEntries: [{ TargetId: 'nobody', ErrorCode: 'ResourceNotFoundException', ErrorMessage: /./ }],
      },
    ),
    events('deletes a rule', 'DeleteRule', { Name: 'probe-rule', ...onBus }, {}),
    events(
      'finds no rule that was deleted',
      'DescribeRule',
      { Name: 'probe-rule', ...onBus },
      refused('ResourceNotFoundException'),
    ),
    events(
      'finds no bus that never was',
      'ListRules',
      { EventBusName: 'nowhere' },
      refused('ResourceNotFoundException'),
    ),
    events('is told that connections are not here', 'ListConnections', {}, refused('UnknownOperationException')),
    events(
      'lists archives of the product',
      'ListArchives',
      {},
      { Archives: holding(productArchive(world, 'recovery', 14), productArchive(world, 'facts', 180)) },
    ),
  ];
}

function productArchive({ ready }: World, name: string, days: number): Shape {
  return {
    ArchiveName: `frontdesk-local-${name}`,
    EventSourceArn: names(ready).busArn(ready.busName),
    State: 'ENABLED',
    RetentionDays: days,
    SizeBytes: (bytes) => Number(bytes) > 0,
    EventCount: (count) => Number(count) > 0,
    CreationTime: isRecent,
  };
}

function testEvent(amount: number): string {
  return JSON.stringify({
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'Probe',
    source: 'probe.client',
    account: '000000000000',
    time: '2026-01-31T09:30:00Z',
    region: 'us-east-2',
    resources: [],
    detail: { amount },
  });
}
