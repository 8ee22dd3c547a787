/** Names and ARNs of a stage's resources: every name begins with `frontdesk` and the stage. */
import type { FunctionName } from '../events/words.ts';
import { failureQueueName, laterQueueName } from '../functions/shared/queues/names.ts';
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
export { failureQueueName, laterQueueName };

export function arns({ env, region, accountId, partition }: Place) {
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const bus = `frontdesk-${env}`;
  return {
    bus: arn('events', `event-bus/${bus}`),
    defaultBus: arn('events', 'event-bus/default'),
    rule: (rule: Pick<RuleSpec, 'name' | 'bus'>) =>
      arn('events', rule.bus === 'default' ? `rule/${bus}-${rule.name}` : `rule/${bus}/${rule.name}`),
    queue: (name: string) => arn('sqs', name),
    table: (name: string) => arn('dynamodb', `table/frontdesk_${env}_${name}`),
    /** Secrets Manager ends the name with six random letters. */
    secret: (name: string) => arn('secretsmanager', `secret:frontdesk/${env}/${name}-??????`),
    parameters: arn('ssm', `parameter/frontdesk/${env}/*`),
  };
}
