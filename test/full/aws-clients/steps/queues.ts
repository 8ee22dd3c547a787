/** Queues, and the dead letters of a delivery that cannot succeed. */
import { holding, isRecent, jsonOf, type Shape } from '../shape.ts';
import { events, refused, type Step, sqs, type World } from '../step.ts';
import { names, noMessages, type Received } from './names.ts';

/** Milliseconds, as text. */
const isRecentMs = (value: unknown) => isRecent(new Date(Number(value)).toISOString());
const ID = /^[0-9a-f-]{36}$/;
const MD5 = /^[0-9a-f]{32}$/;
const missing = refused({ cli: 'AWS.SimpleQueueService.NonExistentQueue', sdk: 'QueueDoesNotExist' });

/** The queues that the other steps listen on. */
export function queueSteps({ ready }: World): Step[] {
  const { queueUrl, queueArn } = names(ready);
  const made = ['probe-chosen', 'probe-dead', 'probe-inbox'];
  return [
    ...made.map(
      (name): Step =>
        sqs(`creates the queue ${name}`, 'CreateQueue', { QueueName: name }, { QueueUrl: queueUrl(name) }),
    ),
    sqs(
      'lists queues by their beginning',
      'ListQueues',
      { QueueNamePrefix: 'probe-' },
      { QueueUrls: made.map(queueUrl) },
    ),
    sqs(
      'lists the product’s dead-letter queues',
      'ListQueues',
      { QueueNamePrefix: 'frontdesk-local-' },
      {
        QueueUrls: holding(queueUrl('frontdesk-local-classify-dlq'), queueUrl('frontdesk-local-responder-reply-dlq')),
      },
    ),
    sqs('gets the URL of a queue', 'GetQueueUrl', { QueueName: 'probe-dead' }, { QueueUrl: queueUrl('probe-dead') }),
    sqs('finds no queue that never was', 'GetQueueUrl', { QueueName: 'nowhere' }, missing),
    sqs('receives nothing from a queue that never was', 'ReceiveMessage', { QueueUrl: queueUrl('nowhere') }, missing),
    sqs(
      'is told that tags are not here',
      'ListQueueTags',
      { QueueUrl: queueUrl('probe-dead') },
      refused({ cli: 'InvalidAction', sdk: 'UnknownOperationException' }),
    ),
    sqs(
      'gets chosen attributes of a queue',
      'GetQueueAttributes',
      {
        QueueUrl: queueUrl('probe-dead'),
        AttributeNames: ['QueueArn', 'VisibilityTimeout', 'ApproximateNumberOfMessages'],
      },
      {
        Attributes: { QueueArn: queueArn('probe-dead'), VisibilityTimeout: '30', ApproximateNumberOfMessages: '0' },
      },
    ),
    ...oneMessage(queueUrl('probe-inbox')),
  ];
}

/** A message from the moment it is sent until it is gone. */
function oneMessage(url: string): Step[] {
  const held = { receipt: '' };
  const take = { QueueUrl: url, WaitTimeSeconds: 20, AttributeNames: ['All'], MessageAttributeNames: ['All'] };
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
    sqs(
      'sends a message with delay and attributes',
      'SendMessage',
      { QueueUrl: url, MessageBody: 'two\nlines & "more"', DelaySeconds: 15, MessageAttributes: attributes },
      { MessageId: ID, MD5OfMessageBody: MD5, MD5OfMessageAttributes: MD5 },
    ),
    sqs('does not receive it before its delay is over', 'ReceiveMessage', { QueueUrl: url }, noMessages),
    sqs(
      'sees that it is delayed',
      'GetQueueAttributes',
      { QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] },
      { Attributes: { ApproximateNumberOfMessagesDelayed: '1' } },
    ),
    sqs('receives it then', 'ReceiveMessage', take, message('1'), { learn: hold }),
    sqs(
      'sees that it is in flight',
      'GetQueueAttributes',
      { QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] },
      { Attributes: { ApproximateNumberOfMessagesNotVisible: '1' } },
    ),
    sqs(
      'gives it back',
      'ChangeMessageVisibility',
      () => ({ QueueUrl: url, ReceiptHandle: held.receipt, VisibilityTimeout: 0 }),
      {},
    ),
    sqs('receives it again', 'ReceiveMessage', take, message('2'), { learn: hold }),
    sqs('deletes it', 'DeleteMessage', () => ({ QueueUrl: url, ReceiptHandle: held.receipt }), {}),
    sqs('receives nothing more', 'ReceiveMessage', { QueueUrl: url }, noMessages),
    sqs(
      'refuses a receipt that is none',
      'DeleteMessage',
      { QueueUrl: url, ReceiptHandle: 'none' },
      refused('ReceiptHandleIsInvalid'),
    ),
  ];
}

/** A target that does not exist: the event ends in the rule's queue, with the reason. */
export function deadLetterSteps({ ready }: World): Step[] {
  const { ruleArn, functionArn, queueArn, queueUrl } = names(ready);
  const on = { EventBusName: 'probe-bus' };
  const held = { receipt: '' };
  const text = (value: string | RegExp): Shape => ({ DataType: 'String', StringValue: value });
  return [
    events(
      'makes a rule for what nobody can take',
      'PutRule',
      { Name: 'probe-lost', ...on, EventPattern: '{"source":["probe.lost"]}' },
      { RuleArn: ruleArn('probe-bus', 'probe-lost') },
    ),
    events(
      'sends it to a function that does not exist',
      'PutTargets',
      {
        Rule: 'probe-lost',
        ...on,
        Targets: [
          { Id: 'nobody', Arn: functionArn('probe-nobody'), DeadLetterConfig: { Arn: queueArn('probe-dead') } },
        ],
      },
      { FailedEntryCount: 0, FailedEntries: [] },
    ),
    events(
      'puts an event that cannot be delivered',
      'PutEvents',
      { Entries: [{ Source: 'probe.lost', DetailType: 'Probe', Detail: '{"mark":"lost"}', ...on }] },
      { FailedEntryCount: 0, Entries: [{ EventId: ID }] },
    ),
    sqs(
      'reads the dead letter with the reason in its attributes',
      'ReceiveMessage',
      { QueueUrl: queueUrl('probe-dead'), WaitTimeSeconds: 5, MessageAttributeNames: ['All'] },
      {
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
      {
        learn({ Messages = [] }: Received) {
          held.receipt = Messages[0]?.ReceiptHandle ?? '';
        },
      },
    ),
    sqs(
      'deletes the dead letter',
      'DeleteMessage',
      () => ({ QueueUrl: queueUrl('probe-dead'), ReceiptHandle: held.receipt }),
      {},
    ),
    sqs(
      'sees that the queue is empty',
      'GetQueueAttributes',
      {
        QueueUrl: queueUrl('probe-dead'),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      },
      { Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } },
    ),
  ];
}
