/** A long run is many shops, each a world of its own: memory stays small, and every core has work. */
import type { FaultName } from '../world/faults.ts';

/** Conversations of one world; a run of no more is one world. */
export const WORLD_SIZE = 500;

export type RunTask = {
  readonly seed: string;
  readonly conversations: number;
  readonly faults: 'none' | 'all' | readonly FaultName[];
};
/** One world; its seed and size say all about it, so that it can be run again alone. */
export type WorldTask = RunTask & {
  /** From 0; how many conversations the worlds before it have. */
  readonly index: number;
  readonly before: number;
  /** For a world that is kept: when its clocks begin; its conversations are numbered through the run. */
  readonly keptFrom?: number;
};

/** The worlds of a run, in order: the same on every machine, whoever runs them. */
export function worldsOf({ seed, conversations, faults }: RunTask): WorldTask[] {
  return Array.from({ length: Math.ceil(conversations / WORLD_SIZE) }, (_value, index) => ({
    seed: `${seed}/${index + 1}`,
    conversations: Math.min(WORLD_SIZE, conversations - index * WORLD_SIZE),
    faults,
    index,
    before: index * WORLD_SIZE,
  }));
}

/** Without an end: for a run whose length is a time. */
export function* worldsWithoutEnd({ seed, faults }: Omit<RunTask, 'conversations'>): Generator<WorldTask> {
  for (let index = 0; ; index += 1)
    yield {
      seed: `${seed}/${index + 1}`,
      conversations: WORLD_SIZE,
      faults,
      index,
      before: index * WORLD_SIZE,
    };
}
