/** `restore FILE`: a backup takes the place of a data folder, and nothing received before this moment is answered again. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { openDatabase } from '../../local/aws/database.ts';
import { type ClosedPast, closePast } from '../../local/platform/close-past.ts';
import { readVersion, SCHEMA, writeSchema, writeVersion } from '../../local/platform/folder-version.ts';
import { holderOf, leaveDeadLock, takeLock } from '../../local/platform/lock.ts';
import { type Member, unpack } from '../backup/archive-file.ts';
import { isDatabase, MANIFEST, Manifest, PARTS } from '../backup/manifest.ts';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { aboutChange } from '../flags/parameters.ts';
import { localTime } from '../instants.ts';
import { readLabels } from '../quality/labels.ts';
import { businessZone } from '../shop.ts';
import { pairs } from '../table.ts';

const OTHER_BACKUP = 'take another backup; nothing was changed';

export async function restore(
  context: Context,
  given: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<Answer> {
  const { dataDir, dataDirGiven } = context;
  const file = resolve(given);
  if (!existsSync(file))
    throw new Failure('no_file', `${given} does not exist`, 'name a file that `npx frontdesk backup` wrote', 2);
  refuseRunning(context);
  refuseForeign(context);
  mkdirSync(dirname(dataDir), { recursive: true });
  const workshop = mkdtempSync(`${dataDir}.restoring-`);
  try {
    const manifest = await unpackVerified(file, given, workshop);
    const zone = businessZone(context.variables);
    const taken = `${localTime(manifest.takenAt, zone)} ${zone.name}`;
    if (!yes) {
      throw new Failure(
        'confirmation_needed',
        `${dataDirGiven} would become what it was at ${taken}, and what came in before now would never be answered`,
        `add --yes; ${existsSync(dataDir) ? 'the present folder is kept beside it' : 'the folder is made'}`,
      );
    }
    const past = prepare(workshop, manifest, given);
    const former = takePlace(context, workshop);
    const value = {
      file,
      dataDir,
      takenAt: manifest.takenAt,
      release: manifest.release,
      schema: manifest.schema,
      ...past,
      formerFolder: former,
    };
    const text = pairs([
      ['restored', `${dataDirGiven} from ${given}`],
      ['state of', taken],
      ['reply_epoch', `${localTime(past.replyEpoch, zone)} ${zone.name}: what came in before is never answered`],
      ['ledger generation', past.ledgerGeneration],
      ['former folder', former ?? 'there was none'],
      ['next', 'start with `npm start`; look at `npx frontdesk status`, then delete the former folder'],
    ]);
    return { value, text };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function refuseRunning({ dataDir, dataDirGiven }: Context): void {
  const pid = holderOf(dataDir);
  if (pid !== null)
    throw new Failure(
      'running',
      `process ${pid} runs on ${dataDirGiven}`,
      `stop it first (kill ${pid}), or name another folder with --data`,
    );
}

/** A folder that is not ours stays where it is. */
function refuseForeign({ dataDir, dataDirGiven }: Context): void {
  if (!existsSync(dataDir) || readVersion(dataDir) !== null || readdirSync(dataDir).length === 0) return;
  throw new Failure(
    'no_data_folder',
    `${dataDirGiven} holds other files and no Frontdesk data`,
    'name an empty or a new folder with --data',
  );
}

/** Everything is looked at before anything is changed. */
async function unpackVerified(file: string, given: string, workshop: string): Promise<Manifest> {
  const members = await unpack(
    file,
    workshop,
    (name) => name === MANIFEST || PARTS.some((part) => part === name),
  ).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC')
      throw new Failure('no_space', 'the disk is full', 'make room, or name a folder on another disk with --data');
    throw new Failure('damaged_backup', `${given} is damaged or no backup of Frontdesk`, OTHER_BACKUP);
  });
  const manifest = readManifest(workshop, members);
  if (manifest === null)
    throw new Failure('damaged_backup', `${given} is damaged or no backup of Frontdesk`, OTHER_BACKUP);
  if (manifest.schema > SCHEMA) {
    throw new Failure(
      'newer_backup',
      `${given} was written by Frontdesk ${manifest.release}, newer than this one`,
      'update Frontdesk, then restore; nothing was changed',
    );
  }
  for (const { name, bytes, sha256 } of manifest.parts) {
    const member = members.find((found) => found.name === name);
    if (member?.bytes !== bytes || member.sha256 !== sha256)
      throw new Failure('damaged_backup', `${name} in ${given} is not what was backed up`, OTHER_BACKUP);
    if (isDatabase(name) ? !isSound(join(workshop, name)) : !holdsLabels(workshop))
      throw new Failure('damaged_backup', `${name} in ${given} is damaged`, OTHER_BACKUP);
  }
  if (members.length !== manifest.parts.length + 1)
    throw new Failure('damaged_backup', `${given} holds more than its manifest says`, OTHER_BACKUP);
  return manifest;
}

function readManifest(workshop: string, members: readonly Member[]): Manifest | null {
  if (members[0]?.name !== MANIFEST) return null;
  try {
    const parsed = v.safeParse(Manifest, JSON.parse(readFileSync(join(workshop, MANIFEST), 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function holdsLabels(folder: string): boolean {
  try {
    readLabels(folder);
    return true;
  } catch {
    return false;
  }
}

function isSound(file: string): boolean {
  const database = new DatabaseSync(file);
  try {
    return database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok';
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** The unpacked files become a data folder whose process is known to have died. */
function prepare(workshop: string, { release, schema }: Manifest, given: string): ClosedPast {
  const database = openDatabase(join(workshop, 'aws.sqlite'), 'FULL');
  const past = closePast(
    database,
    Date.now(),
    aboutChange(`restored from ${given}`.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 200)),
  );
  database.close();
  rmSync(join(workshop, MANIFEST));
  writeSchema(workshop, schema);
  writeVersion(workshop, release);
  leaveDeadLock(workshop);
  return past;
}

/** Two renames, held under the lock of the folder that goes; answers where that one is. */
function takePlace({ dataDir, dataDirGiven }: Context, workshop: string): string | null {
  if (!existsSync(dataDir)) {
    renameSync(workshop, dataDir);
    return null;
  }
  const lock = takeLock(dataDir);
  if ('heldBy' in lock)
    throw new Failure(
      'running',
      `process ${lock.heldBy} runs on ${dataDirGiven}`,
      'stop it first; nothing was changed',
    );
  const former = `${dataDir}.before-restore-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  try {
    renameSync(dataDir, former);
  } catch {
    lock.release();
    throw new Failure(
      'not_movable',
      `${dataDirGiven} cannot be renamed`,
      'restore into a new folder with --data, then use that one',
    );
  }
  try {
    renameSync(workshop, dataDir);
  } catch {
    // Somebody started on the name that had become free: nothing of either folder may go.
    renameSync(workshop, `${workshop}.kept`);
    throw new Failure(
      'taken',
      `${dataDirGiven} was made anew meanwhile; what was restored is in ${workshop}.kept, the former folder in ${former}`,
      'stop what runs there and give the folder you want its name',
    );
  }
  leaveDeadLock(former);
  return former;
}
