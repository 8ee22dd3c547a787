/** What queues do, whoever asks: delay, visibility, redrive, retention, waiting for a message. */
import { AwsError } from '../service.ts';
import type { MessageAttributes } from './attributes.ts';
import { messageSize } from './attributes.ts';
import type { Queue, QueueSettings, QueueStore, StoredMessage } from './store.ts';
import { messageOfReceipt } from './store.ts';

/** SQS's documented defaults. */
export const DEFAULT_SETTINGS: QueueSettings = {
  delaySeconds: 0,
  visibilitySeconds: 30,
  retentionSeconds: 4 * 86_400,
  waitSeconds: 0,
  redrive: null,
};

export const MAX_DELAY_SECONDS = 900;
export const MAX_MESSAGE_BYTES = 1_048_576;

// A scaled visibility never ends before a run can: the function host gives every run at least a second.
const MIN_VISIBILITY_MS = 2_000;
const EXPIRY_CHECK_MS = 60_000;
// Everything XML 1.0 allows; SQS refuses the rest.
const ALLOWED_TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;

export type QueueOptions = {
  readonly store: QueueStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Multiplies delays and visibility; retention and long polling are not scaled. */
  readonly timeScale: number;
};

export type Queues = ReturnType<typeof createQueues>;

export function createQueues({ store, now, timeScale }: QueueOptions) {
  const waiters = new Map<string, Set<() => void>>();
  const expiryChecked = new Map<string, number>();

  function existing(name: string): Queue {
    const queue = store.queue(name);
    if (queue === null) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  function invisibleMs(seconds: number): number {
    return seconds === 0 ? 0 : Math.max(seconds * 1000 * timeScale, Math.min(MIN_VISIBILITY_MS, seconds * 1000));
  }

  function wake(queue: string): void {
    for (const waiter of waiters.get(queue) ?? []) waiter();
  }

  function checkReceipt(receiptHandle: string): void {
    if (messageOfReceipt(receiptHandle) === null) {
      throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
    }
  }

  function expireAndRedrive(queue: Queue, at: number): void {
    if (at - (expiryChecked.get(queue.name) ?? 0) >= EXPIRY_CHECK_MS) {
      expiryChecked.set(queue.name, at);
      store.expire(queue.name, at - queue.settings.retentionSeconds * 1000);
    }
    const { redrive } = queue.settings;
    if (redrive !== null) {
      store.redrive(queue.name, redrive.target, redrive.maxReceives, at);
      wake(redrive.target);
    }
  }

  return {
    existing,
    list: (prefix: string): Queue[] => store.queues(prefix),
    find: (name: string): Queue | null => store.queue(name),
    put: (name: string, settings: QueueSettings): void => store.putQueue(name, settings, now()),
    depth: (name: string) => store.depth(existing(name).name, now()),
    oldestSentAt: (name: string) => store.oldestSentAt(existing(name).name),
    returnInFlight: (name: string): void => store.returnInFlight(existing(name).name, now()),
    /** Also of queues from which nobody receives, such as those of dead letters. */
    removeExpired(): void {
      for (const { name, settings } of store.queues('')) store.expire(name, now() - settings.retentionSeconds * 1000);
    },
    purge: (name: string): void => store.purge(existing(name).name),

    /** Stores one message and returns its id. */
    send(name: string, body: string, attributes: MessageAttributes, delaySeconds?: number): string {
      const { settings } = existing(name);
      if (!ALLOWED_TEXT.test(body)) {
        throw new AwsError(
          'InvalidMessageContents',
          'The message is empty or contains characters outside the allowed set.',
        );
      }
      if (messageSize(body, attributes) > MAX_MESSAGE_BYTES) {
        throw new AwsError(
          'InvalidParameterValueException',
          `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
        );
      }
      const at = now();
      const visibleAt = at + Math.round((delaySeconds ?? settings.delaySeconds) * 1000 * timeScale);
      const messageId = store.insert(name, body, attributes, at, visibleAt);
      wake(name);
      return messageId;
    },

    /** Takes what is due now, at most `max`; never waits. */
    receive(name: string, max: number, visibilitySeconds?: number): StoredMessage[] {
      const queue = existing(name);
      const at = now();
      expireAndRedrive(queue, at);
      const until = at + Math.round(invisibleMs(visibilitySeconds ?? queue.settings.visibilitySeconds));
      return store.receive(name, max, at, until);
    },

    /** Resolves when a message may be due, after `maxWaitMs` of real time, or when `signal` aborts. */
    async waitForMessage(name: string, maxWaitMs: number, signal?: AbortSignal): Promise<void> {
      const dueInMs = (store.nextDue(name) ?? Number.POSITIVE_INFINITY) - now();
      if (dueInMs <= 0 || maxWaitMs <= 0 || signal?.aborted) return;
      const waiting = waiters.get(name) ?? new Set();
      waiters.set(name, waiting);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(dueInMs, maxWaitMs));
        waiting.add(done);
        signal?.addEventListener('abort', done);
      });
    },

    /** Deletes by receipt handle; an outdated handle deletes nothing and is no error, as in SQS. */
    remove(name: string, receiptHandle: string): void {
      existing(name);
      checkReceipt(receiptHandle);
      store.remove(name, receiptHandle);
    },

    changeVisibility(name: string, receiptHandle: string, seconds: number): void {
      existing(name);
      checkReceipt(receiptHandle);
      const at = now();
      if (!store.changeVisibility(name, receiptHandle, at, at + Math.round(invisibleMs(seconds)))) {
        throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
      }
      wake(name);
    },
  };
}
