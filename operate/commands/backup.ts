/** `backup FILE`: everything of a data folder at one moment, while it is in use or not. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readSchema, readVersion, SCHEMA } from '../../local/platform/folder-version.ts';
import { holderOf } from '../../local/platform/lock.ts';
import { readPlan } from '../../local/platform/migration-plan.ts';
import { pack } from '../backup/archive-file.ts';
import { isDatabase, MANIFEST, type Manifest, PARTS } from '../backup/manifest.ts';
import { copyOneMoment } from '../backup/snapshot.ts';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';

import { localTime } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { bytesText, pairs } from '../table.ts';

export async function backup(
  context: Context,
  given: string,
  { force = false }: { readonly force?: boolean },
): Promise<Answer> {
  const file = resolve(given);
  const isRunning = holderOf(context.dataDir) !== null;
  const { release, schema } = requireState(context);
  requireTarget(file, given, force);
  const names = PARTS.filter((name) => existsSync(join(context.dataDir, name)));
  requireSpace(context.dataDir, names, file, given);

  // Beside the file, so that the last step is a rename; for its owner only, since secrets are in it.
  const workshop = mkdtempSync(join(dirname(file), '.frontdesk-backup-'));
  try {
    const takenAt = new Date().toISOString();
    context.tell(`copying ${context.dataDirGiven}${isRunning ? ' while it is in use' : ''}`);
    await copyAll(context.dataDir, names, workshop).catch((error: unknown) => {
      throw new Failure(
        'unreadable_data',
        `${context.dataDirGiven} cannot be copied (${nameOf(error)})`,
        'try again; `npx frontdesk doctor` names what is wrong',
      );
    });
    for (const name of names.filter(isDatabase)) requireSound(join(workshop, name), name);
    const parts = await Promise.all(names.map((name) => partOf(workshop, name)));
    const manifest: Manifest = { format: 1, release, schema, takenAt, parts };
    writeFileSync(join(workshop, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await pack(join(workshop, 'packed'), workshop, [MANIFEST, ...names], Date.parse(takenAt));
    renameSync(join(workshop, 'packed'), file);
    const value = { file, bytes: statSync(file).size, wasRunning: isRunning, ...manifest };
    const zone = businessZone(context.variables);
    const text = pairs([
      ['backup', file],
      ['size', bytesText(value.bytes)],
      ['state of', `${localTime(takenAt, zone)} ${zone.name}`],
      ['release', `${release}, schema ${schema}`],
      ['keep it', 'like a password: it holds the keys and what customers wrote'],
    ]);
    return { value, text };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Labels only grow, by whole lines: which of them are in it does not matter to the rest. */
async function copyAll(folder: string, names: readonly string[], workshop: string): Promise<void> {
  await copyOneMoment(folder, names.filter(isDatabase), workshop);
  for (const name of names.filter((one) => !isDatabase(one))) copyFileSync(join(folder, name), join(workshop, name));
}

/** A folder of another form is not this release's to copy. */
function requireState({ dataDir, dataDirGiven }: Context): { release: string; schema: number } {
  const release = existsSync(dataDir) ? readVersion(dataDir) : null;
  if (release === null || !existsSync(join(dataDir, 'aws.sqlite'))) {
    throw new Failure(
      'no_data',
      `${dataDirGiven} holds no data of Frontdesk`,
      'start with `npm start`, or name another folder with --data',
    );
  }
  const schema = readSchema(dataDir);
  if (schema !== SCHEMA || readPlan(dataDir) !== null) {
    throw new Failure(
      'other_schema',
      `${dataDirGiven} was written by Frontdesk ${release} in another form`,
      'start this release on it once, which migrates it; or use the release that wrote it',
    );
  }
  return { release, schema };
}

function requireTarget(file: string, given: string, force: boolean): void {
  if (existsSync(file) && !force)
    throw new Failure('file_exists', `${given} exists`, 'name another file, or add --force to replace it');
  if (existsSync(file) && !statSync(file).isFile())
    throw new Failure('not_a_file', `${given} is no file`, 'name a file');
  if (!existsSync(dirname(file)))
    throw new Failure('no_folder', `the folder of ${given} does not exist`, 'make it, or name another file');
}

/** The copies stand beside the packed file until it is whole. */
function requireSpace(folder: string, names: readonly string[], file: string, given: string): void {
  const wanted =
    2 * names.flatMap((name) => [name, `${name}-wal`]).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
  const { bavail, bsize } = statfsSync(dirname(file));
  if (bavail * bsize >= wanted) return;
  throw new Failure(
    'no_space',
    `${bytesText(wanted)} are needed beside ${basename(given)}, ${bytesText(bavail * bsize)} are free`,
    'make room, or name a file on another disk',
  );
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

function requireSound(file: string, name: string): void {
  const database = new DatabaseSync(file);
  try {
    if (database.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok') return;
  } finally {
    database.close();
  }
  throw new Failure('damaged_data', `${name} is damaged: nothing was written`, 'restore the last good backup');
}

async function partOf(folder: string, name: (typeof PARTS)[number]): Promise<Manifest['parts'][number]> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk);
  return { name, bytes: statSync(join(folder, name)).size, sha256: hash.digest('hex') };
}

function nameOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
