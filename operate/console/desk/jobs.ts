/** What takes long: numbered, followed over the stream, and remembered for a page that opens later. */
import type { Outcome } from './desk.ts';
import type { Refused } from './messages.ts';

export type Job = {
  readonly id: number;
  readonly name: string;
  /** What it is about, as its action says it. */
  readonly about: Readonly<Record<string, string>>;
  /** ISO, UTC. */
  readonly startedAt: string;
  readonly state: 'running' | 'done' | 'failed';
  /** The newest last. */
  readonly lines: readonly string[];
  /** Of one that is done. */
  readonly value?: unknown;
  readonly refused?: Refused;
};

export type Jobs = {
  /** Answers the number at once. */
  start(
    name: string,
    about: Readonly<Record<string, string>>,
    work: (onLine: (line: string) => void) => Promise<Outcome>,
  ): number;
  all(): readonly Job[];
};

const KEPT_JOBS = 20;
const KEPT_LINES = 200;

/** @param tell  hears of every change. */
export function createJobs(tell: (job: Job) => void, now: () => number): Jobs {
  const jobs = new Map<number, Job>();
  let last = 0;

  function change(id: number, changed: Partial<Job>): void {
    const job = jobs.get(id);
    if (job === undefined) return;
    const next = { ...job, ...changed };
    jobs.set(id, next);
    tell(next);
  }

  return {
    start(name, about, work) {
      last += 1;
      const id = last;
      jobs.set(id, { id, name, about, startedAt: new Date(now()).toISOString(), state: 'running', lines: [] });
      for (const [old, { state }] of jobs) if (jobs.size > KEPT_JOBS && state !== 'running') jobs.delete(old);
      change(id, {});
      void work((line) => change(id, { lines: [...(jobs.get(id)?.lines ?? []), line].slice(-KEPT_LINES) })).then(
        (outcome) =>
          change(
            id,
            outcome.ok
              ? { state: 'done', value: JSON.parse(outcome.json) as unknown }
              : { state: 'failed', refused: outcome.refused },
          ),
      );
      return id;
    },
    all: () => [...jobs.values()],
  };
}
