/** Retries are ours: they wait through the clock port, so that the simulator owns them too (architecture §7). */
import { VendorError } from './errors.ts';
import type { Bus, Clock, Ids, IntakeRule, Parameters, Queues, Records, Secrets, Store } from './ports.ts';

export type RetryPolicy = {
  /** In all, the first included. */
  readonly attempts: number;
  /** Least and most milliseconds before the second, third … attempt; the last pair repeats. */
  readonly waits: readonly (readonly [number, number])[];
};

/** DynamoDB, EventBridge, SSM (platform §5.4). */
export const AWS_RETRIES: RetryPolicy = {
  attempts: 3,
  waits: [
    [50, 200],
    [200, 800],
  ],
};
/** Richpanel, for calls that may be repeated (platform §5.4). */
export const RICHPANEL_RETRIES: RetryPolicy = {
  attempts: 2,
  waits: [
    [1_000, 2_000],
    [5_000, 10_000],
  ],
};

/** OpenAI (platform §5.4). */
export const OPENAI_RETRIES: RetryPolicy = {
  attempts: 2,
  waits: [
    [1_000, 2_000],
    [5_000, 10_000],
  ],
};

/** A vendor that asks for more than this is waited for in the later queue, not here (platform §5.4). */
export const MOST_IN_PROCESS_MS = 10_000;
/** On top of Retry-After, so that callers do not come back together (reference §1.3). */
const RETRY_AFTER_JITTER = 0.1;

type Waiting = { readonly clock: Pick<Clock, 'sleep'>; readonly ids: Pick<Ids, 'jitter'> };

/** Runs again after a `VendorError` that is worth it; `Retry-After` wins over the policy's own waits. */
export async function withRetries<T>(
  { clock, ids }: Waiting,
  { attempts, waits }: RetryPolicy,
  run: () => Promise<T>,
  isWorthIt: (error: VendorError) => boolean = (error) => error.retryable,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attempts || !(error instanceof VendorError) || !isWorthIt(error)) throw error;
      if ((error.retryAfterMs ?? 0) > MOST_IN_PROCESS_MS) throw error;
      await clock.sleep(waitBefore(error, waits, attempt - 1, ids.jitter()));
    }
  }
}

/** @param index  0 before the second attempt */
export function waitBefore(
  error: Pick<VendorError, 'retryAfterMs'>,
  waits: RetryPolicy['waits'],
  index: number,
  jitter: number,
): number {
  if (error.retryAfterMs !== undefined) return error.retryAfterMs * (1 + RETRY_AFTER_JITTER * jitter);
  const [least, most] = waits[Math.min(index, waits.length - 1)] ?? [0, 0];
  return least + (most - least) * jitter;
}

/**
 * Every operation up to three times. A conditional write whose first answer was lost is repeated and answers for its
 * own traces; callers whose condition excuses those traces succeed (protocols §1).
 */
export function retryingStore(store: Store, waiting: Waiting): Store {
  const again = <T>(run: () => Promise<T>) => withRetries(waiting, AWS_RETRIES, run);
  return {
    get: (...call) => again(() => store.get(...call)),
    put: (...call) => again(() => store.put(...call)),
    update: (...call) => again(() => store.update(...call)),
    change: (...call) => again(() => store.change(...call)),
    remove: (...call) => again(() => store.remove(...call)),
    query: (...call) => again(() => store.query(...call)),
  };
}

/** A repeat may publish twice; consumers know their event ids. Entries that were not taken are the caller's. */
export function retryingBus(bus: Bus, waiting: Waiting): Bus {
  return { putEvents: (entries) => withRetries(waiting, AWS_RETRIES, () => bus.putEvents(entries)) };
}

export function retryingIntakeRule(rule: IntakeRule, waiting: Waiting): IntakeRule {
  return { isEnabled: () => withRetries(waiting, AWS_RETRIES, () => rule.isEnabled()) };
}

export function retryingQueues(queues: Queues, waiting: Waiting): Queues {
  return {
    later: (...call) => withRetries(waiting, AWS_RETRIES, () => queues.later(...call)),
    failure: (...call) => withRetries(waiting, AWS_RETRIES, () => queues.failure(...call)),
  };
}

export function retryingParameters(parameters: Parameters, waiting: Waiting): Parameters {
  return { read: (names) => withRetries(waiting, AWS_RETRIES, () => parameters.read(names)) };
}

export function retryingSecrets(secrets: Secrets, waiting: Waiting): Secrets {
  return { read: (name) => withRetries(waiting, AWS_RETRIES, () => secrets.read(name)) };
}

/** A repeat may keep a row twice; its key is the fact's own. */
export function retryingRecords(records: Records, waiting: Waiting): Records {
  return { put: (row) => withRetries(waiting, AWS_RETRIES, () => records.put(row)) };
}
