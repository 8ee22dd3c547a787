/** The dead-letter and failure queues of every function, on SQS. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { FunctionName } from '../../events/words.ts';
import { laterQueueName } from '../../functions/shared/queues/names.ts';
import { asking, queueClient, type Reachable } from '../instance/clients.ts';
import { type Letter, type Raw, readLetter } from './letter.ts';

export type Held = { readonly letter: Letter; readonly queueUrl: string; readonly receipt: string };

export type LetterQueues = {
  /** Everything that stands there, at most 1,000 a queue, oldest first; held from others for a minute, or until `release`. */
  take(): Promise<readonly Held[]>;
  release(held: readonly Held[]): Promise<void>;
  remove(held: Held): Promise<void>;
  /** Into the function's own later queue. */
  redrive(name: FunctionName, body: string, delaySeconds: number): Promise<void>;
  close(): void;
};

const DEAD = /-(dlq|failures)$/;
const HOLD_SECONDS = 60;
const MOST_OF_A_QUEUE = 1_000;

export function letterQueues(place: Reachable & { readonly env: string }): LetterQueues {
  const client = queueClient(place);
  const { env } = place;
  return {
    async take() {
      const held: Held[] = [];
      for (const queueUrl of await deadQueues(client, env)) held.push(...(await takeAll(client, queueUrl)));
      return held.toSorted((left, right) => left.letter.sentAt - right.letter.sentAt);
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

async function takeAll(client: SQSClient, queueUrl: string): Promise<Held[]> {
  const held: Held[] = [];
  for (;;) {
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
    for (const { MessageId = '', Body = '', ReceiptHandle = '', Attributes, MessageAttributes = {} } of Messages) {
      const raw: Raw = {
        id: MessageId,
        queue: queueUrl.split('/').at(-1) ?? '',
        body: Body,
        attributes: Object.fromEntries(
          Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue ?? '']),
        ),
        sentAt: Number(Attributes?.SentTimestamp ?? 0),
      };
      const letter = readLetter(raw);
      if (letter) held.push({ letter, queueUrl, receipt: ReceiptHandle });
    }
    if (Messages.length === 0 || held.length >= MOST_OF_A_QUEUE) return held;
  }
}
