/** Queues, and the dead letters of a delivery that cannot succeed. */
import { holding, isRecent, jsonOf, type Shape } from '../shape.ts';
import type { Step, World } from '../step.ts';
import { names, noMessages, type Received } from './names.ts';

/** Milliseconds, as text. */
const isRecentMs = (value: unknown) => isRecent(new Date(Number(value)).toISOString());
const ID = /^[0-9a-f-]{36}$/;
const MD5 = /^[0-9a-f]{32}$/;
const missing = { error: { cli: 'AWS.SimpleQueueService.NonExistentQueue', sdk: 'QueueDoesNotExist' } };
const sqs = { service: 'sqs' } as const;

/** The queues that the other steps listen on. */
export function queueSteps({ ready }: World): Step[] {
  const { queueUrl, queueArn } = names(ready);
  const made = ['probe-chosen', 'probe-dead', 'probe-inbox'];
  return [
    ...made.map(
      (name): Step => ({
        does: `creates the queue ${name}`,
        ...sqs,
        operation: 'CreateQueue',
        input: { QueueName: name },
        gives: { QueueUrl: queueUrl(name) },
      }),
    ),
    {
      does: 'lists queues by their beginning',
      ...sqs,
      operation: 'ListQueues',
      input: { QueueNamePrefix: 'probe-' },
      gives: { QueueUrls: made.map(queueUrl) },
    },
    {
      does: 'lists the product’s dead-letter queues',
      ...sqs,
      operation: 'ListQueues',
      input: { QueueNamePrefix: 'frontdesk-local-' },
      gives: {
        QueueUrls: holding(queueUrl('frontdesk-local-classify-dlq'), queueUrl('frontdesk-local-responder-reply-dlq')),
      },
    },
    {
      does: 'gets the URL of a queue',
      ...sqs,
      operation: 'GetQueueUrl',
      input: { QueueName: 'probe-dead' },
      gives: { QueueUrl: queueUrl('probe-dead') },
    },
    {
      does: 'finds no queue that never was',
      ...sqs,
      operation: 'GetQueueUrl',
      input: { QueueName: 'nowhere' },
      gives: missing,
    },
    {
      does: 'receives nothing from a queue that never was',
      ...sqs,
      operation: 'ReceiveMessage',
      input: { QueueUrl: queueUrl('nowhere') },
      gives: missing,
    },
    {
      does: 'is told that tags are not here',
      ...sqs,
      operation: 'ListQueueTags',
      input: { QueueUrl: queueUrl('probe-dead') },
      gives: { error: { cli: 'InvalidAction', sdk: 'UnknownOperationException' } },
    },
    {
      does: 'gets chosen attributes of a queue',
      ...sqs,
      operation: 'GetQueueAttributes',
      input: {
        QueueUrl: queueUrl('probe-dead'),
        AttributeNames: ['QueueArn', 'VisibilityTimeout', 'ApproximateNumberOfMessages'],
      },
      gives: {
        Attributes: { QueueArn: queueArn('probe-dead'), VisibilityTimeout: '30', ApproximateNumberOfMessages: '0' },
      },
    },
    ...oneMessage(queueUrl('probe-inbox')),
  ];
}

/** A message from the moment it is sent until it is gone. */
function oneMessage(url: string): Step[] {
  const held = { receipt: '' };
  const take = { QueueUrl: url, WaitTimeSeconds: 10, AttributeNames: ['All'], MessageAttributeNames: ['All'] };
  const hold = ({ Messages = [] }: Received) => {
    held.receipt = Messages[0]?.ReceiptHandle ?? held.receipt;
  };
  const attributes = {
    Colour: { DataType: 'String', StringValue: 'blue & <green>' },
    Weight: { DataType: 'Number', StringValue: '4' },
  };
  const message = (receives: string): Shape => ({
    Messages: [
      {
        MessageId: ID,
        ReceiptHandle: /./,
        Body: 'two\nlines & "more"',
        MD5OfBody: MD5,
        MD5OfMessageAttributes: MD5,
        MessageAttributes: attributes,
        Attributes: {
          SenderId: /^\w+$/,
          SentTimestamp: isRecentMs,
          ApproximateReceiveCount: receives,
          ApproximateFirstReceiveTimestamp: isRecentMs,
        },
      },
    ],
  });
  return [
    {
      does: 'sends a message with delay and attributes',
      ...sqs,
      operation: 'SendMessage',
      input: { QueueUrl: url, MessageBody: 'two\nlines & "more"', DelaySeconds: 8, MessageAttributes: attributes },
      gives: { MessageId: ID, MD5OfMessageBody: MD5, MD5OfMessageAttributes: MD5 },
    },
    {
      does: 'does not receive it before its delay is over',
      ...sqs,
      operation: 'ReceiveMessage',
      input: { QueueUrl: url },
      gives: noMessages,
    },
    {
      does: 'sees that it is delayed',
      ...sqs,
      operation: 'GetQueueAttributes',
      input: { QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] },
      gives: { Attributes: { ApproximateNumberOfMessagesDelayed: '1' } },
    },
    { does: 'receives it then', ...sqs, operation: 'ReceiveMessage', input: take, learn: hold, gives: message('1') },
    {
      does: 'sees that it is in flight',
      ...sqs,
      operation: 'GetQueueAttributes',
      input: { QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] },
      gives: { Attributes: { ApproximateNumberOfMessagesNotVisible: '1' } },
    },
    {
      does: 'gives it back',
      ...sqs,
      operation: 'ChangeMessageVisibility',
      input: () => ({ QueueUrl: url, ReceiptHandle: held.receipt, VisibilityTimeout: 0 }),
      gives: {},
    },
    { does: 'receives it again', ...sqs, operation: 'ReceiveMessage', input: take, learn: hold, gives: message('2') },
    {
      does: 'deletes it',
      ...sqs,
      operation: 'DeleteMessage',
      input: () => ({ QueueUrl: url, ReceiptHandle: held.receipt }),
      gives: {},
    },
    { does: 'receives nothing more', ...sqs, operation: 'ReceiveMessage', input: { QueueUrl: url }, gives: noMessages },
    {
      does: 'refuses a receipt that is none',
      ...sqs,
      operation: 'DeleteMessage',
      input: { QueueUrl: url, ReceiptHandle: 'none' },
      gives: { error: 'ReceiptHandleIsInvalid' },
    },
  ];
}

/** A target that does not exist: the event ends in the rule's queue, with the reason. */
export function deadLetterSteps({ ready }: World): Step[] {
  const { ruleArn, functionArn, queueArn, queueUrl } = names(ready);
  const on = { EventBusName: 'probe-bus' };
  const held = { receipt: '' };
  const text = (value: string | RegExp): Shape => ({ DataType: 'String', StringValue: value });
  return [
    {
      does: 'makes a rule for what nobody can take',
      service: 'events',
      operation: 'PutRule',
      input: { Name: 'probe-lost', ...on, EventPattern: '{"source":["probe.lost"]}' },
      gives: { RuleArn: ruleArn('probe-bus', 'probe-lost') },
    },
    {
      does: 'sends it to a function that does not exist',
      service: 'events',
      operation: 'PutTargets',
      input: {
        Rule: 'probe-lost',
        ...on,
        Targets: [
          { Id: 'nobody', Arn: functionArn('probe-nobody'), DeadLetterConfig: { Arn: queueArn('probe-dead') } },
        ],
      },
      gives: { FailedEntryCount: 0, FailedEntries: [] },
    },
    {
      does: 'puts an event that cannot be delivered',
      service: 'events',
      operation: 'PutEvents',
      input: { Entries: [{ Source: 'probe.lost', DetailType: 'Probe', Detail: '{"mark":"lost"}', ...on }] },
      gives: { FailedEntryCount: 0, Entries: [{ EventId: ID }] },
    },
    {
      does: 'reads the dead letter with the reason in its attributes',
      ...sqs,
      operation: 'ReceiveMessage',
      input: { QueueUrl: queueUrl('probe-dead'), WaitTimeSeconds: 5, MessageAttributeNames: ['All'] },
      learn({ Messages = [] }: Received) {
        held.receipt = Messages[0]?.ReceiptHandle ?? '';
      },
      gives: {
        Messages: [
          {
            MessageId: ID,
            ReceiptHandle: /./,
            MD5OfBody: MD5,
            MD5OfMessageAttributes: MD5,
            Body: jsonOf({
              version: '0',
              id: ID,
              'detail-type': 'Probe',
              source: 'probe.lost',
              account: ready.accountId,
              time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
              region: ready.region,
              resources: [],
              detail: { mark: 'lost' },
            }),
            MessageAttributes: {
              RULE_ARN: text(ruleArn('probe-bus', 'probe-lost')),
              TARGET_ARN: text(functionArn('probe-nobody')),
              ERROR_CODE: text('NO_RESOURCE'),
              ERROR_MESSAGE: text(/./),
              RETRY_ATTEMPTS: text('0'),
            },
          },
        ],
      },
    },
    {
      does: 'deletes the dead letter',
      ...sqs,
      operation: 'DeleteMessage',
      input: () => ({ QueueUrl: queueUrl('probe-dead'), ReceiptHandle: held.receipt }),
      gives: {},
    },
    {
      does: 'sees that the queue is empty',
      ...sqs,
      operation: 'GetQueueAttributes',
      input: {
        QueueUrl: queueUrl('probe-dead'),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      },
      gives: { Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } },
    },
  ];
}
