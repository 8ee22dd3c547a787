/** The data folder: may it be written, who wrote it, is there room. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readSchema, readVersion, SCHEMA } from '../../local/platform/folder-version.ts';
import { compareReleases, RELEASE } from '../../local/platform/release.ts';
import type { Context } from '../context.ts';
import { bytesText } from '../table.ts';
import { type Check, fail, ok, warn } from './check.ts';

type Folder = Pick<Context, 'dataDir' | 'dataDirGiven'>;

export function checkFolder({ dataDir, dataDirGiven }: Folder): Check {
  const cure = 'change its permissions, or name another folder with --data';
  const place = existing(dataDir);
  if (!statSync(place).isDirectory())
    return fail('data folder', `${dataDirGiven} is a file`, 'name a folder with --data');
  try {
    accessSync(place, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch {
    return fail('data folder', `${dataDirGiven} may not be written`, cure);
  }
  return place === dataDir
    ? ok('data folder', dataDirGiven)
    : ok('data folder', `${dataDirGiven} will be made at the first start`);
}

export function checkFolderVersion({ dataDir, dataDirGiven }: Folder): Check {
  const name = 'data version';
  const written = readable(() => readVersion(dataDir));
  const schema = readable(() => readSchema(dataDir));
  if (written === null) return ok(name, 'no data yet');
  const order = written === undefined ? null : compareReleases(written, RELEASE);
  if (order === null || schema === undefined || schema === null)
    return fail(name, 'the version file cannot be read', 'restore a copy of the folder, or name another with --data');
  if (order > 0 || schema > SCHEMA)
    return fail(
      name,
      `${dataDirGiven} was written by ${written}, newer than this ${RELEASE}`,
      'update Frontdesk, or name another folder with --data',
    );
  if (schema < SCHEMA)
    return warn(name, `written by ${written} in an older form`, 'the next start copies it aside and migrates it');
  return ok(name, `${written}, schema ${schema}`);
}

const WARN_BELOW_BYTES = 1_000_000_000;
const FAIL_BELOW_BYTES = 100_000_000;

export function checkSpace({ dataDir }: Folder): Check {
  const { bavail, bsize } = statfsSync(existing(dataDir));
  const free = bavail * bsize;
  const finding = `${bytesText(free)} free`;
  if (free < FAIL_BELOW_BYTES) return fail('disk', finding, 'make room, or name a folder on another disk with --data');
  if (free < WARN_BELOW_BYTES) return warn('disk', finding, 'make room soon');
  return ok('disk', finding);
}

/** `undefined` when the file is there and cannot be read. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The folder itself, or the nearest one above it that is there. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}
