/** Runs of the what-if page: each judged in a thread of its own, the newest few kept by the desk. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Failure, misuse } from '../../failure.ts';
import { type DifferenceDetail, differenceDetail } from '../../whatif/shown.ts';
import { type DeskContext, settingsOf } from '../desk/action.ts';
import type { Run, RunInput, RunValue } from './judge.ts';
import type { RunTask, RunTold } from './thread.ts';

const MOST_RUNS = 5;
/** A sweep judges every message under twenty-odd policies, and lets each go again. */
const HEAP_MB = 512;
const runs = new Map<string, Run>();
/** Under way, by the mark that their page gave them. */
const underWay = new Map<string, { stop(): void }>();

/** Answers the number of the run; the rest is asked for by that. */
export async function startRun(
  context: DeskContext,
  input: RunInput,
  mark: string | null = null,
): Promise<{ readonly run: string }> {
  const found = await inThread(context, input, mark ?? randomUUID());
  const { run } = found.value;
  runs.set(run, found);
  for (const [oldest, { file }] of [...runs].slice(0, Math.max(0, runs.size - MOST_RUNS))) {
    runs.delete(oldest);
    rmSync(file, { force: true });
  }
  return { run };
}

/** Ends a run that is under way; of one that has ended there is nothing to stop. */
export function stopRun(mark: string): { readonly isStopped: boolean } {
  const found = underWay.get(mark);
  found?.stop();
  return { isStopped: found !== undefined };
}

export const runValue = (run: string): RunValue => kept(run).value;

/** @param at  its place in the list */
export function runDifference(run: string, at: number): DifferenceDetail {
  const judged = kept(run).judged[at];
  const detail = judged === undefined ? null : differenceDetail(judged);
  if (detail === null) throw new Failure('unknown_difference', 'the run has no such difference', 'run it again');
  return detail;
}

function kept(run: string): Run {
  const found = runs.get(run);
  if (found === undefined)
    throw new Failure('unknown_run', 'this run is not kept any more', 'run it again: it takes a few seconds');
  return found;
}

function inThread(context: DeskContext, input: RunInput, mark: string): Promise<Run> {
  return new Promise<Run>((resolve, reject) => {
    const thread = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { settings: settingsOf(context), input } satisfies RunTask,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    underWay.set(mark, {
      stop() {
        reject(new Failure('cancelled', 'the run was stopped', 'run it again whenever you like'));
        void thread.terminate();
      },
    });
    thread.on('message', (told: RunTold) => {
      if ('line' in told) return context.tell(told.line);
      if ('run' in told) return resolve(told.run);
      const { code, message, cure } = told.refused;
      reject(told.isMisuse ? misuse(code, message, cure) : new Failure(code, message, cure));
    });
    const died = () => reject(new Failure('run_died', 'the run ended before its answer', 'run it again'));
    thread.on('error', died);
    thread.on('exit', died);
  }).finally(() => underWay.delete(mark));
}
