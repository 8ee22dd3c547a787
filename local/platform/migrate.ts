/**
 * Brings an older folder to the present schema: copy aside → new files beside the old → switch → clean up. Every step is
 * noted in `migration.json` before the next one begins and may be run again, so that `kill -9` at any moment costs at most
 * one step. Until the switch the folder holds what the older release left, but for its `version`: that release refuses it
 * once the copy aside is whole.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeSchema, writeVersion } from './folder-version.ts';
import { LOCK_FILE } from './lock.ts';
import { PLAN_FILE, type Plan, readPlan, removePlan, writePlan } from './migration-plan.ts';
import { StartProblem } from './problem.ts';
import { INSTANCE_FILE } from './ready-file.ts';

export type Migration = {
  /** Schema that it leads to, from the one before. */
  readonly to: number;
  /** What it does, for progress lines. */
  readonly about: string;
  /** Files and folders that the new ones replace or that are over. */
  readonly obsolete: readonly string[];
  /** Why the folder cannot be migrated, before anything is written; `null` when it can. */
  objection(folder: string): string | null;
  /** Writes the new files into `next`, and nothing into `folder`; run again after an interruption, over what is there. */
  build(work: MigrationWork): Promise<void>;
};

export type MigrationWork = {
  readonly folder: string;
  readonly next: string;
  /** One line for a person. */
  tell(line: string): void;
  /** Called after each durable step, with its name. */
  onStep(name: string): void;
};

export type MigrateOptions = {
  readonly migrations: readonly Migration[];
  readonly release: string;
  /** Schema to reach. */
  readonly target: number;
  readonly tell: (line: string) => void;
  readonly onStep: (name: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Bytes free on the disk of a folder. */
  readonly freeBytes: (folder: string) => number;
};

/** New files until they take their places. */
const NEXT = 'migration';
const SPARE_BYTES = 50_000_000;

/** Goes on with a migration, or begins one when the folder is older. Throws `StartProblem` when it cannot begin. */
export async function migrate(
  folder: string,
  found: { readonly release: string; readonly schema: number },
  options: MigrateOptions,
): Promise<void> {
  const { target, tell, onStep } = options;
  let plan = readPlan(folder);
  if (plan === null) {
    if (found.schema === target) return;
    plan = begin(folder, found, options);
  }
  const advance = (change: Partial<Plan>, step: string): Plan => {
    const next = { ...(plan as Plan), ...change };
    writePlan(folder, next);
    onStep(step);
    return next;
  };
  if (plan.phase === 'copy') {
    tell(`copying ${folder} aside to ${plan.copy}`);
    copyAside(folder, plan.copy);
    onStep('copied aside');
    // From here on the older release must refuse the folder: what it took in now would be lost at the switch.
    writeVersion(folder, options.release);
    onStep('version written');
    plan = advance({ phase: 'build' }, 'copy noted');
  }
  while (plan.to <= target) {
    const step = migrationTo(plan.to, options.migrations);
    if (plan.phase === 'build') {
      tell(`migrating ${folder} to schema ${step.to}: ${step.about}`);
      mkdirSync(join(folder, NEXT), { recursive: true, mode: 0o700 });
      await buildWhole(step, { folder, next: join(folder, NEXT), tell, onStep });
      onStep('new files whole');
      plan = advance({ phase: 'switch' }, 'switch noted');
    }
    switchOver(folder, step, options);
    plan = advance({ phase: 'build', to: plan.to + 1 }, `schema ${step.to} noted`);
  }
  removePlan(folder);
  onStep('plan removed');
  tell(`migrated; the folder as Frontdesk ${plan.release} left it is ${plan.copy}: delete it once all is well`);
}

/** What a failed build left may be no good: the next start builds it anew, from the folder that is still as it was. */
async function buildWhole(step: Migration, work: MigrationWork): Promise<void> {
  try {
    await step.build(work);
  } catch (error) {
    rmSync(work.next, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      `--data ${work.folder} could not be migrated to schema ${step.to} (${reason}); its state is unchanged: mend that and start again.`,
    );
  }
}

function begin(
  folder: string,
  { release, schema }: { readonly release: string; readonly schema: number },
  { migrations, target, now, freeBytes, onStep }: MigrateOptions,
): Plan {
  for (let to = schema + 1; to <= target; to += 1) {
    const objection = migrationTo(to, migrations).objection(folder);
    if (objection !== null) throw new StartProblem(objection);
  }
  checkSpace(folder, freeBytes(dirname(folder)));
  const at = new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const copy = `${folder}.before-schema-${target}-${at}`;
  const plan: Plan = { release, from: schema, copy, to: schema + 1, phase: 'copy' };
  writePlan(folder, plan);
  onStep('plan noted');
  return plan;
}

function migrationTo(schema: number, migrations: readonly Migration[]): Migration {
  const found = migrations.find(({ to }) => to === schema);
  if (found === undefined) throw new Error(`there is no migration to schema ${schema}`);
  return found;
}

/** The copy and the new files together take up to twice what is there. */
function checkSpace(folder: string, free: number): void {
  const wanted = bytesBelow(folder) * 2 + SPARE_BYTES;
  if (free >= wanted) return;
  const mb = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
  throw new StartProblem(
    `--data ${folder} is of an older release, and its migration needs ${mb(wanted)} of disk where ${mb(free)} are free: make room, or move the folder to another disk.`,
  );
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Whole or not there. What belongs to a process or to the migration itself is no part of it. */
function copyAside(folder: string, copy: string): void {
  if (existsSync(copy)) return;
  const partial = `${copy}.partial`;
  const leftOut = [LOCK_FILE, INSTANCE_FILE, PLAN_FILE, NEXT].map((name) => join(folder, name));
  rmSync(partial, { recursive: true, force: true });
  cpSync(folder, partial, {
    recursive: true,
    preserveTimestamps: true,
    filter: (file) => !leftOut.includes(file) && !basename(file).startsWith(`${LOCK_FILE}.`),
  });
  renameSync(partial, copy);
}

/** Each line of it may run again. The release comes first: from here on an older one refuses the folder. */
function switchOver(folder: string, { to, obsolete }: Migration, { release, onStep }: MigrateOptions): void {
  const next = join(folder, NEXT);
  writeVersion(folder, release);
  onStep('release written');
  for (const name of obsolete) {
    rmSync(join(folder, name), { recursive: true, force: true });
    onStep(`${name} removed`);
  }
  for (const name of existsSync(next) ? readdirSync(next) : []) {
    // The log of the file that is replaced would be taken for the new one's.
    for (const log of ['-wal', '-shm']) rmSync(join(folder, name + log), { force: true });
    renameSync(join(next, name), join(folder, name));
    onStep(`${name} in place`);
  }
  rmSync(next, { recursive: true, force: true });
  writeSchema(folder, to);
  onStep(`schema ${to} written`);
}
