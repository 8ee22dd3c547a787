/** Buses, rules, targets, and what is delivered. */
import { anything, each, holding, inAnyOrder, isRecent, jsonOf, maybe, type Shape } from '../shape.ts';
import type { Step, World } from '../step.ts';
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
  const rule = (state: string): Shape => ({
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
  const events = { service: 'events' } as const;
  return [
    {
      does: 'creates a bus',
      ...events,
      operation: 'CreateEventBus',
      input: { Name: 'probe-bus' },
      gives: { EventBusArn: busArn('probe-bus') },
    },
    {
      does: 'refuses the same bus again',
      ...events,
      operation: 'CreateEventBus',
      input: { Name: 'probe-bus' },
      gives: { error: 'ResourceAlreadyExistsException' },
    },
    {
      does: 'describes a bus',
      ...events,
      operation: 'DescribeEventBus',
      input: { Name: 'probe-bus' },
      gives: bus('probe-bus'),
    },
    {
      does: 'lists the buses',
      ...events,
      operation: 'ListEventBuses',
      gives: { EventBuses: inAnyOrder(bus(DEFAULT_BUS), bus(world.ready.busName), bus('probe-bus')) },
    },
    {
      does: 'lists the product’s rules',
      ...events,
      operation: 'ListRules',
      input: { EventBusName: world.ready.busName, NamePrefix: 'classify-' },
      gives: {
        Rules: each({
          Name: /^classify-/,
          Arn: new RegExp(`^${ruleArn(world.ready.busName, 'classify-')}`),
          EventPattern: jsonOf(anything),
          State: 'ENABLED',
          EventBusName: world.ready.busName,
        }),
      },
    },
    {
      does: 'makes a rule',
      ...events,
      operation: 'PutRule',
      input: { Name: 'probe-rule', ...onBus, EventPattern: PATTERN, Description: 'more than ten' },
      gives: { RuleArn: ruleArn('probe-bus', 'probe-rule') },
    },
    {
      does: 'describes a rule',
      ...events,
      operation: 'DescribeRule',
      input: { Name: 'probe-rule', ...onBus },
      gives: rule('ENABLED'),
    },
    {
      does: 'lists the rules of a bus',
      ...events,
      operation: 'ListRules',
      input: onBus,
      gives: { Rules: [rule('ENABLED')] },
    },
    {
      does: 'refuses a pattern that is none',
      ...events,
      operation: 'PutRule',
      input: { Name: 'probe-rule', ...onBus, EventPattern: '{"source":"probe"}' },
      gives: { error: 'InvalidEventPatternException' },
    },
    ...[true, false].map(
      (fits): Step => ({
        does: `tests a pattern that ${fits ? 'fits' : 'does not fit'}`,
        ...events,
        operation: 'TestEventPattern',
        input: { EventPattern: PATTERN, Event: testEvent(fits ? 11 : 10) },
        gives: { Result: fits },
      }),
    ),
    {
      does: 'gives a rule a target with retry policy and dead-letter queue',
      ...events,
      operation: 'PutTargets',
      input: { Rule: 'probe-rule', ...onBus, Targets: [target] },
      gives: { FailedEntryCount: 0, FailedEntries: [] },
    },
    {
      does: 'lists the targets of a rule',
      ...events,
      operation: 'ListTargetsByRule',
      input: { Rule: 'probe-rule', ...onBus },
      gives: { Targets: [target] },
    },
    {
      does: 'refuses to delete a rule that has targets',
      ...events,
      operation: 'DeleteRule',
      input: { Name: 'probe-rule', ...onBus },
      gives: { error: 'ValidationException' },
    },

    {
      does: 'puts one event',
      ...events,
      operation: 'PutEvents',
      input: { Entries: [entry('one', 11)] },
      gives: accepted(1),
    },
    {
      does: 'puts ten events',
      ...events,
      operation: 'PutEvents',
      input: { Entries: Array.from({ length: 10 }, (_, index) => entry(`ten-${index}`, index + 6)) },
      gives: accepted(10),
    },
    {
      does: 'puts a bad event between good ones and is told which',
      ...events,
      operation: 'PutEvents',
      input: { Entries: [entry('good', 11), { ...entry('bad', 11), Detail: '{no json' }, entry('good too', 11)] },
      gives: {
        FailedEntryCount: 1,
        Entries: [{ EventId: EVENT_ID }, { ErrorCode: 'MalformedDetail', ErrorMessage: /./ }, { EventId: EVENT_ID }],
      },
    },
    {
      does: 'refuses eleven events',
      ...events,
      operation: 'PutEvents',
      input: { Entries: Array.from({ length: 11 }, () => entry('too many', 11)) },
      gives: { error: 'ValidationException' },
    },
    inbox.receives('the events that match, and no other', [
      'one',
      ...[5, 6, 7, 8, 9].map((index) => `ten-${index}`),
      'good',
      'good too',
    ]),

    {
      does: 'disables a rule',
      ...events,
      operation: 'DisableRule',
      input: { Name: 'probe-rule', ...onBus },
      gives: {},
    },
    {
      does: 'shows that it is disabled',
      ...events,
      operation: 'DescribeRule',
      input: { Name: 'probe-rule', ...onBus },
      gives: rule('DISABLED'),
    },
    {
      does: 'puts an event while the rule is disabled',
      ...events,
      operation: 'PutEvents',
      input: { Entries: [entry('unheard', 11)] },
      gives: accepted(1),
    },
    {
      does: 'enables the rule',
      ...events,
      operation: 'EnableRule',
      input: { Name: 'probe-rule', ...onBus },
      gives: {},
    },
    {
      does: 'puts an event when the rule is enabled again',
      ...events,
      operation: 'PutEvents',
      input: { Entries: [entry('heard', 11)] },
      gives: accepted(1),
    },
    inbox.receives('what was put when the rule was enabled, not what was put while it was disabled', ['heard']),

    {
      does: 'removes a target that is there and one that is not',
      ...events,
      operation: 'RemoveTargets',
      input: { Rule: 'probe-rule', ...onBus, Ids: ['inbox', 'nobody'] },
      gives: {
        FailedEntryCount: 1,
        FailedEntries: [{ TargetId: 'nobody', ErrorCode: 'ResourceNotFoundException', ErrorMessage: /./ }],
      },
    },
    { does: 'deletes a rule', ...events, operation: 'DeleteRule', input: { Name: 'probe-rule', ...onBus }, gives: {} },
    {
      does: 'finds no rule that was deleted',
      ...events,
      operation: 'DescribeRule',
      input: { Name: 'probe-rule', ...onBus },
      gives: { error: 'ResourceNotFoundException' },
    },
    {
      does: 'finds no bus that never was',
      ...events,
      operation: 'ListRules',
      input: { EventBusName: 'nowhere' },
      gives: { error: 'ResourceNotFoundException' },
    },
    {
      does: 'is told that connections are not here',
      ...events,
      operation: 'ListConnections',
      gives: { error: 'UnknownOperationException' },
    },
    {
      does: 'lists archives of the product',
      ...events,
      operation: 'ListArchives',
      gives: { Archives: holding(productArchive(world, 'recovery', 14), productArchive(world, 'facts', 180)) },
    },
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
