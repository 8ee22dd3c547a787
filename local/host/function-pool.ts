/**
 * Runs one function: a worker thread that invocations share, replaced after an error, an exit or a timeout. What one
 * worker does to itself stays in it.
 */
import { Worker } from 'node:worker_threads';
import { scaledTimeout } from '../../functions/shared/stage/scale.ts';
import type { FunctionSpec } from '../../stacks/topology-types.ts';
import type { InvocationResult } from './contract.ts';
import { functionEnvironment, lambdaName } from './environment.ts';
import { errorTypeOf } from './error-type.ts';
import { guardMemory, resourceLimitsOf } from './memory-guard.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { createTrackRecord } from './track-record.ts';

export type FunctionPool = {
  invoke(requestId: string, payload: string): Promise<InvocationResult>;
  /** Ends every thread; resolves when they have ended, never while one is stuck in a native call. */
  end(): Promise<unknown>;
  /** Starts the worker, so that the first invocation does not wait for its modules; resolves when they are loaded, or cannot be. */
  warm(): Promise<void>;
};

export type PoolOptions = {
  readonly spec: FunctionSpec;
  /** Absolute path of the function's module. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeScale: number;
};

/**
 * Three times Lambda's init phase: at a start all functions load at once on the same few cores (nine heavy ones took 9 s on
 * two busy cores). Loading does not get faster by a time scale.
 */
const INIT_TIMEOUT_MS = 30_000;

/** Threads of one function that are stuck in native calls, where nothing ends them: then its events wait until one comes back. */
const MOST_STUCK = 3;

/** The supervisor and the function behind a door answer somebody who waits: they go first where the processor is short. */
const BEHIND_THE_DOORS = 5;
/** Of a function that ended badly in a row: about a tenth of a busy core, all of an idle one. */
const BEHIND_THE_OTHERS = 10;
const THROTTLED: InvocationResult = { ok: false, code: 'throttled' };
const UNAVAILABLE: InvocationResult = { ok: false, code: 'unavailable' };

export function createFunctionPool(options: PoolOptions): FunctionPool {
  const limit = options.spec.reservedConcurrency ?? Number.POSITIVE_INFINITY;
  const record = createTrackRecord();
  let running = 0;
  let isEnded = false;
  let current: FunctionWorker | null = null;
  /** All whose thread has not ended yet. */
  const workers = new Set<FunctionWorker>();

  function usable(): FunctionWorker {
    if (current?.isUsable()) return current;
    const worker = startWorker(options, record.isSuspect(), record.endedBadly);
    workers.add(worker);
    void worker.gone.then(() => workers.delete(worker));
    current = worker;
    return worker;
  }

  /** A worker that runs behind the others keeps doing so; the next one need not. */
  function forgive(worker: FunctionWorker): void {
    if (record.isSuspect()) worker.retire();
    record.ranWell();
  }

  return {
    warm: () => usable().loaded,
    end() {
      isEnded = true;
      return Promise.all([...workers].map((worker) => worker.end()));
    },
    async invoke(requestId, payload) {
      const stuck = [...workers].filter((worker) => worker.isEnding());
      if (running >= limit || stuck.length >= MOST_STUCK) return THROTTLED;
      running += 1;
      try {
        if (!current?.isUsable()) await record.pause();
        if (isEnded) return UNAVAILABLE;
        const worker = usable();
        const result = await worker.run(requestId, payload);
        if (result.ok) forgive(worker);
        return result;
      } finally {
        running -= 1;
      }
    },
  };
}

type FunctionWorker = {
  /** False once the worker is to be replaced or has ended. */
  isUsable(): boolean;
  /** It was told to end and its thread has not ended yet. */
  isEnding(): boolean;
  /** The module is loaded, or the worker has ended. */
  readonly loaded: Promise<void>;
  run(requestId: string, payload: string): Promise<InvocationResult>;
  /** Takes nothing new and ends after what runs. */
  retire(): void;
  /** Ends what runs; resolves with `gone`. */
  end(): Promise<void>;
  /** Its thread has ended. */
  readonly gone: Promise<void>;
};

type Pending = { readonly message: ToWorker; timer: NodeJS.Timeout | null; settle(result: InvocationResult): void };

/** @param onBadEnd  told once, when a run or its module made the worker unusable */
function startWorker(
  { spec, entry, env, timeScale }: PoolOptions,
  isSuspect: boolean,
  onBadEnd: () => void,
): FunctionWorker {
  const timeoutMs = scaledTimeout(spec.timeoutSeconds * 1000, timeScale);
  const settings: WorkerSettings = {
    entry,
    lambdaName: lambdaName(env.FRONTDESK_ENV ?? 'local', spec.name),
    memoryMb: spec.memoryMb,
    region: env.AWS_REGION ?? '',
    stepsBack: (spec.http ? 0 : BEHIND_THE_DOORS) + (isSuspect ? BEHIND_THE_OTHERS : 0),
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: spec.name,
    workerData: settings,
    env: functionEnvironment(env, spec),
    resourceLimits: resourceLimitsOf(spec.memoryMb),
  });
  const pending = new Map<number, Pending>();
  const loaded = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  let calls = 0;
  let isReady = false;
  let isRetired = false;
  let hasEnded = false;
  let crash: string | undefined;
  const memory = guardMemory(
    worker,
    spec.memoryMb,
    () => pending.size > 0,
    () => end({ ok: false, code: 'exit', errorType: 'OutOfMemory' }),
  );
  const initTimer = setTimeout(() => end({ ok: false, code: 'timeout' }), INIT_TIMEOUT_MS);

  worker.on('message', (message: FromWorker) => {
    if (hasEnded) return;
    switch (message.type) {
      case 'ready':
        isReady = true;
        loaded.resolve();
        clearTimeout(initTimer);
        for (const one of pending.values()) begin(one);
        return;
      case 'init-failed':
        end({ ok: false, code: 'error', errorType: message.errorType });
        return;
      case 'result':
        // A handler that failed may have left anything behind: the next invocation gets a fresh worker.
        if (!message.result.ok && !isRetired) {
          isRetired = true;
          onBadEnd();
        }
        pending.get(message.call)?.settle(message.result);
        endIfDone();
        return;
      default:
        message satisfies never;
    }
  });
  worker.on('messageerror', () => end(exited()));
  worker.on('error', (error) => {
    crash = errorTypeOf(error);
  });
  worker.on('exit', () => {
    end(exited());
    gone.resolve();
  });

  function endIfDone(): void {
    if (isRetired && pending.size === 0) end(exited());
  }

  function exited(): InvocationResult {
    return { ok: false, code: 'exit', ...(crash !== undefined && { errorType: crash }) };
  }

  function begin(one: Pending): void {
    one.timer = setTimeout(() => {
      one.settle({ ok: false, code: 'timeout' });
      // Only the end of the thread stops a handler; those who share it end with it, whatever their events are.
      end({ ok: false, code: 'host_exit' });
    }, one.message.timeoutMs);
    worker.postMessage(one.message);
    memory.wake();
  }

  /** Answers everybody at once; `terminate` may have to wait for a native call to return. */
  function end(result: InvocationResult): void {
    if (hasEnded) return;
    hasEnded = true;
    if (!isRetired) onBadEnd();
    loaded.resolve();
    clearTimeout(initTimer);
    memory.stop();
    for (const one of pending.values()) one.settle(result);
    void worker.terminate();
  }

  return {
    isUsable: () => !isRetired && !hasEnded,
    isEnding: () => hasEnded,
    loaded: loaded.promise,
    retire() {
      isRetired = true;
      endIfDone();
    },
    end() {
      end(exited());
      return gone.promise;
    },
    gone: gone.promise,
    run: (requestId, payload) =>
      new Promise((resolve) => {
        calls += 1;
        const message = { call: calls, requestId, payload, timeoutMs };
        const one: Pending = {
          message,
          timer: null,
          settle(result) {
            if (one.timer !== null) clearTimeout(one.timer);
            if (pending.delete(message.call)) resolve(result);
          },
        };
        pending.set(message.call, one);
        if (isReady) begin(one);
      }),
  };
}
