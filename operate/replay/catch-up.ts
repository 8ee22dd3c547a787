/** `catch_up_mode` while a backlog drains: safe-mode behaviour and smaller vendor buckets (platform §5.8). */
import { Failure } from '../failure.ts';
import { aboutChange, type FlagStore, flagStore } from '../flags/parameters.ts';
import type { Place } from '../instance/place.ts';
import type { Run, Runs } from './runs.ts';

const FLAG = 'catch_up_mode';

/** Switches it on unless somebody else did; the run remembers, so that whoever ends it switches it off. */
export async function setCatchUp(place: Place, runs: Runs, run: Run): Promise<Run> {
  return withFlags(place, async (store) => {
    const stored = await store.read(FLAG);
    if (stored?.value === 'true') return run;
    const next = await runs.save(run, { setCatchUp: true }, Date.now());
    if (next === null) throw new Failure('succeeded', 'another process drives this replay', 'look at its status');
    await store.write(FLAG, 'true', aboutChange(`replay ${run.name} begins`), stored?.version ?? 0);
    return next;
  });
}

export async function unsetCatchUp(place: Place, run: Run): Promise<void> {
  await withFlags(place, async (store) => {
    const stored = await store.read(FLAG);
    if (stored?.value !== 'true') return;
    await store.write(FLAG, 'false', aboutChange(`replay ${run.name} is over`), stored.version);
  });
}

async function withFlags<T>(place: Place, run: (store: FlagStore) => Promise<T>): Promise<T> {
  const store = flagStore(place);
  try {
    return await run(store);
  } finally {
    store.close();
  }
}
