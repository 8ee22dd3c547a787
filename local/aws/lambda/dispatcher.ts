/** Lambda's asynchronous invocation rules (platform §5.3): durable queue, counted attempts, retries, age, failure queue. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { FunctionName } from '../../../events/words.ts';
import type { InvocationResult, Invoker } from '../../host/contract.ts';
import type { Measure } from '../../telemetry/native.ts';
import { transact } from '../database.ts';
import type { EnqueueInvocation, SendToQueue } from '../eventbridge/deliveries.ts';
import { createAlarm, realTiming, type Timing } from '../time.ts';
import { failureRecord } from './failure-record.ts';
import { createInvocationStore, type Depth } from './invocation-store.ts';
import type { FailureCondition, InvocationRow } from './schema.ts';

export type DispatchedFunction = {
  readonly name: FunctionName;
  readonly arn: string;
  /** Runs after the first; 0 for one run in all. */
  readonly retries: number;
  readonly maxAgeSeconds: number;
  /** `null` drops what was given up, as Lambda does without a destination. */
  readonly onFailureQueue: string | null;
  /** `null` for the dispatcher's unreserved concurrency. */
  readonly reservedConcurrency: number | null;
};

export type DispatcherOptions = {
  readonly database: DatabaseSync;
  readonly invoker: Invoker;
  readonly sendToQueue: SendToQueue;
  readonly timing?: Timing;
  readonly newRequestId?: () => string;
  readonly unreservedConcurrency?: number;
  /** Told what AWS would count of the asynchronous queue. */
  readonly measure?: Measure;
};

export type Dispatcher = {
  /** Replaces the known functions; rows of others wait. */
  configure(functions: readonly DispatchedFunction[]): void;
  enqueue: EnqueueInvocation;
  /** Runs at once within the function's concurrency, for queue mappings and HTTP; nothing is kept. */
  invoke(functionName: FunctionName, payload: unknown): Promise<InvocationResult>;
  hasCapacity(functionName: FunctionName): boolean;
  depths(): Map<string, Depth>;
  /** Takes up what a former process left. */
  start(): void;
  /** Begins nothing more and resolves when the running invocations have ended and are recorded. */
  stop(): Promise<void>;
  /** Stops without waiting: the rows of what runs stay as the death of the process would leave them. */
  halt(): void;
};

/** Lambda's waits: about one minute before the second run, about two before the third. */
const RETRY_DELAYS_MS = [60_000, 120_000] as const;
const THROTTLE_BASE_MS = 1_000;
const THROTTLE_MAX_MS = 300_000;
/** The host is a process of its own and comes back within a second or two. */
const UNAVAILABLE_DELAY_MS = 1_000;
const FAILURE_QUEUE_RETRY_MS = 60_000;
const FAILED_BATCH = 10;
/** Ours: enough to keep two cores busy with waiting functions, and a bound on memory. */
const DEFAULT_UNRESERVED_CONCURRENCY = 32;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, invoker, measure = () => {} } = options;
  const timing = options.timing ?? realTiming();
  const newRequestId = options.newRequestId ?? randomUUID;
  const unreserved = options.unreservedConcurrency ?? DEFAULT_UNRESERVED_CONCURRENCY;
  const store = createInvocationStore(database);
  const alarm = createAlarm(timing, pumpDue);
  /** When a function has to be looked at next; absent while nothing waits for a time. */
  const dueAt = new Map<FunctionName, number>();
  /** Functions that may have rows for their failure queue. */
  const failing = new Set<FunctionName>();
  const running = new Map<FunctionName, number>();
  const sending = new Set<number>();
  let functions = new Map<FunctionName, DispatchedFunction>();
  let byArn = new Map<string, DispatchedFunction>();
  let phase: 'new' | 'started' | 'stopping' | 'halted' = 'new';
  let drained = () => {};

  const scaled = (milliseconds: number) => milliseconds * timing.timeScale;
  const freeSlots = (target: DispatchedFunction) =>
    (target.reservedConcurrency ?? unreserved) - (running.get(target.name) ?? 0);
  const expiresAt = (target: DispatchedFunction, row: InvocationRow) =>
    row.accepted_at + scaled(target.maxAgeSeconds * 1_000);

  function lookAt(name: FunctionName, due: number): void {
    dueAt.set(name, Math.min(due, dueAt.get(name) ?? due));
    if (phase === 'started') alarm.at(due);
  }

  function pumpDue(): void {
    const now = timing.now();
    for (const target of functions.values()) if ((dueAt.get(target.name) ?? now + 1) <= now) pump(target);
    for (const due of dueAt.values()) alarm.at(due);
  }

  function pump(target: DispatchedFunction): void {
    if (phase !== 'started') return;
    dueAt.delete(target.name);
    for (const row of claim(target)) void run(target, row);
    if (failing.has(target.name)) pumpFailed(target);
    const next = freeSlots(target) > 0 ? store.nextDue(target.name, 'queued') : null;
    if (next !== null) lookAt(target.name, next);
  }

  function pumpFailed(target: DispatchedFunction): void {
    const failed = store.due(target.name, 'failed', timing.now(), FAILED_BATCH);
    for (const row of failed) void sendToFailureQueue(target, row);
    const next = failed.length > 0 ? null : store.nextDue(target.name, 'failed');
    if (next !== null) lookAt(target.name, next);
    else if (failed.length === 0) failing.delete(target.name);
  }

  function giveUp(target: DispatchedFunction, id: number, condition: FailureCondition, now: number): void {
    store.giveUp(id, condition, now);
    measure({ of: 'async_dropped', functionName: target.name });
    failing.add(target.name);
  }

  /** The attempt is in the file before the run: an event that kills the process reaches the failure queue, not every boot. */
  function claim(target: DispatchedFunction): InvocationRow[] {
    const slots = freeSlots(target);
    if (slots <= 0) return [];
    const now = timing.now();
    const rows = store.due(target.name, 'queued', now, slots);
    if (rows.length === 0) return [];
    return transact(database, () =>
      rows.filter((row) => {
        const condition = givenUpBecause(target, row, now);
        if (condition === null) {
          store.begin(row.id);
          measure({ of: 'async_age', functionName: target.name, ms: Math.max(0, now - row.accepted_at) });
        } else giveUp(target, row.id, condition, now);
        return condition === null;
      }),
    );
  }

  function givenUpBecause(target: DispatchedFunction, row: InvocationRow, now: number): FailureCondition | null {
    if (isSpent(target, row.attempts, row.failure_code === 'exit')) return 'RetriesExhausted';
    return now > expiresAt(target, row) ? 'EventAgeExceeded' : null;
  }

  async function run(target: DispatchedFunction, row: InvocationRow): Promise<void> {
    const result = await invokeInSlot(target, row.request_id, row.payload);
    if (phase === 'halted') return;
    transact(database, () => record(target, row, result));
    pump(target);
  }

  async function invokeInSlot(
    target: DispatchedFunction,
    requestId: string,
    payload: string,
  ): Promise<InvocationResult> {
    running.set(target.name, (running.get(target.name) ?? 0) + 1);
    try {
      return await invoker({ requestId, functionName: target.name, payload });
    } catch {
      return { ok: false, code: 'unavailable' };
    } finally {
      running.set(target.name, (running.get(target.name) ?? 1) - 1);
      // After the caller's own continuation has recorded the result.
      if (phase === 'stopping') setImmediate(() => drained());
    }
  }

  const isSpent = (target: DispatchedFunction, attempts: number, isCrashed: boolean) =>
    // A run that ended with the process says little about its event: even a function without retries gets one more.
    attempts > Math.max(target.retries, isCrashed ? 1 : 0);

  /** `row` is as it was before the run. */
  function record(target: DispatchedFunction, row: InvocationRow, result: InvocationResult): void {
    if (result.ok) {
      store.remove(row.id);
      return;
    }
    const now = timing.now();
    // Past its age a row is given up, so no wait goes further.
    const waitFor = (milliseconds: number) => Math.min(now + scaled(milliseconds), expiresAt(target, row) + 1);
    switch (result.code) {
      case 'throttled': {
        const delay = Math.min(THROTTLE_MAX_MS, THROTTLE_BASE_MS * 2 ** row.throttles);
        store.requeue(row.id, row.attempts, row.throttles + 1, waitFor(delay));
        return;
      }
      case 'unavailable':
        store.requeue(row.id, row.attempts, 0, waitFor(UNAVAILABLE_DELAY_MS));
        return;
      case 'host_exit': {
        store.noteFailure(row.id, 'exit', null);
        const attempts = row.attempts + 1;
        if (isSpent(target, attempts, true)) giveUp(target, row.id, 'RetriesExhausted', now);
        else store.requeue(row.id, attempts, 0, waitFor(UNAVAILABLE_DELAY_MS));
        return;
      }
      case 'error':
      case 'timeout':
      case 'exit': {
        store.noteFailure(row.id, result.code, result.errorType ?? null);
        const attempts = row.attempts + 1;
        const delay = RETRY_DELAYS_MS[Math.min(attempts, RETRY_DELAYS_MS.length) - 1] ?? 0;
        if (attempts > target.retries) giveUp(target, row.id, 'RetriesExhausted', now);
        else store.requeue(row.id, attempts, 0, waitFor(delay));
        return;
      }
      default:
        result.code satisfies never;
    }
  }

  async function sendToFailureQueue(target: DispatchedFunction, row: InvocationRow): Promise<void> {
    if (sending.has(row.id)) return;
    sending.add(row.id);
    let isDone = true;
    try {
      if (target.onFailureQueue !== null) {
        await options.sendToQueue(target.onFailureQueue, failureRecord(row, target.arn, timing.now()), {});
      }
    } catch {
      isDone = false;
    }
    sending.delete(row.id);
    if (phase === 'halted') return;
    if (isDone) store.remove(row.id);
    else store.postpone(row.id, timing.now() + scaled(FAILURE_QUEUE_RETRY_MS));
    if (phase === 'stopping') drained();
    pump(target);
  }

  return {
    configure(list) {
      functions = new Map(list.map((target) => [target.name, target]));
      byArn = new Map(list.map((target) => [target.arn, target]));
    },
    enqueue({ functionArn, payload, delayMs }) {
      const target = byArn.get(functionArn);
      if (target === undefined) return false;
      const now = timing.now();
      store.add(newRequestId(), target.name, payload, now, now + delayMs);
      // The timer fires after the caller's transaction, which is synchronous.
      lookAt(target.name, now + delayMs);
      return true;
    },
    async invoke(functionName, payload) {
      const target = functions.get(functionName);
      if (phase !== 'started' || target === undefined) return { ok: false, code: 'unavailable' };
      // The bound of unreserved functions is ours, for what waits in the queue; a caller is throttled by a reservation only.
      if (target.reservedConcurrency !== null && freeSlots(target) <= 0) return { ok: false, code: 'throttled' };
      const result = await invokeInSlot(target, newRequestId(), JSON.stringify(payload));
      pump(target);
      return result;
    },
    hasCapacity(functionName) {
      const target = functions.get(functionName);
      return phase === 'started' && target !== undefined && freeSlots(target) > 0;
    },
    depths: store.depths,
    start() {
      store.recover(timing.now());
      phase = 'started';
      for (const target of functions.values()) {
        failing.add(target.name);
        pump(target);
      }
    },
    stop() {
      phase = 'stopping';
      alarm.stop();
      return new Promise((resolve) => {
        drained = () => {
          const isIdle = [...running.values()].every((count) => count === 0) && sending.size === 0;
          if (isIdle) resolve();
        };
        drained();
      });
    },
    halt() {
      phase = 'halted';
      alarm.stop();
    },
  };
}
