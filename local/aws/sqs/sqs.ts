/** SQS on one machine: durable standard queues for SDK, CLI and the platform itself. */
import type { DatabaseSync } from 'node:sqlite';
import type { AwsService, RawHandler } from '../service.ts';
import { stringAttributes } from './attributes.ts';
import { sqsOperations } from './operations.ts';
import { queryCode, sqsQueryHandler } from './query.ts';
import { createQueues, DEFAULT_SETTINGS } from './queues.ts';
import type { QueueDepth, QueueSettings, StoredMessage } from './store.ts';
import { createQueueStore } from './store.ts';

export type SqsOptions = {
  readonly database: DatabaseSync;
  readonly accountId: string;
  readonly region: string;
  /** Origin of the AWS endpoint; QueueUrls carry it, since a QueueUrl on another host wins over `AWS_ENDPOINT_URL`. */
  readonly baseUrl: () => string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly timeScale?: number;
};

export type QueueSpec = { readonly name: string } & Partial<QueueSettings>;

export type Sqs = {
  readonly service: AwsService;
  readonly rawHandler: RawHandler;
  /** Makes the queue, or gives an existing one these settings. */
  createQueue(spec: QueueSpec): void;
  /** Durable when it returns; one statement, so a caller's transaction may hold it. Returns the message id. */
  send(queue: string, body: string, options?: SendOptions): string;
  /** Takes what is due now, at most `max`; never waits. */
  receive(queue: string, options: { readonly max: number; readonly visibilitySeconds?: number }): StoredMessage[];
  /** Resolves when a message may be due, or after `maxWaitMs`. */
  waitForMessage(queue: string, maxWaitMs: number, signal?: AbortSignal): Promise<void>;
  remove(queue: string, receiptHandle: string): void;
  changeVisibility(queue: string, receiptHandle: string, seconds: number): void;
  /** Ends every visibility timeout of the queue: to be called when those who received are known to be dead. */
  returnInFlight(queue: string): void;
  depth(queue: string): QueueDepth;
  /** Epoch milliseconds; `null` where the queue is empty. */
  oldestSentAt(queue: string): number | null;
  /** Deletes what is older than its queue keeps, whether or not anybody receives. */
  removeExpired(): void;
  queueNames(): string[];
};

export type SendOptions = {
  readonly delaySeconds?: number;
  readonly attributes?: Readonly<Record<string, string>>;
};

export function createSqs({ database, accountId, region, baseUrl, now = Date.now, timeScale = 1 }: SqsOptions): Sqs {
  const queues = createQueues({ store: createQueueStore(database), now, timeScale });
  const operations = sqsOperations({ queues, accountId, region, baseUrl });
  return {
    service: { targetPrefix: 'AmazonSQS', jsonVersion: '1.0', operations, queryCode },
    rawHandler: sqsQueryHandler(operations),
    createQueue: ({ name, ...settings }) => queues.put(name, { ...DEFAULT_SETTINGS, ...settings }),
    send: (queue, body, options = {}) =>
      queues.send(queue, body, stringAttributes(options.attributes ?? {}), options.delaySeconds),
    receive: (queue, { max, visibilitySeconds }) => queues.receive(queue, max, visibilitySeconds),
    waitForMessage: queues.waitForMessage,
    remove: queues.remove,
    changeVisibility: queues.changeVisibility,
    returnInFlight: queues.returnInFlight,
    depth: queues.depth,
    oldestSentAt: queues.oldestSentAt,
    removeExpired: queues.removeExpired,
    queueNames: () => queues.list('').map((queue) => queue.name),
  };
}
