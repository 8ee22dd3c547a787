/** Starts the system under test and listens to it. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { ROOT } from '../../../local/platform/release.ts';
import type { FromSystem, Settings, Settled, ToSystem } from './messages.ts';

export type Counted = Extract<FromSystem, { type: 'counted' }>;

export type System = {
  readonly ready: ReadyObject;
  readonly pid: number;
  /** Told of every message that settles, as it is heard. */
  onSettled(listener: (settled: Settled) => void): void;
  /** Requests so far, when they are counted, and invocations that wait or run. */
  count(): Promise<Counted>;
  /** Ends it in good order; the folder is removed unless it was given. */
  stop(): Promise<void>;
  /** `SIGKILL` to supervisor and function host; the folder stays. */
  kill(): Promise<void>;
};

export type SystemOptions = {
  /** A folder that is kept; by default one of its own, which goes with the system. */
  readonly dataDir?: string;
  readonly isCounting?: boolean;
  readonly profileDir?: string | null;
};

const START_MS = 60_000;
/** A profile of minutes takes seconds to write. */
const STOP_MS = 30_000;

export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const { isCounting = false, profileDir = null } = options;
  const folder = options.dataDir ?? mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
  if (profileDir !== null) mkdirSync(profileDir, { recursive: true });
  const settings: Settings = { dataDir: folder, isCounting, profileDir };
  const child = fork(join(import.meta.dirname, 'system-process.ts'), [JSON.stringify(settings)], {
    cwd: ROOT,
    execArgv: profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`],
    env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'node') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A process group of its own, so that one signal ends supervisor and function host.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const listeners: ((settled: Settled) => void)[] = [];
  const asked: ((counted: Counted) => void)[] = [];
  const started = Promise.withResolvers<ReadyObject>();
  const timer = setTimeout(() => started.reject(new Error('the system did not start')), START_MS);
  child.once('exit', (code) => started.reject(new Error(`the system ended with ${code}`)));
  child.on('message', (message: FromSystem) => {
    if (message.type === 'ready') started.resolve(message.ready);
    else if (message.type === 'counted') asked.shift()?.(message);
    else for (const settled of message.batch) for (const listener of listeners) listener(settled);
  });
  const removeFolder = (): void => {
    if (options.dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const ready = await started.promise;
    return {
      ready,
      pid: ready.pid,
      onSettled: (listener) => void listeners.push(listener),
      count: () =>
        new Promise((resolve) => {
          asked.push(resolve);
          tell(child, { type: 'count' });
        }),
      async stop() {
        tell(child, { type: 'stop' });
        const killing = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
        await ended;
        clearTimeout(killing);
        removeFolder();
      },
      async kill() {
        process.kill(-ready.pid, 'SIGKILL');
        await ended;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    await ended;
    removeFolder();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function tell(child: ChildProcess, message: ToSystem): void {
  // A process that is gone has told of its end already.
  if (child.connected) child.send(message, () => {});
}
