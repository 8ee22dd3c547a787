/** Roles that people take (platform §4.5, §4.11): what the command line does with `--target aws`, and not more. */
import { CATALOGUE, EVENT_NAMES } from '../events/catalogue.ts';
import { FLAG_KEYS, RULE_FLAG_NAMES, SWITCHED_RULES, TEMPLATE_FLAG_PREFIX } from '../events/flags.ts';
import type { FunctionName } from '../events/words.ts';
import type { NamedStage, Stage } from './stages.ts';
import { topology } from './topology.ts';
import {
  arns,
  busDeadLetterQueueName,
  deadLetterQueueName,
  failureQueueName,
  laterQueueName,
  type Place,
} from './topology-names.ts';
import { isTagged, type Statement, through } from './topology-permissions.ts';

export type OperatorRole = {
  /** `frontdesk-<env>-<name>`, but for break-glass, whose name platform §4.11 gives. */
  readonly name: string;
  readonly roleName: string;
  readonly meaning: string;
  readonly principals: readonly string[];
  readonly needsSecondFactor: boolean;
  readonly statements: readonly Statement[];
  /** Policies of AWS's own. */
  readonly managed: readonly string[];
};

/** No session of an operator outlives an hour (platform §4.11). */
export const SESSION_SECONDS = 3_600;

export type OperatorName = Exclude<keyof Stage['operators'], 'breakGlass'>;
type Duties = (place: Place, keyArn: string) => Statement[];

const ROLES: Readonly<
  Record<OperatorName, { readonly meaning: string; readonly tool: FunctionName | null; readonly may: Duties }>
> = {
  replay: { meaning: 'Replays archives to twins, and switches rules off and on', tool: 'replay-tool', may: replaying },
  flags: { meaning: 'Stops, resumes and sets flags', tool: null, may: switching },
  erasure: { meaning: 'Deletes what is kept of a customer', tool: 'erasure-tool', may: erasing },
  drain: { meaning: 'Looks at dead letters, redrives them or gives them up', tool: 'drain-tool', may: draining },
  secrets: { meaning: 'Rotates the secret of the webhook', tool: null, may: rotating },
};
export const OPERATOR_NAMES = Object.keys(ROLES) as OperatorName[];

/** Every role of operators that the stage has; production has break-glass besides. */
export function operatorRolesOf(
  { operators }: Pick<NamedStage, 'operators'>,
  place: Place,
  keyArn: string,
): OperatorRole[] {
  const named = (name: OperatorName): OperatorRole => ({
    name: `operator-${name}`,
    roleName: operatorRoleName(place.env, name),
    meaning: ROLES[name].meaning,
    principals: operators[name],
    needsSecondFactor: false,
    statements: ROLES[name].may(place, keyArn),
    managed: [],
  });
  return [...OPERATOR_NAMES.map(named), ...(place.env === 'prod' ? [breakGlass(place, operators.breakGlass)] : [])];
}

/** Named by platform §4.11; production alone has it. */
export const BREAK_GLASS_ROLE = 'prod-breakglass-admin';
export const operatorRoleName = (env: string, name: OperatorName): string => `frontdesk-${env}-operator-${name}`;

/** Operators whose tool states facts under this source. */
export function operatorsStating(source: FunctionName): OperatorName[] {
  return OPERATOR_NAMES.filter((name) => ROLES[name].tool === source);
}

/** May do everything for an hour, with a second factor, and every taking of it raises alarm S3. */
function breakGlass({ partition }: Place, principals: readonly string[]): OperatorRole {
  return {
    name: 'breakglass-admin',
    roleName: BREAK_GLASS_ROLE,
    meaning: 'Last resort of the primary owner and one backup',
    principals,
    needsSecondFactor: true,
    statements: [],
    managed: [`arn:${partition}:iam::aws:policy/AdministratorAccess`],
  };
}

function replaying(place: Place, keyArn: string): Statement[] {
  const named = arns(place);
  const archives = topology.archives.map(({ name }) => named.archive(name));
  const live = topology.rules.filter(({ replayPurpose, bus }) => replayPurpose === null && bus === 'frontdesk');
  const rules = topology.rules.filter(({ bus }) => bus === 'frontdesk').map((rule) => named.rule(rule));
  return [
    ...knowing(place),
    { actions: ['events:StartReplay'], resources: [...archives, named.replay('*'), named.bus] },
    { actions: ['events:CancelReplay', 'events:DescribeReplay'], resources: [named.replay('*')] },
    { actions: ['events:DescribeArchive'], resources: archives },
    // These name no resource.
    { actions: ['events:ListArchives', 'events:ListReplays'], resources: ['*'] },
    { actions: ['events:DescribeRule'], resources: rules },
    { actions: ['events:EnableRule', 'events:DisableRule'], resources: live.map((rule) => named.rule(rule)) },
    stating(place, 'replay-tool'),
    ...readingTables(place, keyArn, ['audit_trail', 'read_models', 'idempotency', 'vendor_limits']),
    // Its own record, and rows that took their place after a rebuild: projections, which the facts can make again.
    { actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], resources: [named.table('read_models')] },
    ...readingQueues(place),
    writingFlags(place, ['catch_up_mode', ...RULE_FLAG_NAMES]),
  ];
}

function switching(place: Place, keyArn: string): Statement[] {
  return [
    ...knowing(place),
    writingFlags(place, [...FLAG_KEYS, `${TEMPLATE_FLAG_PREFIX}*`]),
    // Whether a reply is under way, and what `resume` wants to know before it opens anything.
    ...readingTables(place, keyArn, ['idempotency', 'vendor_limits']),
    // Whether a replay is not over: until then no ledger is called whole. Of that table nothing but those records.
    {
      actions: ['dynamodb:Query'],
      resources: [arns(place).table('read_models')],
      conditions: leadingWith('replay'),
    },
    { actions: ['events:DescribeRule'], resources: switchedRules(place) },
    ...readingQueues(place),
    READING_METRICS,
  ];
}

function erasing(place: Place, keyArn: string): Statement[] {
  const named = arns(place);
  const holding = ['conversation_state', 'audit_trail', 'vault', 'read_models'];
  return [
    ...knowing(place),
    ...readingTables(place, keyArn, [...holding, 'idempotency']),
    { actions: ['dynamodb:DeleteItem'], resources: holding.map((name) => named.table(name)) },
    // Tombstones, and the request itself.
    { actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], resources: [named.table('audit_trail')] },
    {
      actions: ['dynamodb:DeleteItem'],
      resources: [named.table('idempotency')],
      conditions: leadingWith('cust:*', 'match:*'),
    },
    secretReading(place, 'hash_salt'),
    keyThrough(place, keyArn, 'secretsmanager'),
    stating(place, 'erasure-tool'),
  ];
}

function draining(place: Place, keyArn: string): Statement[] {
  const named = arns(place);
  return [
    ...knowing(place),
    ...readingQueues(place),
    {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      resources: deadQueues(place),
      conditions: [isTagged(place)],
    },
    {
      actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'],
      resources: laterQueues(place),
      conditions: [isTagged(place)],
    },
    {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keyArn],
      conditions: [through(place, 'sqs')],
    },
    ...readingTables(place, keyArn, ['idempotency']),
    // The record of a message that is given up becomes DEAD; what the helpdesk is asked counts towards its budget.
    {
      actions: ['dynamodb:UpdateItem', 'dynamodb:PutItem'],
      resources: [named.table('idempotency')],
      conditions: leadingWith('evt:*'),
    },
    {
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'],
      resources: [named.table('vendor_limits')],
      conditions: leadingWith('richpanel#*'),
    },
    secretReading(place, 'richpanel/api_key'),
    keyThrough(place, keyArn, 'secretsmanager'),
    stating(place, 'drain-tool'),
  ];
}

function rotating(place: Place, keyArn: string): Statement[] {
  const named = arns(place);
  return [
    ...knowing(place),
    {
      actions: [
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      resources: [named.secret('richpanel/webhook_token')],
      conditions: [isTagged(place)],
    },
    {
      actions: ['secretsmanager:ListSecretVersionIds'],
      resources: topology.secrets.map(({ name }) => named.secret(name)),
      conditions: [isTagged(place)],
    },
    {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keyArn],
      conditions: [through(place, 'secretsmanager')],
    },
    // Who rotates, and since when.
    {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [named.table('read_models')],
      conditions: leadingWith('secret-rotation'),
    },
    ...readingTables(place, keyArn, ['idempotency', 'vendor_limits']),
    ...readingQueues(place),
    READING_METRICS,
    writingFlags(place, ['safe_mode']),
  ];
}

/** CloudWatch's metrics are no resources. */
const READING_METRICS: Statement = { actions: ['cloudwatch:GetMetricData'], resources: ['*'] };

/** Where am I, and how do the switches stand: asked by every command first. */
function knowing(place: Place): Statement[] {
  const named = arns(place);
  return [
    { actions: ['events:DescribeEventBus'], resources: [named.bus] },
    {
      actions: ['ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
      resources: [named.parameters.replace(/\/\*$/, ''), named.parameters],
    },
  ];
}

function writingFlags(place: Place, flags: readonly string[]): Statement {
  return { actions: ['ssm:PutParameter'], resources: flags.map((name) => arns(place).parameter(name)) };
}

function readingTables(place: Place, keyArn: string, tables: readonly string[]): Statement[] {
  const resources = tables.flatMap((name) => [arns(place).table(name), `${arns(place).table(name)}/index/*`]);
  return [
    { actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], resources },
    keyThrough(place, keyArn, 'dynamodb'),
  ];
}

function readingQueues(place: Place): Statement[] {
  return [
    // Names no resource.
    { actions: ['sqs:ListQueues'], resources: ['*'] },
    {
      actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
      resources: [...deadQueues(place), ...laterQueues(place)],
      conditions: [isTagged(place)],
    },
  ];
}

function deadQueues(place: Place): string[] {
  const { env } = place;
  const targets = [...new Set(topology.rules.map(({ target }) => target))];
  const names = [
    ...targets.map((name) => deadLetterQueueName(env, name)),
    ...topology.functions.map(({ name }) => failureQueueName(env, name)),
  ];
  return [...names, busDeadLetterQueueName(env)].map((name) => arns(place).queue(name));
}

function laterQueues(place: Place): string[] {
  return topology.functions
    .filter(({ laterQueue }) => laterQueue)
    .map(({ name }) => arns(place).queue(laterQueueName(place.env, name)));
}

function switchedRules(place: Place): string[] {
  return Object.keys(SWITCHED_RULES).map((name) => arns(place).rule({ name, bus: 'frontdesk' }));
}

/** Facts of an operator's tool, and of nobody else. */
function stating(place: Place, tool: FunctionName): Statement {
  return {
    actions: ['events:PutEvents'],
    resources: [arns(place).bus],
    conditions: [
      { test: 'StringEquals', variable: 'events:source', values: [`frontdesk.${tool}`] },
      {
        test: 'ForAllValues:StringEquals',
        variable: 'events:detail-type',
        values: EVENT_NAMES.filter((event) => (CATALOGUE[event].producers as readonly string[]).includes(tool)),
      },
      { test: 'Null', variable: 'events:detail-type', values: ['false'] },
    ],
  };
}

function secretReading(place: Place, name: string): Statement {
  return {
    actions: ['secretsmanager:GetSecretValue'],
    resources: [arns(place).secret(name)],
    conditions: [isTagged(place)],
  };
}

function keyThrough(place: Place, keyArn: string, service: string): Statement {
  return { actions: ['kms:Decrypt'], resources: [keyArn], conditions: [through(place, service)] };
}

function leadingWith(...patterns: string[]): NonNullable<Statement['conditions']> {
  return [
    { test: 'ForAllValues:StringLike', variable: 'dynamodb:LeadingKeys', values: patterns },
    { test: 'Null', variable: 'dynamodb:LeadingKeys', values: ['false'] },
  ];
}
