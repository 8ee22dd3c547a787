/** The dead-letter and failure queues of every function, on SQS. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { FunctionName } from '../../events/words.ts';
import { laterQueueName } from '../../functions/shared/queues/names.ts';
import { asking, queueClient, type Reachable } from '../instance/clients.ts';
import { type Letter, readLetter } from './letter.ts';

export type Held = { readonly letter: Letter; readonly queueUrl: string; readonly receipt: string };

export type Taken = {
  /** The oldest first. */
  readonly held: readonly Held[];
  /** How many more the queues count than were taken: another look holds them. */
  readonly elsewhere: number;
};

export type LetterQueues = {
  /** Everything that stands there, at most 1,000 a queue; held from others for a minute, or until `release`. */
  take(): Promise<Taken>;
  release(held: readonly Held[]): Promise<void>;
  remove(held: Held): Promise<void>;
  /** Into the function's own later queue. */
  redrive(name: FunctionName, body: string, delaySeconds: number): Promise<void>;
  close(): void;
};

const DEAD = /-(dlq|failures)$/;
const HOLD_SECONDS = 60;
const MOST_OF_A_QUEUE = 1_000;
const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

export function letterQueues(place: Reachable & { readonly env: string }): LetterQueues {
  const client = queueClient(place);
  const { env } = place;
  return {
    async take() {
      const all: Taken[] = [];
      for (const queueUrl of await deadQueues(client, env)) all.push(await takeAll(client, queueUrl));
      return {
        held: all.flatMap(({ held }) => held).toSorted((left, right) => left.letter.sentAt - right.letter.sentAt),
        elsewhere: all.reduce((sum, { elsewhere }) => sum + elsewhere, 0),
      };
    },
    async release(held) {
      for (const { queueUrl, receipt } of held)
        await asking('SQS', () =>
          client.send(
            new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }),
          ),
        );
    },
    async remove({ queueUrl, receipt }) {
      await asking('SQS', () => client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt })));
    },
    async redrive(name, body, DelaySeconds) {
      const QueueName = laterQueueName(env, name);
      const { QueueUrl } = await asking('SQS', () => client.send(new GetQueueUrlCommand({ QueueName })));
      await asking('SQS', () => client.send(new SendMessageCommand({ QueueUrl, MessageBody: body, DelaySeconds })));
    },
    close: () => client.destroy(),
  };
}

async function deadQueues(client: SQSClient, env: string): Promise<string[]> {
  const { QueueUrls = [] } = await asking('SQS', () =>
    client.send(new ListQueuesCommand({ QueueNamePrefix: `frontdesk-${env}-`, MaxResults: 1000 })),
  );
  return QueueUrls.filter((url) => DEAD.test(url));
}

async function takeAll(client: SQSClient, queueUrl: string): Promise<Taken> {
  const held: Held[] = [];
  let taken = 0;
  for (;;) {
    const messages = await receive(client, queueUrl);
    taken += messages.length;
    held.push(...messages.flatMap((message) => heldOf(message, queueUrl) ?? []));
    // What is left of a queue that holds too many is held by nobody.
    if (held.length >= MOST_OF_A_QUEUE) return { held, elsewhere: 0 };
    if (messages.length === 0) return { held, elsewhere: Math.max(0, (await countOf(client, queueUrl)) - taken) };
  }
}

async function receive(client: SQSClient, queueUrl: string): Promise<readonly Message[]> {
  const { Messages = [] } = await asking('SQS', () =>
    client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HOLD_SECONDS,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    ),
  );
  return Messages;
}

/** Visible or not. */
async function countOf(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes = {} } = await asking('SQS', () =>
    client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...COUNTS] })),
  );
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

/** `null` for what belongs to no function. */
function heldOf(message: Message, queueUrl: string): Held | null {
  const { MessageId = '', Body = '', ReceiptHandle = '', Attributes, MessageAttributes = {} } = message;
  const letter = readLetter({
    id: MessageId,
    queue: queueUrl.split('/').at(-1) ?? '',
    body: Body,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue ?? '']),
    ),
    sentAt: Number(Attributes?.SentTimestamp ?? 0),
  });
  return letter === null ? null : { letter, queueUrl, receipt: ReceiptHandle };
}
