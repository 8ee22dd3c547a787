/** Runs worlds under a planted bug, in a thread of their own, since a bug stays planted for a thread's life. */
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Violation } from '../checker/check.ts';
import type { RunOptions } from '../run.ts';
import type { BugId } from './bugs.ts';

export type Sought = {
  /** `null`: the tree as it is. */
  readonly bug: BugId | null;
  /** Plain data: a thread gets a copy. */
  readonly worlds: readonly Omit<RunOptions, 'plan' | 'client' | 'defects'>[];
};
export type Hunted = {
  readonly seed: string;
  readonly conversations: number;
  readonly violations: readonly Violation[];
  readonly isQuiet: boolean;
  readonly seconds: number;
};

/** One world after the other; whoever stops listening ends the thread. */
export async function* hunt(sought: Sought): AsyncGenerator<Hunted> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: sought });
  try {
    let left = sought.worlds.length;
    for await (const [found] of on(worker, 'message', { close: ['exit'] })) {
      yield found as Hunted;
      left -= 1;
      if (left === 0) return;
    }
    throw new Error(`the thread of ${sought.bug} ended with ${left} worlds to go`);
  } finally {
    await worker.terminate();
  }
}
