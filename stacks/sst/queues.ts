/// <reference path="../../.sst/platform/config.d.ts" />
import type { FunctionName } from '../../events/words.ts';
import { planOf } from '../alarms/plan.ts';
import { topology } from '../topology.ts';
import { alarmsOf } from '../topology-alarms.ts';
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

export function createQueues(place: Place, key: aws.kms.Key): Queues {
  return new Map(topology.functions.map((spec) => [spec.name, queuesOf(spec, place, key)]));
}

/** Of the bus: what no rule's own queue could take, and alarms that their topic could not. */
export function createBusQueue(place: Place, key: aws.kms.Key): aws.sqs.Queue {
  const deadLetters = queue('bus-dlq', busDeadLetterQueueName(place.env), key);
  const { rules } = planOf(place.env, alarmsOf(place.env));
  const alarms = rules.map(({ shortName, watch }) => arns(place).rule({ name: shortName, bus: watch.bus }));
  admit('bus-dlq', deadLetters, [arns(place).bus, ...alarms]);
  return deadLetters;
}

function queuesOf(spec: FunctionSpec, place: Place, key: aws.kms.Key): FunctionQueues {
  const { name, laterQueue, timeoutSeconds } = spec;
  const { env } = place;
  const deadLetters = queue(`${name}-dlq`, deadLetterQueueName(env, name), key);
  const rules = topology.rules.filter(({ target }) => target === name);
  if (rules.length > 0)
    admit(
      `${name}-dlq`,
      deadLetters,
      rules.map((rule) => arns(place).rule(rule)),
    );
  return {
    deadLetters,
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

/** EventBridge may put dead letters there, on behalf of these rules or this bus and of nothing else. */
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
          conditions: [{ test: 'ArnEquals', variable: 'aws:SourceArn', values: sources }],
        },
      ]),
    ),
  });
}
