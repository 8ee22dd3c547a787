/** Names and ARNs of a stage's resources: every name begins with `frontdesk` and the stage. */
import type { FunctionName } from '../events/words.ts';
import { failureQueueName, laterQueueName } from '../functions/shared/queues/names.ts';
import { recordStream } from '../functions/shared/records/table.ts';
import type { RuleSpec } from './topology-types.ts';

export type Place = {
  readonly env: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
};

export const functionName = (env: string, name: FunctionName): string => `frontdesk-${env}-${name}`;
/** Takes what EventBridge could not deliver to the function. */
export const deadLetterQueueName = (env: string, name: FunctionName): string => `frontdesk-${env}-${name}-dlq`;
/** Takes what the bus itself could not handle. */
export const busDeadLetterQueueName = (env: string): string => `frontdesk-${env}-bus-dlq`;
export { failureQueueName, laterQueueName };

export function arns({ env, region, accountId, partition }: Place) {
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  /** IAM is in no region. */
  const iam = (resource: string) => `arn:${partition}:iam::${accountId}:${resource}`;
  const bus = `frontdesk-${env}`;
  return {
    bus: arn('events', `event-bus/${bus}`),
    defaultBus: arn('events', 'event-bus/default'),
    rule: (rule: Pick<RuleSpec, 'name' | 'bus'>) =>
      arn('events', rule.bus === 'default' ? `rule/${bus}-${rule.name}` : `rule/${bus}/${rule.name}`),
    archive: (name: string) => arn('events', `archive/${bus}-${name}`),
    /** Rules of ours on either bus. */
    ourRules: [arn('events', `rule/${bus}/*`), arn('events', `rule/${bus}-*`)],
    /** EventBridge knows a replay by its name alone; ours are `<purpose>-<ulid>`. */
    replay: (name: string) => arn('events', `replay/${name}`),
    queue: (name: string) => arn('sqs', name),
    /** One for each door; an ARN that ends in a star. */
    alarmTopics: arn('sns', `${bus}-alarms-*`),
    table: (name: string) => arn('dynamodb', `table/frontdesk_${env}_${name}`),
    /** Secrets Manager ends the name with six random letters. */
    secret: (name: string) => arn('secretsmanager', `secret:frontdesk/${env}/${name}-??????`),
    parameters: arn('ssm', `parameter/frontdesk/${env}/*`),
    parameter: (name: string) => arn('ssm', `parameter/frontdesk/${env}/${name}`),
    /** The group of a function's log lines; its streams are below it. */
    logGroup: (name: FunctionName) => arn('logs', `log-group:/aws/lambda/${functionName(env, name)}`),
    /** Every role of ours is named like what it serves. */
    role: (name: string) => iam(`role/${bus}-${name}`),
    policy: (name: string) => iam(`policy/${bus}-${name}`),
    root: iam('root'),
    stream: (name: string) => arn('firehose', `deliverystream/${name}`),
    recordLogs: arn('logs', `log-group:/aws/kinesisfirehose/${recordStream(env)}`),
  };
}
