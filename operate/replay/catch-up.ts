/** `catch_up_mode` while a backlog drains: safe-mode behaviour and smaller vendor buckets (platform §5.8). */
import { Failure } from '../failure.ts';
import { aboutChange, type Change, type FlagStore, flagStore } from '../flags/parameters.ts';
import type { Place } from '../instance/place.ts';
import { lost } from './lost.ts';
import type { Run, Runs } from './runs.ts';

const FLAG = 'catch_up_mode';
/** The reason a replay gives: by it a flag is known whose run died, or was lost with its table. */
const BEGINS = /^replay (\S+) begins$/;
/** Whoever ends a run and whoever drives it may write at the same time. */
const ATTEMPTS = 3;

/**
 * Switches it on unless a person did; the run remembers, so that whoever ends it switches it off. One that a former replay has
 * left on becomes this run's.
 */
export async function setCatchUp(place: Place, runs: Runs, run: Run): Promise<Run> {
  return withFlags(place, async (store) => {
    const stored = await store.read(FLAG);
    const setter = stored?.value === 'true' ? replayOf(await lastChange(store, stored.version)) : null;
    if (stored?.value === 'true' && setter === null) return run;
    const next = await runs.save(run, { setCatchUp: true }, Date.now());
    if (next === null) throw await lost(runs, run.name);
    if (setter !== run.name)
      await store.write(FLAG, 'true', aboutChange(`replay ${run.name} begins`), stored?.version ?? 0);
    // Whoever cancelled it meanwhile may have looked at the flag before it was on.
    if ((await runs.save(next, {}, Date.now())) === null) {
      const why = await lost(runs, run.name);
      if (why.code === 'cancelled') await switchOff(store, run.name);
      throw why;
    }
    return next;
  });
}

/** Done twice it is the same. What a person has set meanwhile stays. */
export async function unsetCatchUp(place: Place, name: string): Promise<void> {
  await withFlags(place, (store) => switchOff(store, name));
}

/** Is it on because of this replay? */
export async function isCatchingUp(place: Place, name: string): Promise<boolean> {
  return withFlags(place, async (store) => {
    const stored = await store.read(FLAG);
    return stored?.value === 'true' && replayOf(await lastChange(store, stored.version)) === name;
  });
}

async function switchOff(store: FlagStore, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await store.read(FLAG);
    if (stored?.value !== 'true') return;
    const change = await lastChange(store, stored.version);
    // A history that does not tell yet is no reason to leave it on.
    if (change !== undefined && replayOf(change) !== name) return;
    try {
      await store.write(FLAG, 'false', aboutChange(`replay ${name} is over`), stored.version);
      return;
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'version_conflict') || attempt === ATTEMPTS) throw error;
    }
  }
}

const lastChange = async (store: FlagStore, version: number): Promise<Change | undefined> =>
  (await store.history(FLAG)).find((change) => change.version === version);

/** The replay that made a change; `null` of a person's. */
const replayOf = (change: Change | undefined): string | null => BEGINS.exec(change?.reason ?? '')?.[1] ?? null;

async function withFlags<T>(place: Place, run: (store: FlagStore) => Promise<T>): Promise<T> {
  const store = flagStore(place);
  try {
    return await run(store);
  } finally {
    store.close();
  }
}
