/** The SQS operations as the JSON protocol names them; the query protocol uses the same ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { parseInput } from '../input.ts';
import type { AwsOperation } from '../service.ts';
import { AwsError } from '../service.ts';
import { MessageAttributes, md5, md5OfAttributes, messageSize, selectAttributes } from './attributes.ts';
import type { Queues } from './queues.ts';
import { MAX_DELAY_SECONDS, MAX_MESSAGE_BYTES } from './queues.ts';
import { attributesOf, settingsOf } from './settings.ts';
import type { QueueSettings, StoredMessage } from './store.ts';

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const QueueUrl = v.pipe(v.string(), v.minLength(1));
const Names = v.optional(v.array(v.string()), []);
const Message = {
  MessageBody: v.string(),
  DelaySeconds: v.optional(whole(0, MAX_DELAY_SECONDS)),
  MessageAttributes: v.optional(MessageAttributes, {}),
};
const BatchEntry = v.object({ Id: v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/)), ...Message });

const Inputs = {
  CreateQueue: v.object({
    QueueName: v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/)),
    Attributes: v.optional(v.record(v.string(), v.string()), {}),
  }),
  ListQueues: v.object({
    QueueNamePrefix: v.optional(v.string(), ''),
    MaxResults: v.optional(whole(1, 1000), 1000),
    NextToken: v.optional(v.string()),
  }),
  GetQueueUrl: v.object({ QueueName: v.string() }),
  SendMessage: v.object({ QueueUrl, ...Message }),
  SendMessageBatch: v.object({ QueueUrl, Entries: v.array(v.unknown()) }),
  ReceiveMessage: v.object({
    QueueUrl,
    MaxNumberOfMessages: v.optional(whole(1, 10), 1),
    VisibilityTimeout: v.optional(whole(0, 43_200)),
    WaitTimeSeconds: v.optional(whole(0, 20)),
    AttributeNames: Names,
    MessageSystemAttributeNames: Names,
    MessageAttributeNames: Names,
  }),
  DeleteMessage: v.object({ QueueUrl, ReceiptHandle: v.string() }),
  ChangeMessageVisibility: v.object({ QueueUrl, ReceiptHandle: v.string(), VisibilityTimeout: whole(0, 43_200) }),
  GetQueueAttributes: v.object({ QueueUrl, AttributeNames: Names }),
  PurgeQueue: v.object({ QueueUrl }),
};

export type OperationContext = {
  readonly queues: Queues;
  readonly accountId: string;
  readonly region: string;
  /** Origin of the endpoint; asked each time, since the port may be known late. */
  readonly baseUrl: () => string;
};

export function sqsOperations({
  queues,
  accountId,
  region,
  baseUrl,
}: OperationContext): Record<keyof typeof Inputs, AwsOperation> {
  const urlOf = (name: string): string => `${baseUrl()}/${accountId}/${name}`;
  const arnOf = (name: string): string => `arn:aws:sqs:${region}:${accountId}:${name}`;

  return {
    CreateQueue(raw) {
      const input = read('CreateQueue', raw);
      const settings = settingsOf(input.Attributes);
      const present = queues.find(input.QueueName);
      if (present !== null && !sameWhereNamed(present.settings, settings, input.Attributes)) {
        throw new AwsError(
          'QueueNameExists',
          'A queue already exists with the same name and a different value for an attribute.',
        );
      }
      if (present === null) queues.put(input.QueueName, settings);
      return { QueueUrl: urlOf(input.QueueName) };
    },

    ListQueues(raw) {
      const input = read('ListQueues', raw);
      const after = input.NextToken === undefined ? '' : Buffer.from(input.NextToken, 'base64url').toString();
      const names = queues
        .list(input.QueueNamePrefix)
        .map((queue) => queue.name)
        .filter((name) => name > after);
      const page = names.slice(0, input.MaxResults);
      const last = page.at(-1);
      return {
        QueueUrls: page.map(urlOf),
        ...(names.length > page.length && last !== undefined && { NextToken: Buffer.from(last).toString('base64url') }),
      };
    },

    GetQueueUrl(raw) {
      return { QueueUrl: urlOf(queues.existing(read('GetQueueUrl', raw).QueueName).name) };
    },

    SendMessage(raw) {
      const input = read('SendMessage', raw);
      return send(nameOf(input.QueueUrl), input);
    },

    SendMessageBatch(raw) {
      const input = read('SendMessageBatch', raw);
      const name = queues.existing(nameOf(input.QueueUrl)).name;
      checkBatch(input.Entries);
      const Successful: object[] = [];
      const Failed: object[] = [];
      for (const entry of input.Entries) {
        const Id = idOf(entry);
        try {
          Successful.push({ Id, ...send(name, parseInput(BatchEntry, entry, 'InvalidParameterValueException')) });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Failed.push({ Id, SenderFault: true, Code: error.type, Message: error.message });
        }
      }
      return { Successful, ...(Failed.length > 0 && { Failed }) };
    },

    async ReceiveMessage(raw) {
      const input = read('ReceiveMessage', raw);
      const name = nameOf(input.QueueUrl);
      const { settings } = queues.existing(name);
      const deadline = performance.now() + (input.WaitTimeSeconds ?? settings.waitSeconds) * 1000;
      let messages = queues.receive(name, input.MaxNumberOfMessages, input.VisibilityTimeout);
      while (messages.length === 0 && performance.now() < deadline) {
        await queues.waitForMessage(name, deadline - performance.now());
        // Yields once, so that a clock that stands still cannot spin here.
        await sleep(1);
        messages = queues.receive(name, input.MaxNumberOfMessages, input.VisibilityTimeout);
      }
      const systemNames = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
      if (messages.length === 0) return {};
      return { Messages: messages.map((message) => received(message, systemNames, input.MessageAttributeNames)) };
    },

    DeleteMessage(raw) {
      const input = read('DeleteMessage', raw);
      queues.remove(nameOf(input.QueueUrl), input.ReceiptHandle);
      return {};
    },

    ChangeMessageVisibility(raw) {
      const input = read('ChangeMessageVisibility', raw);
      queues.changeVisibility(nameOf(input.QueueUrl), input.ReceiptHandle, input.VisibilityTimeout);
      return {};
    },

    GetQueueAttributes(raw) {
      const input = read('GetQueueAttributes', raw);
      const queue = queues.existing(nameOf(input.QueueUrl));
      const all = attributesOf(queue, queues.depth(queue.name), arnOf);
      const wanted = input.AttributeNames;
      return {
        Attributes: Object.fromEntries(
          Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name)),
        ),
      };
    },

    PurgeQueue(raw) {
      queues.purge(nameOf(read('PurgeQueue', raw).QueueUrl));
      return {};
    },
  };

  function send(name: string, message: v.InferOutput<typeof BatchEntry> | v.InferOutput<typeof Inputs.SendMessage>) {
    const MessageId = queues.send(name, message.MessageBody, message.MessageAttributes, message.DelaySeconds);
    const MD5OfMessageAttributes = md5OfAttributes(message.MessageAttributes);
    return {
      MessageId,
      MD5OfMessageBody: md5(message.MessageBody),
      ...(MD5OfMessageAttributes !== undefined && { MD5OfMessageAttributes }),
    };
  }

  function received(message: StoredMessage, systemNames: readonly string[], attributeNames: readonly string[]) {
    const system: Record<string, string> = {
      SenderId: accountId,
      SentTimestamp: String(message.sentAt),
      ApproximateReceiveCount: String(message.receiveCount),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      ...(message.deadLetterOf !== null && { DeadLetterQueueSourceArn: arnOf(message.deadLetterOf) }),
    };
    const Attributes = Object.fromEntries(
      Object.entries(system).filter(([name]) => systemNames.includes('All') || systemNames.includes(name)),
    );
    const chosen = selectAttributes(message.attributes, attributeNames);
    const MD5OfMessageAttributes = md5OfAttributes(chosen);
    return {
      MessageId: message.messageId,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      MD5OfBody: md5(message.body),
      ...(Object.keys(Attributes).length > 0 && { Attributes }),
      ...(MD5OfMessageAttributes !== undefined && { MD5OfMessageAttributes, MessageAttributes: chosen }),
    };
  }
}

function read<Name extends keyof typeof Inputs>(name: Name, input: unknown): v.InferOutput<(typeof Inputs)[Name]> {
  return parseInput(Inputs[name], input, 'InvalidParameterValueException');
}

/** A queue is known by its name alone, so that URLs of a former port still work. */
function nameOf(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? '';
}

/** SQS compares only the attributes the caller named. */
function sameWhereNamed(
  present: QueueSettings,
  asked: QueueSettings,
  named: Readonly<Record<string, string>>,
): boolean {
  return (
    (!('DelaySeconds' in named) || present.delaySeconds === asked.delaySeconds) &&
    (!('VisibilityTimeout' in named) || present.visibilitySeconds === asked.visibilitySeconds) &&
    (!('MessageRetentionPeriod' in named) || present.retentionSeconds === asked.retentionSeconds) &&
    (!('ReceiveMessageWaitTimeSeconds' in named) || present.waitSeconds === asked.waitSeconds) &&
    (!('RedrivePolicy' in named) || JSON.stringify(present.redrive) === JSON.stringify(asked.redrive))
  );
}

function idOf(entry: unknown): string {
  return typeof entry === 'object' && entry !== null && 'Id' in entry ? String(entry.Id) : '';
}

function checkBatch(entries: readonly unknown[]): void {
  if (entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10) {
    throw new AwsError('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
  }
  if (new Set(entries.map(idOf)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const bytes = entries.reduce<number>((sum, entry) => {
    const parsed = v.safeParse(BatchEntry, entry);
    return parsed.success ? sum + messageSize(parsed.output.MessageBody, parsed.output.MessageAttributes) : sum;
  }, 0);
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes.`);
  }
}
