/** Drives a run to its end: window after window, each when what came of those before has come to rest. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import type { Place } from '../instance/place.ts';
import type { Tables } from '../instance/tables.ts';
import { durationText } from '../table.ts';
import { count } from '../text.ts';
import { lost } from './lost.ts';
import { windowName } from './names.ts';
import { mustWait, tellsWaiting } from './pace.ts';
import type { Window } from './plan.ts';
import type { Replays } from './replays.ts';
import { LEASE_MS, type Run, type Runs } from './runs.ts';

export type Driving = {
  readonly place: Place;
  readonly replays: Replays;
  readonly runs: Runs;
  readonly tables: Pick<Tables, 'query' | 'scan'>;
  /** A line for the person who watches. */
  note(line: string): void;
  /** Aborted: stop between two steps, so that anybody can go on later. */
  readonly signal: AbortSignal;
};

const TELL_EVERY_MS = 1_000;
const LOOK_AT_DEAD_EVERY_MS = 5_000;
const CALM_POLL_MS = 500;

/**
 * Replays what is left of a run; resolves with its record once the last window is replayed.
 *
 * @param plan  divides what the period still holds, from the run's cursor on
 */
export async function drive(driving: Driving, begun: Run, plan: (run: Run) => Promise<Window[]>): Promise<Run> {
  const { note } = driving;
  const deadAtFirst = await countDead(driving);
  const progress = progressOf(note, begun);
  let run = begun;
  let lookedAt = performance.now();
  if (run.active !== null) run = await finishWindow(driving, run, run.active);
  for (const window of await plan(run)) {
    run = await untilCalm(driving, run);
    if (performance.now() - lookedAt > LOOK_AT_DEAD_EVERY_MS) {
      lookedAt = performance.now();
      if ((await countDead(driving)) > deadAtFirst) throw deadLettersGrew(run);
    }
    const active = { name: windowName(run.name, run.windows), ...window };
    run = await saved(driving, run, { active, windows: run.windows + 1 });
    run = await finishWindow(driving, run, active);
    progress(run);
  }
  run = await untilCalm(driving, run);
  note(`${count(run.eventsDone, 'event')} in ${count(run.windows, 'window')} replayed`);
  return run;
}

/** Starts the window unless it was started before, and waits for its end. */
async function finishWindow(driving: Driving, run: Run, active: NonNullable<Run['active']>): Promise<Run> {
  const { place, replays } = driving;
  let current = run;
  let renewedAt = performance.now();
  await startWindow(replays, run, active);
  for (;;) {
    const state = await replays.state(active.name);
    if (state === 'COMPLETED') break;
    if (state === null || state === 'FAILED' || state === 'CANCELLED' || state === 'CANCELLING') {
      // Another window takes its place when the run is taken up again.
      await saved(driving, current, { active: null });
      throw new Failure(
        'window_failed',
        `the replay ${active.name} was ${state === null ? 'forgotten' : state.toLowerCase()}`,
        resumeCure(run),
      );
    }
    if (performance.now() - renewedAt > LEASE_MS / 3) {
      current = await saved(driving, current, {});
      renewedAt = performance.now();
    }
    await pause(driving, current, place.pollMs);
  }
  return saved(driving, current, {
    active: null,
    cursor: active.to + 1,
    eventsDone: current.eventsDone + active.events,
  });
}

function startWindow(replays: Replays, run: Run, { name, from, to }: NonNullable<Run['active']>): Promise<void> {
  const says = `Frontdesk replay ${run.name}, window ${run.windows}`;
  return replays.start({ name, archive: run.archive, rule: run.rule, from, to, says });
}

async function untilCalm(driving: Driving, run: Run): Promise<Run> {
  const { tables } = driving;
  const tell = tellsWaiting(driving.note);
  let current = run;
  for (;;) {
    const wait = await mustWait(tables, { from: run.from, to: run.cursor - 1 }, Date.now(), run.purpose);
    if (wait === null) return current;
    tell(wait, performance.now());
    current = await saved(driving, current, {});
    await pause(driving, current, CALM_POLL_MS);
  }
}

/** Every step passes here, so that who was cancelled, or whose run was taken over, stops. */
async function saved({ runs, replays, signal }: Driving, run: Run, changes: Partial<Run>): Promise<Run> {
  const next = await runs.save(run, changes, Date.now());
  if (next === null) {
    const why = await lost(runs, run.name);
    // Cancelled before its window began, it has begun all the same.
    if (why.code === 'cancelled' && run.active !== null) await replays.cancel(run.active.name);
    throw why;
  }
  if (signal.aborted) throw interrupted(next);
  return next;
}

async function pause({ signal }: Driving, run: Run, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    throw interrupted(run);
  });
}

const resumeCure = ({ name }: Run): string => `npx frontdesk replay resume ${name}`;

function interrupted(run: Run): Failure {
  return new Failure('interrupted', `${run.name} is interrupted`, `${resumeCure(run)}, here or on another machine`);
}

function deadLettersGrew(run: Run): Failure {
  return new Failure(
    'dead_letters_grew',
    `dead letters grew while ${run.name} ran, so it stands still`,
    `look at \`npx frontdesk status\`, then ${resumeCure(run)}`,
  );
}

async function countDead({ place }: Driving): Promise<number> {
  return Object.values(await readDeadLetters(place)).reduce((sum, messages) => sum + messages, 0);
}

/** Tells how far a run has come and how long the rest will take at this process's pace, once a second at most. */
function progressOf(note: Driving['note'], begun: Run): (run: Run) => void {
  const began = performance.now();
  const doneBefore = shareDone(begun);
  let toldAt = 0;
  return (run) => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    const gained = shareDone(run) - doneBefore;
    const left = gained <= 0 ? '' : `, about ${durationText(((now - began) / gained) * (1 - shareDone(run)))} left`;
    const at = new Date(Math.min(run.cursor, run.to)).toISOString();
    note(`${run.eventsDone} of about ${run.eventsTotal} events, up to ${at}${left}`);
  };
}

/** By events where they were counted, else by the time that was gone through; 0 to 1. */
function shareDone({ eventsDone, eventsTotal, cursor, from, to }: Run): number {
  return Math.min(1, eventsTotal > 0 ? eventsDone / eventsTotal : (cursor - from) / (to - from));
}
