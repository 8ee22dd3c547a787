import { createAgenda } from './agenda.ts';
import { createVirtualClock, type VirtualClock } from './clock.ts';
import type { Step } from './history.ts';
import { createRandom, type Random } from './random.ts';

// Taken before any trap replaces it: the loop itself lives in real time.
const nextTurn: (callback: () => void) => unknown = setImmediate;

/** How a task ended; the tasks of a killed process end in no way at all. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** One container, host or customer of the simulated world: what it awaits passes through the scheduler. */
export type Process = {
  /** Unique in the run: `name#n`. */
  readonly id: string;
  readonly isAlive: boolean;
  readonly isFrozen: boolean;
  /** Time as this process sees it: the shared clock and its own skew. */
  readonly clock: { now(): number; monotonic(): number; sleep(ms: number): Promise<void> };
  /** Runs `body` as a task; it begins at a step of its own. */
  spawn<T>(label: string, body: () => Promise<T>): Promise<Outcome<T>>;
  /** Waits until the scheduler picks this wait; others may run first. */
  point(label: string): Promise<void>;
  /** Ends the process where it stands: nothing it awaits ever resumes. */
  kill(): void;
  /** Stops the process with all it awaits; after `thaw` it goes on as if no time had passed (a zombie). */
  freeze(): void;
  thaw(): void;
  /** Lets the wall clock of this process alone be wrong by so much. */
  skew(ms: number): void;
};

/** Why a run stopped: nothing waits any more, virtual time is over, or it took more steps than it may. */
export type Stopped = 'quiet' | 'time' | 'steps';

export type RunResult = {
  stopped: Stopped;
  steps: number;
  /** Tasks of living processes that have not ended: at `quiet` each of them waits for what will never come. */
  unfinished: string[];
};

export type Scheduler = {
  readonly clock: VirtualClock;
  readonly random: Random;
  process(name: string, onKilled?: () => void): Process;
  /** Goes on until nothing waits, or to a bound: an instant of the monotonic clock, a number of steps in this call. */
  run(bounds?: { untilMonotonic?: number; maxSteps?: number }): Promise<RunResult>;
};

export type SchedulerOptions = {
  seed: string | number;
  /** Epoch milliseconds of the first instant. */
  startAt: number;
  /** Told every step. */
  history: { step(step: Step): void };
  /** Virtual milliseconds that a point takes, drawn anew for each; it is what lets one call overtake another. */
  latency?: (label: string, random: Random) => number;
  /** Asked after every step; what it throws ends the run. */
  afterStep?: () => void;
};

type Wait = { at: number; tie: number; number: number; owner: Owner; label: string; resume: () => void };
type Owner = { id: string; state: 'running' | 'frozen' | 'dead'; held: Wait[]; skewMs: number };

/**
 * A single-threaded world in which one thing happens at a time, in an order drawn from the seed. Code under it may await
 * nothing but its points, its sleeps, and promises that follow from them.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { history, latency = (_label, random) => random.integer(0, 20), afterStep = () => {} } = options;
  const clock = createVirtualClock(options.startAt);
  const random = createRandom(options.seed);
  const order = random.fork('order');
  const delays = random.fork('latency');
  const agenda = createAgenda<Wait>(isBefore);
  /** Tasks of living processes, by the process that runs them. */
  const tasks = new Set<string>();
  let owners = 0;
  let waits = 0;
  let steps = 0;

  function wait(owner: Owner, label: string, ms: number): Promise<void> {
    return new Promise((resume) => {
      // A process that was killed in this very step may still run to its next await; it gets no further.
      if (owner.state === 'dead') return;
      waits += 1;
      // Whole milliseconds, as wall clocks show them.
      agenda.add({ at: clock.monotonic() + Math.ceil(ms), tie: order.uint32(), number: waits, owner, label, resume });
    });
  }

  function createProcess(name: string, onKilled: () => void = () => {}): Process {
    owners += 1;
    const owner: Owner = { id: `${name}#${owners}`, state: 'running', held: [], skewMs: 0 };
    const mine = new Set<string>();
    let spawned = 0;
    return {
      id: owner.id,
      get isAlive() {
        return owner.state !== 'dead';
      },
      get isFrozen() {
        return owner.state === 'frozen';
      },
      clock: {
        now: () => clock.now() + owner.skewMs,
        monotonic: clock.monotonic,
        sleep: (ms) => wait(owner, `sleep ${ms}`, Math.max(0, ms)),
      },
      async spawn(label, body) {
        spawned += 1;
        const task = `${owner.id} ${label}/${spawned}`;
        mine.add(task);
        tasks.add(task);
        await wait(owner, `start ${label}`, 0);
        const outcome = await settle(body);
        mine.delete(task);
        tasks.delete(task);
        return outcome;
      },
      point: (label) => wait(owner, label, latency(label, delays)),
      kill() {
        if (owner.state === 'dead') return;
        owner.state = 'dead';
        owner.held = [];
        for (const task of mine) tasks.delete(task);
        mine.clear();
        onKilled();
      },
      freeze() {
        if (owner.state === 'running') owner.state = 'frozen';
      },
      thaw() {
        if (owner.state !== 'frozen') return;
        owner.state = 'running';
        for (const held of owner.held.splice(0)) agenda.add({ ...held, at: clock.monotonic(), tie: order.uint32() });
      },
      skew(ms) {
        owner.skewMs = ms;
      },
    };
  }

  function take(next: Wait): boolean {
    if (next.owner.state === 'dead') return false;
    if (next.owner.state === 'frozen') {
      next.owner.held.push(next);
      return false;
    }
    clock.advanceTo(Math.max(clock.monotonic(), next.at));
    steps += 1;
    history.step({ number: steps, at: clock.monotonic(), process: next.owner.id, label: next.label });
    next.resume();
    return true;
  }

  return {
    clock,
    random,
    process: createProcess,
    run({ untilMonotonic = Number.POSITIVE_INFINITY, maxSteps = Number.POSITIVE_INFINITY } = {}) {
      const before = steps;
      const next = (): Stopped | undefined => {
        for (;;) {
          const due = agenda.peek();
          if (due === undefined) return 'quiet';
          if (due.at > untilMonotonic) {
            clock.advanceTo(Math.max(clock.monotonic(), untilMonotonic));
            return 'time';
          }
          if (steps - before >= maxSteps) return 'steps';
          agenda.next();
          if (take(due)) return undefined;
        }
      };
      return turnByTurn(next, afterStep).then((stopped) => ({
        stopped,
        steps: steps - before,
        unfinished: [...tasks],
      }));
    },
  };
}

/** As many turns are asked for at a time: a turn of the event loop for each step would cost more than the step. */
const TURNS_AHEAD = 64;

/**
 * Takes a step a turn until one says why it stopped. Between two turns Node follows up every promise that can settle by
 * itself, those of what ran before the first step too.
 */
function turnByTurn(next: () => Stopped | undefined, afterStep: () => void): Promise<Stopped> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let hasStepped = false;
    const turn = (isLast: boolean): void => {
      if (isOver) return;
      try {
        if (hasStepped) afterStep();
        const stopped = next();
        hasStepped = true;
        if (stopped !== undefined) {
          isOver = true;
          resolve(stopped);
        } else if (isLast) ask();
      } catch (error) {
        isOver = true;
        reject(error);
      }
    };
    const more = (): void => turn(false);
    const last = (): void => turn(true);
    const ask = (): void => {
      for (let count = 1; count < TURNS_AHEAD; count += 1) nextTurn(more);
      nextTurn(last);
    };
    ask();
  });
}

async function settle<T>(body: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await body() };
  } catch (error) {
    return { ok: false, error };
  }
}

// Earlier first; at one instant the drawn tie decides, so that nobody's order of asking counts.
function isBefore(a: Wait, b: Wait): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.tie !== b.tie ? a.tie < b.tie : a.number < b.number;
}
