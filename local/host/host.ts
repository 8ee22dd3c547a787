/** Supervisor of the function host: starts the process, hands it invocations, starts it again when it dies. */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FunctionSpec } from '../../stacks/topology-types.ts';
import type { InvocationResult, Invoker } from './contract.ts';
import type { FromHost, ToHost } from './messages.ts';

export type HostExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type HostOptions = {
  readonly functions: readonly FunctionSpec[];
  /** Complete environment of the functions: `hostEnvironment()`. */
  readonly env: Readonly<Record<string, string>>;
  /** Scales the functions' timeouts. */
  readonly timeScale: number;
  /** Folder that the functions' `entry` is relative to; the repository by default. */
  readonly root?: string;
  /** After the process ended by itself and before it is started again: nothing runs then. Must not throw. */
  readonly beforeRestart?: () => Promise<void>;
  /** A line a function wrote to stdout or stderr. */
  readonly onLog?: (line: string, stream: 'stdout' | 'stderr') => void;
};

export type FunctionHost = {
  readonly invoke: Invoker;
  /** Loads functions before their first invocation, now and after every restart of the host; resolves when they are loaded. */
  warm(names: readonly string[]): Promise<void>;
  /** Changes with every restart; `null` while the process is down. */
  readonly pid: number | null;
  /** Told when the process ends without having been asked to; it is being started again then. */
  onExit(listener: (exit: HostExit) => void): void;
  /** Accepts nothing more, gives what runs up to `drainMs`, then ends the process. */
  stop(drainMs?: number): Promise<void>;
};

const UNAVAILABLE: InvocationResult = { ok: false, code: 'unavailable' };
const HOST_EXIT: InvocationResult = { ok: false, code: 'host_exit' };
const RESTART_MIN_MS = 100;
const RESTART_MAX_MS = 5_000;
/** A process that lived this long starts the back-off afresh. */
const STABLE_MS = 10_000;
/** Under the 10 s that a stop of the whole platform may take (interfaces §1). */
const DRAIN_MS = 9_000;
const KILL_AFTER_MS = 500;

/** Resolves when the host accepts invocations; rejects when its first process ends before. */
export async function startHost(options: HostOptions): Promise<FunctionHost> {
  const {
    functions,
    env,
    timeScale,
    root = fileURLToPath(new URL('../..', import.meta.url)),
    beforeRestart = async () => {},
    onLog = () => {},
  } = options;
  const exitListeners: ((exit: HostExit) => void)[] = [];
  const pending = new Map<number, (result: InvocationResult) => void>();
  let calls = 0;
  let warmed: readonly string[] = [];
  const warming = new Map<string, () => void>();
  let child: ChildProcess | null = null;
  let isReady = false;
  let isStopping = false;
  const firstStart = Promise.withResolvers<void>();
  let hasEverBeenReady = false;
  let restartDelayMs = RESTART_MIN_MS;
  let restartTimer: NodeJS.Timeout | null = null;
  const drainWaiters = new Set<() => void>();

  function start(): void {
    const startedAt = performance.now();
    const started = fork(new URL('./host-process.ts', import.meta.url), {
      // Not those of this process: a debugger port or a test runner's loader is not meant for the functions.
      execArgv: [],
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A payload is text already: as JSON it would be quoted once more.
      serialization: 'advanced',
    });
    child = started;
    readLines(started, onLog);
    started.on('message', (message: FromHost) => {
      if (message.type === 'result') {
        settle(message.call, message.result);
        return;
      }
      if (message.type === 'warmed') {
        warming.get(message.functionName)?.();
        return;
      }
      isReady = true;
      for (const functionName of warmed) tell(started, { type: 'warm', functionName });
      hasEverBeenReady = true;
      firstStart.resolve();
    });
    let hasExited = false;
    const exited = (exit: HostExit): void => {
      if (hasExited) return;
      hasExited = true;
      child = null;
      isReady = false;
      for (const call of [...pending.keys()]) settle(call, HOST_EXIT);
      if (isStopping) return;
      if (!hasEverBeenReady) {
        firstStart.reject(new Error('the function host ended before it was ready'));
        return;
      }
      for (const listener of exitListeners) listener(exit);
      if (performance.now() - startedAt >= STABLE_MS) restartDelayMs = RESTART_MIN_MS;
      restartTimer = setTimeout(() => void restart(), restartDelayMs);
      restartDelayMs = Math.min(restartDelayMs * 2, RESTART_MAX_MS);
    };
    started.on('exit', (code, signal) => exited({ code, signal }));
    started.on('error', () => {
      // Also raised for a failed send, after which the process may still live.
      if (started.pid === undefined) exited({ code: null, signal: null });
    });
    tell(started, { type: 'start', functions, root, timeScale });
  }

  async function restart(): Promise<void> {
    await beforeRestart();
    if (!isStopping) start();
  }

  function settle(call: number, result: InvocationResult): void {
    pending.get(call)?.(result);
    pending.delete(call);
    if (pending.size > 0) return;
    for (const drained of drainWaiters) drained();
  }

  async function stop(drainMs = DRAIN_MS): Promise<void> {
    isStopping = true;
    if (restartTimer !== null) clearTimeout(restartTimer);
    if (pending.size > 0) {
      await new Promise<void>((resolve) => {
        const drained = (): void => {
          clearTimeout(timer);
          drainWaiters.delete(drained);
          resolve();
        };
        const timer = setTimeout(drained, drainMs);
        drainWaiters.add(drained);
      });
    }
    const ending = child;
    // One that is gone tells of its end no more.
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const exit = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    const killTimer = setTimeout(() => ending.kill('SIGKILL'), KILL_AFTER_MS);
    if (ending.connected) ending.disconnect();
    await exit;
    clearTimeout(killTimer);
  }

  start();
  await firstStart.promise;

  return {
    invoke: (invocation) => {
      const target = child;
      if (target === null || !isReady || isStopping) return Promise.resolve(UNAVAILABLE);
      calls += 1;
      const call = calls;
      return new Promise((resolve) => {
        pending.set(call, resolve);
        tell(target, { type: 'invoke', call, invocation });
      });
    },
    async warm(names) {
      warmed = [...new Set([...warmed, ...names])];
      const loaded = names.map((name) => new Promise<void>((resolve) => warming.set(name, resolve)));
      if (child !== null && isReady) for (const functionName of names) tell(child, { type: 'warm', functionName });
      await Promise.all(loaded);
    },
    get pid() {
      return child?.pid ?? null;
    },
    onExit: (listener) => {
      exitListeners.push(listener);
    },
    stop,
  };
}

function tell(child: ChildProcess, message: ToHost): void {
  // A failed write means that the process is ending: its exit answers whatever is open.
  child.send(message, () => {});
}

function readLines(child: ChildProcess, onLog: NonNullable<HostOptions['onLog']>): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const source = child[stream];
    if (source !== null) createInterface({ input: source }).on('line', (line) => onLog(line, stream));
  }
}
