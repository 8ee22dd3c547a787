/** Interprets the topology (architecture §3) on the local bus: bus, rules with targets, archives, functions. */
import type { FunctionName } from '../../../events/words.ts';
import { failureQueueName, laterQueueName } from '../../../functions/shared/queues/names.ts';
import type { ArchiveSpec, RuleSpec, Topology } from '../../../stacks/topology-types.ts';
import { transact } from '../database.ts';
import type { DispatchedFunction, Dispatcher } from '../lambda/dispatcher.ts';
import type { Schedule } from '../lambda/schedules.ts';
import type { EventBridge } from './event-bridge.ts';
import { DEFAULT_BUS } from './schema.ts';

export type LocalNames = {
  functionArn(name: FunctionName): string;
  queueArn(queueName: string): string;
  /** Takes what EventBridge could not deliver. */
  deadLetterQueue(name: FunctionName): string;
  /** Takes what the function could not finish. */
  failureQueue(name: FunctionName): string;
  laterQueue(name: FunctionName): string;
  archive(name: string): string;
};

/** Names of the stage's resources, all beginning with `frontdesk-<env>` (interfaces, first paragraph). */
export function localNames(stage: { env: string; region: string; accountId: string }): LocalNames {
  const named = (...parts: string[]) => ['frontdesk', stage.env, ...parts].join('-');
  return {
    functionArn: (name) => `arn:aws:lambda:${stage.region}:${stage.accountId}:function:${named(name)}`,
    queueArn: (queueName) => `arn:aws:sqs:${stage.region}:${stage.accountId}:${queueName}`,
    deadLetterQueue: (name) => named(name, 'dlq'),
    failureQueue: (name) => failureQueueName(stage.env, name),
    laterQueue: (name) => laterQueueName(stage.env, name),
    archive: (name) => named(name),
  };
}

/**
 * Brings the bus to what the topology says, again and again with the same result. A rule that is there keeps its state, so
 * that one an operator disabled stays disabled over a restart; twins are always enabled. What the topology made and no
 * longer names goes; what others made stays. An archive's events are kept.
 */
export function applyTopology(
  topology: Topology,
  context: {
    readonly env: string;
    readonly names: LocalNames;
    readonly eventBridge: EventBridge;
    readonly dispatcher: Pick<Dispatcher, 'configure'>;
    /** `unlimited` lifts reserved concurrency (interfaces §1). */
    readonly limits: 'vendor' | 'unlimited';
  },
): void {
  const { eventBridge, names, dispatcher } = context;
  const bus = topology.busName(context.env);
  dispatcher.configure(functionsOf(topology, names, context.limits));
  const busOf = (rule: RuleSpec) => (rule.bus === DEFAULT_BUS ? DEFAULT_BUS : bus);
  transact(eventBridge.database, () => {
    createBus(eventBridge, bus);
    removeUnnamedRules(
      eventBridge,
      new Set(topology.rules.map((rule) => eventBridge.arns.rule(busOf(rule), rule.name))),
    );
    for (const rule of topology.rules) putRule(eventBridge, names, rule, busOf(rule));
    for (const archive of topology.archives) putArchive(eventBridge, names, archive, bus);
  });
  eventBridge.ruleBook.changed(bus);
  eventBridge.ruleBook.changed(DEFAULT_BUS);
}

/** The functions with a rate, for `startSchedules`. */
export function schedulesOf(topology: Topology, names: LocalNames, eventBridge: EventBridge, env: string): Schedule[] {
  return topology.functions.flatMap(({ name, scheduleSeconds }) =>
    scheduleSeconds === null
      ? []
      : [
          {
            ruleArn: eventBridge.arns.rule(DEFAULT_BUS, `frontdesk-${env}-${name}-schedule`),
            functionArn: names.functionArn(name),
            everySeconds: scheduleSeconds,
          },
        ],
  );
}

function functionsOf(topology: Topology, names: LocalNames, limits: 'vendor' | 'unlimited'): DispatchedFunction[] {
  return topology.functions.map((spec) => ({
    name: spec.name,
    arn: names.functionArn(spec.name),
    retries: spec.async.retries,
    maxAgeSeconds: spec.async.maxAgeSeconds,
    onFailureQueue: names.failureQueue(spec.name),
    reservedConcurrency: limits === 'unlimited' ? null : spec.reservedConcurrency,
  }));
}

function createBus(eventBridge: EventBridge, bus: string): void {
  const known = eventBridge.database.prepare('SELECT 1 FROM eb_bus WHERE name = ?').get(bus);
  if (known === undefined) call(eventBridge, 'CreateEventBus', { Name: bus });
}

function removeUnnamedRules(eventBridge: EventBridge, wanted: ReadonlySet<string>): void {
  const { database, arns } = eventBridge;
  const managed = database.prepare('SELECT bus, name FROM eb_rule WHERE managed = 1').all() as {
    bus: string;
    name: string;
  }[];
  for (const { bus, name } of managed) {
    if (wanted.has(arns.rule(bus, name))) continue;
    database.prepare('DELETE FROM eb_target WHERE bus = ? AND rule = ?').run(bus, name);
    database.prepare('DELETE FROM eb_rule WHERE bus = ? AND name = ?').run(bus, name);
  }
}

function putRule(eventBridge: EventBridge, names: LocalNames, rule: RuleSpec, bus: string): void {
  const { database } = eventBridge;
  const known = database.prepare('SELECT state FROM eb_rule WHERE bus = ? AND name = ?').get(bus, rule.name) as
    | { state: string }
    | undefined;
  const State = rule.replayPurpose === null ? (known?.state ?? 'ENABLED') : 'ENABLED';
  call(eventBridge, 'PutRule', {
    Name: rule.name,
    EventBusName: bus,
    EventPattern: JSON.stringify(rule.pattern),
    State,
  });
  database.prepare('UPDATE eb_rule SET managed = 1 WHERE bus = ? AND name = ?').run(bus, rule.name);
  database.prepare('DELETE FROM eb_target WHERE bus = ? AND rule = ?').run(bus, rule.name);
  call(eventBridge, 'PutTargets', {
    Rule: rule.name,
    EventBusName: bus,
    Targets: [
      {
        Id: rule.target,
        Arn: names.functionArn(rule.target),
        RetryPolicy: {
          MaximumEventAgeInSeconds: rule.retry.maxAgeSeconds,
          MaximumRetryAttempts: rule.retry.attempts,
        },
        DeadLetterConfig: { Arn: names.queueArn(names.deadLetterQueue(rule.target)) },
      },
    ],
  });
}

function putArchive(eventBridge: EventBridge, names: LocalNames, archive: ArchiveSpec, bus: string): void {
  const name = names.archive(archive.name);
  const settings = {
    ArchiveName: name,
    EventPattern: JSON.stringify(archive.pattern),
    RetentionDays: archive.retentionDays,
  };
  const known = eventBridge.database.prepare('SELECT 1 FROM eb_archive WHERE name = ?').get(name);
  if (known === undefined) {
    call(eventBridge, 'CreateArchive', { ...settings, EventSourceArn: eventBridge.arns.bus(bus) });
  } else {
    call(eventBridge, 'UpdateArchive', settings);
  }
}

/** The same operations that clients call, with the same checks; none of these waits. */
function call(eventBridge: EventBridge, operation: string, input: Record<string, unknown>): void {
  const run = eventBridge.service.operations[operation];
  if (run === undefined) throw new Error(`EventBridge has no operation ${operation}`);
  run(input);
}
