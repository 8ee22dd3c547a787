/** One replay at a time: of two that begin at once one goes on. */
import { another } from './prepare.ts';
import type { Run, Runs } from './runs.ts';

/** @throws Failure where another run is in force */
export async function requireAlone(runs: Pick<Runs, 'hold'>, name: string): Promise<void> {
  const other = await runs.hold(name, Date.now());
  if (other !== null) throw another(other);
}

/**
 * Records a new run, once it is the one in force.
 *
 * @throws Failure where another is; then nothing of this one is left to be resumed
 */
export async function begin(runs: Pick<Runs, 'hold' | 'create' | 'cancel' | 'markEnded'>, run: Run): Promise<void> {
  await requireAlone(runs, run.name);
  if (!(await runs.create(run))) throw another(run.name);
  // Who stands still for longer than a lease before its record is there was taken for dead, and another may have begun.
  const other = await runs.hold(run.name, Date.now());
  if (other === null) return;
  await runs.cancel(run.name, Date.now());
  await runs.markEnded(run.name);
  throw another(other);
}
