/** A thread of `hunt.ts`: plants, then imports, then runs world after world until it is told to end. */
import { parentPort, workerData } from 'node:worker_threads';
import { memoisePureFunctions } from '../memo/hooks.ts';
import type { Hunted, Sought } from './hunt.ts';
import { plant } from './plant.ts';

const { bug, worlds } = workerData as Sought;
if (bug !== null) plant(bug);
memoisePureFunctions();
const { simulate } = await import('../run.ts');
const { check } = await import('../checker/check.ts');

for (const world of worlds) {
  const began = performance.now();
  const run = await simulate(world);
  const found: Hunted = {
    seed: String(world.seed),
    conversations: run.conversations.length,
    violations: check(run.account).violations,
    isQuiet: run.isQuiet,
    seconds: (performance.now() - began) / 1000,
  };
  parentPort?.postMessage(found);
}
