/// <reference path="../../.sst/platform/config.d.ts" />
import type { FunctionName } from '../../events/words.ts';
import { topology } from '../topology.ts';
import {
  arns,
  busDeadLetterQueueName,
  deadLetterQueueName,
  failureQueueName,
  laterQueueName,
  type Place,
} from '../topology-names.ts';
import { resourcePolicy } from '../topology-policy.ts';
import { LIMITS } from '../topology-stage.ts';
import type { FunctionSpec } from '../topology-types.ts';

export type FunctionQueues = {
  /** What EventBridge could not deliver; only where a rule targets the function. */
  readonly deadLetters: aws.sqs.Queue | undefined;
  /** What the function could not finish. */
  readonly failures: aws.sqs.Queue;
  /** What must wait; has no redrive policy. */
  readonly later: aws.sqs.Queue | undefined;
};
export type Queues = ReadonlyMap<FunctionName, FunctionQueues>;

const DAY_SECONDS = 86_400;
/** AWS's advice for a queue that feeds a function: six times its timeout. */
const VISIBILITY_FACTOR = 6;

export function createQueues(place: Place, key: aws.kms.Key): Queues {
  return new Map(topology.functions.map((spec) => [spec.name, queuesOf(spec, place, key)]));
}

/** Of the bus, and of rules that target no function, such as those that ring. */
export function createBusQueue(place: Place, key: aws.kms.Key): aws.sqs.Queue {
  const named = arns(place);
  return deadLetterQueue('bus-dlq', busDeadLetterQueueName(place.env), key, [named.bus, ...named.ourRules]);
}

/** @param sources  rules, or a bus, on whose behalf EventBridge may put something there; an ARN may end in a star */
export function deadLetterQueue(id: string, name: string, key: aws.kms.Key, sources: readonly string[]): aws.sqs.Queue {
  const deadLetters = queue(id, name, key);
  admit(id, deadLetters, sources);
  return deadLetters;
}

function queuesOf(spec: FunctionSpec, place: Place, key: aws.kms.Key): FunctionQueues {
  const { name, laterQueue, timeoutSeconds } = spec;
  const { env } = place;
  const rules = topology.rules.filter(({ target }) => target === name).map((rule) => arns(place).rule(rule));
  const isTarget = rules.length > 0;
  return {
    deadLetters: isTarget ? deadLetterQueue(`${name}-dlq`, deadLetterQueueName(env, name), key, rules) : undefined,
    failures: queue(`${name}-failures`, failureQueueName(env, name), key),
    later: laterQueue
      ? queue(`${name}-later`, laterQueueName(env, name), key, timeoutSeconds * VISIBILITY_FACTOR)
      : undefined,
  };
}

function queue(id: string, name: string, key: aws.kms.Key, visibilityTimeoutSeconds = 30): aws.sqs.Queue {
  return new aws.sqs.Queue(`Queue-${id}`, {
    name,
    messageRetentionSeconds: LIMITS.queueRetentionDays * DAY_SECONDS,
    kmsMasterKeyId: key.arn,
    visibilityTimeoutSeconds,
  });
}

function admit(id: string, deadLetters: aws.sqs.Queue, sources: readonly string[]): void {
  new aws.sqs.QueuePolicy(`QueuePolicy-${id}`, {
    queueUrl: deadLetters.url,
    policy: deadLetters.arn.apply((arn) =>
      resourcePolicy([
        {
          sid: 'DeadLetters',
          effect: 'Allow',
          principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
          actions: ['sqs:SendMessage'],
          resources: [arn],
          conditions: [{ test: 'ArnLike', variable: 'aws:SourceArn', values: sources }],
        },
      ]),
    ),
  });
}
