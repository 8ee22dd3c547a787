/** A thread that runs one world after another; the memo, and a planted bug, are in place before the product's code loads. */
import { parentPort, workerData } from 'node:worker_threads';
import { memoisePureFunctions } from '../memo/hooks.ts';
import { bugOf } from '../planted/bugs.ts';
import { plant } from '../planted/plant.ts';
import type { WorldTask } from './worlds.ts';

export type WorkerSetup = { readonly isShrunk: boolean; readonly plant: string | null };

const setup = workerData as WorkerSetup;
if (setup.plant !== null) plant(setup.plant);
memoisePureFunctions();
const sought = setup.plant === null ? [] : bugOf(setup.plant).rules;
const { judgeWorld } = await import('./judge.ts');

parentPort?.on('message', (task: WorldTask) => {
  void judgeWorld(task, { ...setup, sought, say: (said) => parentPort?.postMessage({ ok: true, said }) }).then(
    (done) => parentPort?.postMessage({ ok: true, ...done }),
    // What the world itself broke on: a bug of the simulation, or of pure code.
    (error: unknown) => parentPort?.postMessage({ ok: false, task, error: String((error as Error)?.stack ?? error) }),
  );
});
parentPort?.postMessage({ ok: true, ready: true });
