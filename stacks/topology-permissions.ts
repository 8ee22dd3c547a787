/** What each role may do on AWS, derived from the topology and nothing else: no wildcard action, no list of all (platform §4.5). */
import { CATALOGUE, EVENT_NAMES, type EventName } from '../events/catalogue.ts';
import type { FunctionName } from '../events/words.ts';
import type { Capability } from '../functions/shared/container.ts';
import { recordStream } from '../functions/shared/records/table.ts';
import { INTAKE_RULE } from '../functions/shared/rules.ts';
import { topology } from './topology.ts';
import { ROLES } from './topology-grants.ts';
import { arns, failureQueueName, laterQueueName, type Place } from './topology-names.ts';
import type { FunctionSpec, KeyGrant, TableSpec } from './topology-types.ts';

export type Statement = {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: { test: string; variable: string; values: string[] }[];
};

const ACTIONS = {
  read: ['dynamodb:GetItem'],
  write: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  delete: ['dynamodb:DeleteItem'],
  query: ['dynamodb:Query'],
  list: ['dynamodb:Query'],
} as const satisfies Record<KeyGrant['access'][number], readonly string[]>;

/** Facts stored by one function and published by another, as they were stored (protocols §2, §6, §7). */
const REPUBLISHES: Readonly<Partial<Record<FunctionName, readonly EventName[]>>> = {
  ingest: ['MissedMessageDetected'],
  classify: ['MessageSettled'],
  'responder-route': ['MessageSettled'],
  'responder-reply': ['MessageSettled', 'ReplySent', 'ReplySuppressed', 'ReplyFailed'],
  'responder-settle': ['MessageSettled', 'ReplySent', 'ReplySuppressed', 'ReplyFailed', 'TicketResolved'],
  sweeper: [
    'MessageReceived',
    'MissedMessageDetected',
    'MessageSettled',
    'ReplySent',
    'ReplySuppressed',
    'ReplyFailed',
    'TicketResolved',
  ],
};

/** What the function's ports need; `roleStatementsOf` adds logs, traces and the key. */
export function permissionsOf(spec: FunctionSpec, place: Place): Statement[] {
  const named = arns(place);
  const queues = [named.queue(failureQueueName(place.env, spec.name))];
  if (spec.laterQueue) queues.push(named.queue(laterQueueName(place.env, spec.name)));
  return [
    ...publishing(spec, place),
    ...topology.tables.flatMap((table) => tableAccess(table, spec.name, named.table(table.name))),
    ...spec.secrets.map((name) => ({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [named.secret(name)],
      conditions: [isTagged(place)],
    })),
    { actions: ['ssm:GetParameters'], resources: [named.parameters] },
    ...(uses(spec.name, 'intakeRule')
      ? [{ actions: ['events:DescribeRule'], resources: [named.rule({ name: INTAKE_RULE, bus: 'frontdesk' })] }]
      : []),
    ...(uses(spec.name, 'records')
      ? [{ actions: ['firehose:PutRecord'], resources: [named.stream(recordStream(place.env))] }]
      : []),
    { actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'], resources: queues, conditions: [isTagged(place)] },
    ...(spec.laterQueue
      ? [
          {
            actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            resources: [named.queue(laterQueueName(place.env, spec.name))],
            conditions: [isTagged(place)],
          },
        ]
      : []),
  ];
}

/**
 * Everything the function's role allows.
 *
 * @param keyArn  the stage's key, which whatever is kept is encrypted with
 */
export function roleStatementsOf(spec: FunctionSpec, place: Place, keyArn: string): Statement[] {
  return [...permissionsOf(spec, place), ...ownLogs(spec, place), TRACES, ...keyUse(spec, place, keyArn)];
}

/** X-Ray knows no resources. */
const TRACES: Statement = { actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] };

/** SST would let every function write to every log group of the account. */
function ownLogs({ name }: FunctionSpec, place: Place): Statement[] {
  return [
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${arns(place).logGroup(name)}:log-stream:*`],
    },
  ];
}

/** The key through the services that the function uses, and never by itself. Whoever sends to an encrypted queue makes a data key. */
function keyUse(spec: FunctionSpec, place: Place, keyArn: string): Statement[] {
  const reads = [
    ...(topology.tables.some(({ grants }) => grants[spec.name] !== undefined) ? ['dynamodb'] : []),
    ...(spec.secrets.length > 0 ? ['secretsmanager'] : []),
  ];
  return [
    { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn], conditions: [through(place, 'sqs')] },
    ...(reads.length > 0
      ? [{ actions: ['kms:Decrypt'], resources: [keyArn], conditions: [through(place, ...reads)] }]
      : []),
  ];
}

type Condition = NonNullable<Statement['conditions']>[number];

export function through({ region }: Place, ...services: readonly string[]): Condition {
  return {
    test: 'StringEquals',
    variable: 'kms:ViaService',
    values: services.map((service) => `${service}.${region}.amazonaws.com`),
  };
}

/**
 * What bears the name also bears the tag. Asked of queues and secrets only: a parameter that is not there yet has no tag, and would
 * be refused instead of missing; DynamoDB and EventBridge look at tags in some accounts and not in others.
 */
export function isTagged({ env }: Place): Condition {
  return { test: 'StringEquals', variable: 'aws:ResourceTag/env', values: [env] };
}

function uses(name: FunctionName, capability: Capability): boolean {
  return Object.entries(ROLES).some(([role, { uses: used }]) => role === name && used.includes(capability));
}

/** Which functions may put a fact of this source on the bus: its own, and those that republish what it stored. */
export function publishersOf(source: FunctionName): FunctionName[] {
  return topology.functions.filter(({ name }) => sourcesOf(name).includes(source)).map(({ name }) => name);
}

function sourcesOf(name: FunctionName): FunctionName[] {
  return [...new Set(statedBy(name).map(({ source }) => source))];
}

/** One statement for each producer's name, so that no function can state another's facts beyond what it republishes. */
function publishing({ name }: FunctionSpec, place: Place): Statement[] {
  const pairs = statedBy(name);
  return sourcesOf(name).map((source) => ({
    actions: ['events:PutEvents'],
    resources: [arns(place).bus],
    conditions: [
      { test: 'StringEquals', variable: 'events:source', values: [`frontdesk.${source}`] },
      {
        test: 'ForAllValues:StringEquals',
        variable: 'events:detail-type',
        values: [...new Set(pairs.filter((pair) => pair.source === source).map(({ event }) => event))],
      },
      // An empty set satisfies "for all values".
      { test: 'Null', variable: 'events:detail-type', values: ['false'] },
    ],
  }));
}

function statedBy(name: FunctionName): { readonly source: FunctionName; readonly event: EventName }[] {
  const own = EVENT_NAMES.filter((event) => producersOf(event).includes(name));
  return [
    ...own.map((event) => ({ source: name, event })),
    ...(REPUBLISHES[name] ?? []).flatMap((event) => producersOf(event).map((source) => ({ source, event }))),
  ];
}

function producersOf(event: EventName): readonly FunctionName[] {
  return CATALOGUE[event].producers;
}

/** Keys are granted by prefix; an index is asked for one value of its partition key. */
function tableAccess({ grants }: TableSpec, name: FunctionName, arn: string): Statement[] {
  return (grants[name] ?? []).map(({ prefix, access }) => {
    const isQuery = access.includes('query');
    const leadingKey = {
      test: 'ForAllValues:StringLike',
      variable: 'dynamodb:LeadingKeys',
      values: [isQuery ? prefix : `${prefix}*`],
    };
    const isNamed = { test: 'Null', variable: 'dynamodb:LeadingKeys', values: ['false'] };
    return {
      actions: access.flatMap((one) => [...ACTIONS[one]]),
      resources: [isQuery ? `${arn}/index/*` : arn],
      ...(prefix !== '' && { conditions: [leadingKey, isNamed] }),
    };
  });
}
