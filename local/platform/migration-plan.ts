/** How far the migration of a folder has come, in a file inside it: whoever finds the file goes on from there. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeWhole } from './folder-version.ts';

const Plan = v.object({
  /** Release and schema of the folder before anything was changed. */
  release: v.string(),
  from: v.number(),
  /** Absolute path of the copy aside. */
  copy: v.string(),
  /** Schema of the step under way. */
  to: v.number(),
  /** `copy`: the copy is being made. `build`: new files are, beside the old. `switch`: the new ones take their places. */
  phase: v.picklist(['copy', 'build', 'switch']),
});
export type Plan = v.InferOutput<typeof Plan>;

export const PLAN_FILE = 'migration.json';

/** `null` when no migration is under way; throws when the file is not what `writePlan` wrote. */
export function readPlan(folder: string): Plan | null {
  let text: string;
  try {
    text = readFileSync(join(folder, PLAN_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return v.parse(Plan, JSON.parse(text));
}

export function writePlan(folder: string, plan: Plan): void {
  writeWhole(join(folder, PLAN_FILE), `${JSON.stringify(plan)}\n`);
}

export function removePlan(folder: string): void {
  rmSync(join(folder, PLAN_FILE), { force: true });
}
