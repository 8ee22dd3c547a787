/** Spreads worlds over threads. What comes out depends on the worlds alone, never on how many threads there are. */
import { Worker } from 'node:worker_threads';
import type { KeptWorld } from '../keep/kept-world.ts';
import type { JudgedWorld } from './judge.ts';
import type { WorkerSetup } from './worker.ts';
import type { WorldTask } from './worlds.ts';

export type PoolOptions = WorkerSetup & {
  readonly threads: number;
  /** In the order in which worlds end; the thread waits for it, so no more worlds are held than there are threads. */
  readonly onWorld?: (judged: JudgedWorld, kept: KeptWorld | null) => void | Promise<void>;
  /** How the shortest trace is looked for. */
  readonly onSaid?: (line: string) => void;
  /** No further world is begun once it says so. */
  readonly isOver?: () => boolean;
};

/** A run makes much that is forgotten at once: with the default of 48 MB a tenth of the time goes into looking through it. */
const HEAP = { maxYoungGenerationSizeMb: 256 };

type Answer =
  | { readonly ok: true; readonly ready: true }
  | { readonly ok: true; readonly said: string }
  | { readonly ok: true; readonly judged: JudgedWorld; readonly kept: KeptWorld | null }
  | { readonly ok: false; readonly task: WorldTask; readonly error: string };

/**
 * The judged worlds in order, up to the first that breaks a rule.
 *
 * @throws where a world could not be run at all
 */
export async function runWorlds(tasks: Iterable<WorldTask>, options: PoolOptions): Promise<JudgedWorld[]> {
  const { threads, onWorld = () => {}, onSaid = () => {}, isOver = () => false, ...setup } = options;
  const next = tasks[Symbol.iterator]();
  const done: JudgedWorld[] = [];
  let firstBroken = Number.POSITIVE_INFINITY;

  const take = (): WorldTask | undefined => {
    if (isOver() || firstBroken < Number.POSITIVE_INFINITY) return undefined;
    const { value, done: isLast } = next.next();
    return isLast ? undefined : value;
  };
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: setup, resourceLimits: HEAP });
      const goOn = (): void => {
        const task = take();
        if (task) worker.postMessage(task);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('error', reject);
      const hear = async (answer: Answer): Promise<void> => {
        if (!answer.ok) throw new Error(`world ${answer.task.seed} could not be run: ${answer.error}`);
        if ('said' in answer) return onSaid(answer.said);
        if ('judged' in answer) {
          const { judged, kept } = answer;
          done.push(judged);
          if (isBroken(judged)) firstBroken = Math.min(firstBroken, judged.task.index);
          await onWorld(judged, kept);
        }
        goOn();
      };
      worker.on('message', (answer: Answer) => {
        hear(answer).catch((error: unknown) => {
          reject(error);
          void worker.terminate();
        });
      });
    });
  await Promise.all(Array.from({ length: Math.max(1, threads) }, work));
  return done.sort((left, right) => left.task.index - right.task.index).filter(({ task }) => task.index <= firstBroken);
}

export const isBroken = ({ violations }: JudgedWorld): boolean => violations.length > 0;
