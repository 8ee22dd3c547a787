/** How long a replay will take, by what former ones took. Pure. */
import type { Run } from './runs.ts';

export type Estimate = {
  readonly ms: number;
  /** `former`: the last runs of this rule here. `usual`: what was measured elsewhere. */
  readonly by: 'former' | 'usual';
};

/** The newest that count. */
const FORMER_RUNS = 5;
/** A run of a few events takes what starting and ending takes. */
const LEAST_EVENTS = 50;
/** Starting, stating the facts, waiting for calm and looking at the end. */
const AROUND_MS = 3_000;
/**
 * Events per second. On this machine the slow one of docs/benchmarks.md (`replay`); on AWS the backlog of platform §5.8: 10,000
 * messages in 4.2 hours with buckets at 80 %.
 */
const USUAL_PACE = { local: 60, aws: 10_000 / (4.2 * 3_600) } as const;

/** @param runs  the newest first */
export function estimateOf(
  events: number,
  rule: string,
  runs: readonly Pick<Run, 'rule' | 'status' | 'eventsDone' | 'startedAt' | 'endedAt'>[],
  target: keyof typeof USUAL_PACE,
): Estimate {
  const former = runs
    .filter((run) => run.rule === rule && run.status === 'completed' && run.eventsDone >= LEAST_EVENTS)
    .slice(0, FORMER_RUNS);
  const done = former.reduce((sum, { eventsDone }) => sum + eventsDone, 0);
  const took = former.reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? startedAt) - startedAt, 0);
  if (done > 0 && took > 0) return { ms: Math.round((events * took) / done), by: 'former' };
  return { ms: Math.round(AROUND_MS + (events * 1_000) / USUAL_PACE[target]), by: 'usual' };
}
