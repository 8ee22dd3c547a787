/** One end of a process: waits for its trigger, looks at what the crash meets, kills. */
import { readFolder } from '../../processes/folder.ts';
import { type Accepted, tally, unsettled } from '../../processes/states.ts';
import { add, type Counts } from './counts.ts';
import type { Blow } from './plan.ts';
import type { Life } from './product-life.ts';
import { awaitTrigger } from './watch.ts';

export type Struck = {
  readonly faults: Counts;
  /** Messages by victim and state. */
  readonly crashPoints: Counts;
  /** Ends by victim and trigger. */
  readonly kills: Counts;
};

/** Resolves when the product accepts work again. */
export async function strike(
  data: string,
  life: Life,
  { target, trigger }: Blow,
  accepted: () => readonly Accepted[],
  { faults, crashPoints, kills }: Struck,
): Promise<void> {
  const came = await awaitTrigger(data, trigger);
  if (target === 'deploy') {
    await life.restart();
    add(faults, 'deploy');
  } else {
    await life.kill(target, async () => {
      for (const [state, messages] of tally(unsettled(await readFolder(data), accepted()).values()))
        add(crashPoints, `${target} ${state}`, messages);
    });
    add(faults, `crash-${trigger.kind === 'moment' || !came ? 'before' : 'after'}`);
  }
  add(kills, `${target} ${came ? trigger.kind : 'moment'}`);
}
