/** An event source mapping from an SQS queue to a function, batch size 1. */
import type { FunctionName } from '../../../events/words.ts';
import type { InvocationResult } from '../../host/contract.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { StoredMessage } from '../sqs/store.ts';
import { realTiming, type Timing } from '../time.ts';
import { sqsEvent } from './sqs-event.ts';

export type QueueMappingOptions = {
  readonly queueName: string;
  readonly queueArn: string;
  readonly functionName: FunctionName;
  readonly sqs: Pick<Sqs, 'receive' | 'remove' | 'changeVisibility' | 'waitForMessage'>;
  readonly dispatcher: {
    invoke(functionName: FunctionName, payload: unknown): Promise<InvocationResult>;
    hasCapacity(functionName: FunctionName): boolean;
  };
  readonly timing?: Timing;
  readonly maxConcurrency?: number;
  /** 0 ≤ x < 1; seeded in tests. */
  readonly random?: () => number;
  /** Share of messages that are handled twice (architecture §4: about 1 %, always). */
  readonly duplicateShare?: number;
};

/** The least that Lambda allows for a mapping. */
const DEFAULT_MAX_CONCURRENCY = 2;
/** Lambda polls with SQS's longest wait. */
const LONG_POLL_MS = 20_000;
/** How often a busy function is looked at again. */
const BUSY_POLL_MS = 100;
const HOST_RETURN_SECONDS = 1;

/**
 * Removes a message when the function succeeded; otherwise it comes back after its visibility timeout, throttled ones too,
 * as on AWS. Receives only while the function has a free slot, so that waiting messages stay visible. Answers the stop,
 * which resolves when the running messages have ended.
 */
export function startQueueMapping(options: QueueMappingOptions): () => Promise<void> {
  const { queueName, functionName, sqs, dispatcher } = options;
  const timing = options.timing ?? realTiming();
  const maxConcurrency = options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY;
  const random = options.random ?? Math.random;
  const duplicateShare = options.duplicateShare ?? 0.01;
  const stopping = new AbortController();
  const runs = new Set<Promise<void>>();

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (runs.size >= maxConcurrency || !dispatcher.hasCapacity(functionName)) {
        await pause();
        continue;
      }
      try {
        const [message] = sqs.receive(queueName, { max: 1 });
        if (message === undefined) await sqs.waitForMessage(queueName, LONG_POLL_MS, stopping.signal);
        else begin(message);
      } catch {
        // The queue cannot be read just now, e.g. before it is made.
        await pause();
      }
    }
  }

  function begin(message: StoredMessage): void {
    // What fails after the run (an outdated receipt) leaves the message to come back: SQS is at least once as well.
    const run = handle(message)
      .catch(() => {})
      .finally(() => runs.delete(run));
    runs.add(run);
  }

  async function handle(message: StoredMessage): Promise<void> {
    const event = sqsEvent(message, options.queueArn);
    const isDuplicated = random() < duplicateShare;
    let result = await dispatcher.invoke(functionName, event);
    if (result.ok && isDuplicated) result = await dispatcher.invoke(functionName, event);
    if (result.ok) {
      if (!reportsFailure(result.value, message.messageId)) sqs.remove(queueName, message.receiptHandle);
    } else if (result.code === 'unavailable' || result.code === 'host_exit') {
      // Nothing runs: no reason to hide the message longer than the host needs to come back.
      sqs.changeVisibility(queueName, message.receiptHandle, HOST_RETURN_SECONDS);
    }
  }

  /** Until a run ends, a while has passed, or the mapping stops. */
  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timing.setTimer(done, BUSY_POLL_MS * timing.timeScale);
      function done(): void {
        cancel();
        stopping.signal.removeEventListener('abort', done);
        resolve();
      }
      stopping.signal.addEventListener('abort', done);
      for (const run of runs) run.then(done, done);
    });
  }

  const polling = poll();
  return async () => {
    stopping.abort();
    await polling;
    await Promise.all(runs);
  };
}

/** `ReportBatchItemFailures`: the function may name the message in its answer. */
function reportsFailure(value: unknown, messageId: string): boolean {
  const failures = (value as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures;
  return (
    Array.isArray(failures) &&
    failures.some((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier === messageId)
  );
}
