/** Queue attributes of the SQS API to settings and back. */
import * as v from 'valibot';
import { parseInput } from '../input.ts';
import { AwsError } from '../service.ts';
import { DEFAULT_SETTINGS, MAX_DELAY_SECONDS, MAX_MESSAGE_BYTES } from './queues.ts';
import type { Queue, QueueDepth, QueueSettings } from './store.ts';

const wholeNumber = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max));

const RedrivePolicy = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    deadLetterTargetArn: v.pipe(v.string(), v.regex(/^arn:aws:sqs:[^:]+:\d{12}:[\w-]{1,80}$/)),
    maxReceiveCount: v.pipe(
      v.union([v.string(), v.number()]),
      v.transform(Number),
      v.integer(),
      v.minValue(1),
      v.maxValue(1000),
    ),
  }),
);

const Attributes = v.strictObject({
  DelaySeconds: v.optional(wholeNumber(0, MAX_DELAY_SECONDS)),
  VisibilityTimeout: v.optional(wholeNumber(0, 43_200)),
  MessageRetentionPeriod: v.optional(wholeNumber(60, 1_209_600)),
  ReceiveMessageWaitTimeSeconds: v.optional(wholeNumber(0, 20)),
  RedrivePolicy: v.optional(RedrivePolicy),
  // Accepted and without effect here: nobody but this machine can reach the queue.
  MaximumMessageSize: v.optional(wholeNumber(1_024, MAX_MESSAGE_BYTES)),
  Policy: v.optional(v.string()),
  KmsMasterKeyId: v.optional(v.string()),
  SqsManagedSseEnabled: v.optional(v.string()),
});

/** Throws `InvalidAttributeName` or `InvalidAttributeValue` as SQS does. */
export function settingsOf(attributes: Readonly<Record<string, string>>): QueueSettings {
  const unknown = Object.keys(attributes).find((name) => !(name in Attributes.entries));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', 'Unknown or unsupported queue attribute.');
  const parsed = parseInput(Attributes, attributes, 'InvalidAttributeValue');
  const redrive = parsed.RedrivePolicy;
  return {
    delaySeconds: parsed.DelaySeconds ?? DEFAULT_SETTINGS.delaySeconds,
    visibilitySeconds: parsed.VisibilityTimeout ?? DEFAULT_SETTINGS.visibilitySeconds,
    retentionSeconds: parsed.MessageRetentionPeriod ?? DEFAULT_SETTINGS.retentionSeconds,
    waitSeconds: parsed.ReceiveMessageWaitTimeSeconds ?? DEFAULT_SETTINGS.waitSeconds,
    redrive:
      redrive === undefined
        ? null
        : { target: redrive.deadLetterTargetArn.split(':').at(-1) ?? '', maxReceives: redrive.maxReceiveCount },
  };
}

/** All attributes of a queue, as `GetQueueAttributes` names them. */
export function attributesOf(queue: Queue, depth: QueueDepth, arnOf: (name: string) => string): Record<string, string> {
  const { settings } = queue;
  return {
    QueueArn: arnOf(queue.name),
    ApproximateNumberOfMessages: String(depth.visible),
    ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
    ApproximateNumberOfMessagesDelayed: String(depth.delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    DelaySeconds: String(settings.delaySeconds),
    VisibilityTimeout: String(settings.visibilitySeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.waitSeconds),
    MaximumMessageSize: String(MAX_MESSAGE_BYTES),
    ...(settings.redrive !== null && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: arnOf(settings.redrive.target),
        maxReceiveCount: settings.redrive.maxReceives,
      }),
    }),
  };
}
