/** Lambda as the simulated world has it: containers, attempts, timeouts, concurrency, later queues, failure queues. */
import type { FunctionName } from '../../../events/words.ts';
import type { FunctionSettings, StandingFunction } from '../../../functions/shared/function-settings.ts';
import type { Fact, ReplayCause } from '../facts.ts';
import type { Random } from '../kernel/random.ts';
import type { Process, Scheduler } from '../kernel/scheduler.ts';

export type Handler = (payload: unknown) => Promise<unknown>;
/** A container is built in a process of its own; both die together. */
export type Build = (name: StandingFunction, process: Process) => Handler;

type Container = { readonly process: Process; readonly handler: Handler; onKilled: () => void };
type Ended =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly cause: 'error' | 'crash' | 'timeout' };
type Waiting = {
  readonly payload: unknown;
  readonly cause: ReplayCause | null;
  readonly since: number;
  readonly end: (ended: Ended | 'expired') => void;
};
type Runtime = {
  readonly settings: FunctionSettings;
  readonly idle: Container[];
  readonly waiting: Waiting[];
  running: number;
};

export type SimulatedFunctions = {
  /** An event for a function: attempts, ages and failures are looked after. */
  invokeLater(name: FunctionName, payload: unknown, cause?: ReplayCause | null): void;
  /** Runs once and answers how it ended. */
  invoke(name: StandingFunction, payload: unknown): Promise<Ended | 'expired'>;
  /** A message of the function's own later queue, due after a delay. */
  park(name: StandingFunction, body: string, delayMs: number, cause: ReplayCause | null): void;
  /** The replay behind what a container is doing or did last. */
  causeOf(process: string): ReplayCause | null;
  fail(name: FunctionName, body: string, cause: string): void;
  /** From now on nothing of these begins, as with a reserved concurrency of 0; `null` lets all of them begin again. */
  hold(names: readonly FunctionName[] | null): void;
  /** Ends every idle container, as a deploy does. */
  recycle(): void;
  living(): Process[];
  /** How often a function has begun. */
  invocationsOf(name: string): number;
  /** Invocations running or waiting for an attempt, and parked messages. */
  readonly pending: { readonly events: number; readonly parked: number };
  /** Parked messages of these that a replay led to. */
  parkedByReplay(...names: readonly FunctionName[]): number;
};

/** Lambda's waits before the second and the third attempt (platform §5.3). */
const RETRY_AFTER_MS = [60_000, 120_000] as const;
const UNRESERVED = 40;
/** How long a frozen sandbox outlives its timeout: it may wake in between. */
const ZOMBIE_LIFE_MS = 300_000;

export function simulatedFunctions(options: {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly settings: readonly FunctionSettings[];
  readonly build: Build;
  readonly record: (fact: Fact) => void;
  /** Share of queue messages that are handed out twice. */
  readonly duplicates: number;
  /** Share of invocations after which the container is not kept. */
  readonly recycled: number;
}): SimulatedFunctions {
  const { scheduler, random, build, record } = options;
  const service = scheduler.process('lambda');
  const living = new Set<Process>();
  let held: readonly FunctionName[] = [];
  const causes = new Map<string, ReplayCause>();
  const begun = new Map<string, number>();
  let events = 0;
  let parked = 0;
  const parkedByReplay = new Map<FunctionName, number>();
  const runtimes = new Map<FunctionName, Runtime>(
    options.settings.map((settings) => [settings.name, { settings, idle: [], waiting: [], running: 0 }]),
  );

  function runtimeOf(name: FunctionName): Runtime {
    const runtime = runtimes.get(name);
    if (!runtime) throw new Error(`no function ${name}`);
    return runtime;
  }

  function container(runtime: Runtime): Container {
    const kept = runtime.idle.pop();
    if (kept) return kept;
    const name = runtime.settings.name as StandingFunction;
    const made: { onKilled: () => void } = { onKilled: () => {} };
    const process = scheduler.process(name, () => {
      living.delete(process);
      causes.delete(process.id);
      made.onKilled();
    });
    living.add(process);
    return Object.assign(made, { process, handler: build(name, process) });
  }

  function pump(runtime: Runtime): void {
    const most = held.includes(runtime.settings.name) ? 0 : (runtime.settings.reservedConcurrency ?? UNRESERVED);
    while (runtime.running < most && runtime.waiting.length > 0) {
      const [next] = runtime.waiting.splice(random.integer(0, runtime.waiting.length - 1), 1);
      if (!next) return;
      if (service.clock.monotonic() - next.since > runtime.settings.asyncMaxAgeSeconds * 1000) next.end('expired');
      else run(runtime, next);
    }
  }

  function run(runtime: Runtime, { payload, cause, end }: Waiting): void {
    runtime.running += 1;
    begun.set(runtime.settings.name, (begun.get(runtime.settings.name) ?? 0) + 1);
    const used = container(runtime);
    if (cause) causes.set(used.process.id, cause);
    else causes.delete(used.process.id);
    let isOver = false;
    const finish = (ended: Ended) => {
      if (isOver) return;
      isOver = true;
      used.onKilled = () => {};
      runtime.running -= 1;
      end(ended);
      pump(runtime);
    };
    used.onKilled = () => finish({ ok: false, cause: 'crash' });
    void used.process
      .spawn('invocation', () => used.handler(payload))
      .then((outcome) => {
        used.onKilled = () => {};
        if (isOver || random.chance(options.recycled)) used.process.kill();
        else runtime.idle.push(used);
        finish(outcome.ok ? { ok: true, value: outcome.value } : { ok: false, cause: 'error' });
      });
    void service.clock.sleep(runtime.settings.timeoutSeconds * 1000).then(() => {
      if (isOver) return;
      const { process } = used;
      const wasFrozen = process.isFrozen;
      finish({ ok: false, cause: 'timeout' });
      if (!wasFrozen) process.kill();
      else void service.clock.sleep(ZOMBIE_LIFE_MS).then(() => process.kill());
    });
  }

  function invoke(
    name: StandingFunction,
    payload: unknown,
    cause: ReplayCause | null = null,
  ): Promise<Ended | 'expired'> {
    const runtime = runtimeOf(name);
    return new Promise((end) => {
      runtime.waiting.push({ payload, cause, since: service.clock.monotonic(), end });
      pump(runtime);
    });
  }

  async function attempts(runtime: Runtime, payload: unknown, cause: ReplayCause | null): Promise<void> {
    const name = runtime.settings.name as StandingFunction;
    const since = service.clock.monotonic();
    for (let attempt = 0; ; attempt += 1) {
      const ended = await invoke(name, payload, cause);
      if (ended !== 'expired' && ended.ok) return;
      const wait = RETRY_AFTER_MS[Math.min(attempt, 1)] ?? 0;
      const isOver =
        ended === 'expired' ||
        attempt >= runtime.settings.asyncRetries ||
        service.clock.monotonic() + wait - since > runtime.settings.asyncMaxAgeSeconds * 1000;
      if (isOver) return fail(name, JSON.stringify(payload), ended === 'expired' ? 'expired' : ended.cause);
      await service.clock.sleep(wait);
    }
  }

  function fail(name: FunctionName, body: string, cause: string): void {
    record({ kind: 'failure', at: scheduler.clock.now(), target: name, cause, body });
  }

  async function handOut(
    name: StandingFunction,
    body: string,
    delayMs: number,
    cause: ReplayCause | null,
  ): Promise<void> {
    parked += 1;
    const count = (by: 1 | -1): void => void parkedByReplay.set(name, (parkedByReplay.get(name) ?? 0) + by);
    if (cause) count(1);
    await service.clock.sleep(delayMs);
    const payload = (receives: number) => ({
      Records: [{ body, attributes: { ApproximateReceiveCount: String(receives) } }],
    });
    if (random.chance(options.duplicates)) void invoke(name, payload(1), cause);
    // No redrive policy (ruling 32): it comes back until it is done.
    for (let receives = 1; ; receives += 1) {
      const ended = await invoke(name, payload(receives), cause);
      if (ended !== 'expired' && ended.ok) break;
      await service.clock.sleep(runtimeOf(name).settings.timeoutSeconds * 1000);
    }
    parked -= 1;
    if (cause) count(-1);
  }

  return {
    invokeLater(name, payload, cause = null) {
      events += 1;
      void attempts(runtimeOf(name), payload, cause).then(() => {
        events -= 1;
      });
    },
    invoke,
    park: (name, body, delayMs, cause) => void handOut(name, body, delayMs, cause),
    causeOf: (process) => causes.get(process) ?? null,
    fail,
    hold(names) {
      held = names ?? [];
      for (const runtime of runtimes.values()) pump(runtime);
    },
    recycle() {
      for (const { idle } of runtimes.values()) for (const { process } of idle.splice(0)) process.kill();
    },
    living: () => [...living],
    invocationsOf: (name) => begun.get(name) ?? 0,
    get pending() {
      return { events, parked };
    },
    parkedByReplay: (...names) => names.reduce((sum, name) => sum + (parkedByReplay.get(name) ?? 0), 0),
  };
}
