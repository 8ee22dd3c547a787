/** The data folder: may it be written, who wrote it, is there room. */
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  const file = join(dataDir, 'version');
  if (!existsSync(file)) return ok(name, 'no data yet');
  const written = readVersion(file);
  const order = written === null ? null : compareReleases(written, RELEASE);
  if (order === null)
    return fail(name, 'the version file cannot be read', 'restore a copy of the folder, or name another with --data');
  if (order > 0)
    return fail(
      name,
      `${dataDirGiven} was written by ${written}, newer than this ${RELEASE}`,
      'update Frontdesk, or name another folder with --data',
    );
  if (order < 0)
    return warn(name, `written by ${written}`, `the next start copies it aside and brings it to ${RELEASE}`);
  return ok(name, RELEASE);
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

function readVersion(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** The folder itself, or the nearest one above it that is there. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}
