/**
 * `--keep DIR` (interfaces §5): finished worlds become one data folder, one after the other, as if an instance had worked
 * through them. Written beside its place and renamed at the end: a folder at DIR is whole.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { openDataFolder } from '../../../local/platform/data-folder.ts';
import { holderOf } from '../../../local/platform/lock.ts';
import { SANDBOX_FILE } from '../../../local/platform/platform.ts';
import { StartProblem } from '../../../local/platform/problem.ts';
import { openKeptHelpdesk } from './helpdesk.ts';
import type { KeptWorld } from './kept-world.ts';
import { openKeptState } from './state.ts';

export type Keeper = {
  /**
   * Writes a world to the disk; one call at a time. Throws for one that ends after the folder's moment: an instance would find
   * facts of the future.
   */
  add(world: KeptWorld): Promise<void>;
  /** The folder takes its place. */
  finish(): Promise<void>;
  /** Nothing is left. */
  abort(): Promise<void>;
};

/** Throws `StartProblem` (exit 2) for a folder that holds something, or that another run is writing. */
export async function openKeeper(given: string, now = Date.now()): Promise<Keeper> {
  const path = resolve(given);
  if (existsSync(path) && !isEmptyFolder(path))
    throw new StartProblem(`--keep ${given} is not empty: name a new folder, or remove that one.`);
  const beside = `${path}.unfinished`;
  const holder = holderOf(beside);
  if (holder !== null)
    throw new StartProblem(
      `--keep ${given} is being written by process ${holder}: wait for it, or name another folder.`,
    );
  // A run that died left it.
  rmSync(beside, { recursive: true, force: true });
  const folder = await openDataFolder(beside);
  const state = await openKeptState(folder.file('aws.sqlite'), now);
  const helpdesk = openKeptHelpdesk(folder.file(SANDBOX_FILE));
  const close = async (): Promise<void> => {
    helpdesk.close();
    await state.close();
    folder.release();
  };
  return {
    async add(world) {
      if (world.endedAt > now) throw new Error('the run ends after now: run it later today, or under another seed');
      await state.add(world);
      helpdesk.add(world.tickets);
    },
    async finish() {
      await close();
      renameSync(beside, path);
    },
    async abort() {
      await close();
      rmSync(beside, { recursive: true, force: true });
    },
  };
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}
