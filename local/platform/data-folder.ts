/**
 * Where state lives: one folder that one instance holds, with the release that wrote it and the number of its schema. A newer
 * one is refused; an older one is copied aside and migrated, resumably (`migrate.ts`).
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  readSchema,
  readVersion,
  SCHEMA,
  SCHEMA_FILE,
  VERSION_FILE,
  writeSchema,
  writeVersion,
} from './folder-version.ts';
import { LOCK_FILE, type Lock, takeLock } from './lock.ts';
import { type Migration, migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/list.ts';
import { StartProblem } from './problem.ts';
import { compareReleases, RELEASE } from './release.ts';

export type DataFolder = {
  readonly path: string;
  /** Nothing was in it. */
  readonly isNew: boolean;
  /** The process that held it before died instead of stopping. */
  readonly followsDeath: boolean;
  file(name: string): string;
  /** Gives the folder to whoever comes next. */
  release(): void;
};

export type OpenOptions = {
  /** Told what a migration does, one line each. */
  readonly tell?: (line: string) => void;
  /** Told after each durable step of a migration. */
  readonly onStep?: (name: string) => void;
  readonly release?: string;
  readonly schema?: number;
  readonly migrations?: readonly Migration[];
  readonly freeBytes?: (folder: string) => number;
};

type Found = { readonly release: string; readonly schema: number };

/** Opens or makes the folder. Throws `StartProblem`; then nothing was written, but for a migration that goes on with the next start. */
export async function openDataFolder(given: string, options: OpenOptions = {}): Promise<DataFolder> {
  const { release = RELEASE, schema = SCHEMA, migrations = MIGRATIONS } = options;
  const { tell = () => {}, onStep = () => {}, freeBytes = freeBytesAt } = options;
  const path = resolve(given);
  const look = (): Found | null => {
    const found = inspect(path, given);
    if (found !== null) refuseNewer(found, given, release, schema);
    return found;
  };
  look();
  const lock = hold(path, given);
  let found: Found | null;
  try {
    // Another start may have made or migrated the folder before this one had its lock.
    found = look();
    if (found === null) writeSchema(path, schema);
    else await migrate(path, found, { migrations, release, target: schema, tell, onStep, freeBytes, now: Date.now });
    if (found?.release !== release) writeVersion(path, release);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    path,
    isNew: found === null,
    followsDeath: found !== null && lock.tookOver,
    file: (name) => join(path, name),
    release: lock.release,
  };
}

/** Who wrote the folder; `null` when there is no folder, or an empty one. */
function inspect(path: string, given: string): Found | null {
  let found: { release: string | null; schema: number | null };
  try {
    if (!existsSync(path)) return null;
    if (!statSync(path).isDirectory()) throw new StartProblem(`--data ${given} is a file: name a folder.`);
    found = { release: readVersion(path), schema: readSchema(path) };
    // A process that died right after it had made the folder leaves its lock, perhaps the schema, and nothing else.
    if (found.release === null && readdirSync(path).every((name) => BEGINNINGS.includes(name))) return null;
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(
      `--data ${given} cannot be read (${codeOf(error)}): check its permissions or name another folder.`,
    );
  }
  if (found.release === null)
    throw new StartProblem(`--data ${given} holds other files and no Frontdesk data: name an empty or a new folder.`);
  if (found.schema === null || compareReleases(found.release, found.release) === null)
    throw new StartProblem(`--data ${given} has an unreadable version file: name another folder, or restore a copy.`);
  return { release: found.release, schema: found.schema };
}

const BEGINNINGS: readonly string[] = [LOCK_FILE, SCHEMA_FILE, `${SCHEMA_FILE}.new`, `${VERSION_FILE}.new`];

function refuseNewer(found: Found, given: string, release: string, schema: number): void {
  if ((compareReleases(found.release, release) ?? 0) <= 0 && found.schema <= schema) return;
  const written = found.schema > schema ? `${found.release} (schema ${found.schema})` : found.release;
  throw new StartProblem(
    `--data ${given} was written by Frontdesk ${written}, newer than this ${release}: update Frontdesk, or name another folder.`,
  );
}

function hold(path: string, given: string): Lock {
  let lock: ReturnType<typeof takeLock>;
  try {
    makeFolder(path);
    chmodSync(path, 0o700);
    lock = takeLock(path);
  } catch (error) {
    throw new StartProblem(
      `--data ${given} cannot be written (${codeOf(error)}): check its permissions or name another folder.`,
    );
  }
  if ('heldBy' in lock) {
    throw new StartProblem(
      `--data ${given} is in use by process ${lock.heldBy}: stop that one (kill ${lock.heldBy}), or give this one another --data folder.`,
    );
  }
  return lock;
}

/** Folder by folder: `recursive` never comes back where the system lets nobody make one (below /proc, Node 24). */
function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      // Two that start at once make it together; the lock tells them apart.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** One line for state that its engine cannot open; anything else is not explained. */
export function explainStateError(error: unknown, path: string): void {
  const code = codeOf(error);
  if (!code.startsWith('ERR_SQLITE') && !code.startsWith('LEVEL_')) return;
  throw new StartProblem(
    `--data ${path} holds state that cannot be opened (${code}): restore a copy, or name another folder.`,
  );
}

function freeBytesAt(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
