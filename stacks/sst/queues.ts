/// <reference path="../../.sst/platform/config.d.ts" />
import type { FunctionName } from '../../events/words.ts';
import { topology } from '../topology.ts';
import { deadLetterQueueName, failureQueueName, laterQueueName } from '../topology-names.ts';
import { LIMITS } from '../topology-stage.ts';
import type { FunctionSpec } from '../topology-types.ts';
import { arnOf, type CurrentPlace } from './place.ts';

export type FunctionQueues = {
  /** What EventBridge could not deliver. */
  readonly deadLetters: aws.sqs.Queue;
  /** What the function could not finish. */
  readonly failures: aws.sqs.Queue;
  /** What must wait; has no redrive policy. */
  readonly later: aws.sqs.Queue | undefined;
};
export type Queues = ReadonlyMap<FunctionName, FunctionQueues>;

const DAY_SECONDS = 86_400;
/** AWS's advice for a queue that feeds a function: six times its timeout. */
const VISIBILITY_FACTOR = 6;

export function createQueues(place: CurrentPlace): Queues {
  return new Map(topology.functions.map((spec) => [spec.name, queuesOf(spec, place)]));
}

function queuesOf(spec: FunctionSpec, place: CurrentPlace): FunctionQueues {
  const { name, laterQueue, timeoutSeconds } = spec;
  const env = $app.stage;
  const deadLetters = queue(`${name}-dlq`, deadLetterQueueName(env, name));
  admitRules(name, deadLetters, place);
  return {
    deadLetters,
    failures: queue(`${name}-failures`, failureQueueName(env, name)),
    later: laterQueue
      ? queue(`${name}-later`, laterQueueName(env, name), timeoutSeconds * VISIBILITY_FACTOR)
      : undefined,
  };
}

function queue(id: string, name: string, visibilityTimeoutSeconds = 30): aws.sqs.Queue {
  return new aws.sqs.Queue(`Queue-${id}`, {
    name,
    messageRetentionSeconds: LIMITS.queueRetentionDays * DAY_SECONDS,
    sqsManagedSseEnabled: true,
    visibilityTimeoutSeconds,
  });
}

/** EventBridge may put dead letters there, for the rules that target this function and no others. */
function admitRules(name: FunctionName, deadLetters: aws.sqs.Queue, place: CurrentPlace): void {
  const rules = topology.rules.filter(({ target }) => target === name);
  if (rules.length === 0) return;
  new aws.sqs.QueuePolicy(`QueuePolicy-${name}-dlq`, {
    queueUrl: deadLetters.url,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          actions: ['sqs:SendMessage'],
          resources: [deadLetters.arn],
          principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
          conditions: [
            {
              test: 'ArnEquals',
              variable: 'aws:SourceArn',
              values: rules.map((rule) => arnOf(place, (named) => named.rule(rule))),
            },
          ],
        },
      ],
    }).json,
  });
}
