/**
 * Where state lives: one folder that one instance holds, with the release that wrote it. A newer one's folder is refused; an
 * older one's is copied aside and migrated, resumably.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { LOCK_FILE, type Lock, takeLock } from './lock.ts';
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

/** Brings a folder of release `from` to `to`; may be run again after it was interrupted. */
export type Migration = { readonly from: string; readonly to: string; run(folder: string): void };

/** 0.1.0 is the first release with a data folder. */
const MIGRATIONS: readonly Migration[] = [];

const VERSION_FILE = 'version';

/** Opens or makes the folder; throws `StartProblem`, and then has written nothing. */
export function openDataFolder(
  given: string,
  {
    release = RELEASE,
    migrations = MIGRATIONS,
  }: { readonly release?: string; readonly migrations?: readonly Migration[] } = {},
): DataFolder {
  const path = resolve(given);
  const found = inspect(path, given);
  if (found !== null) refuseForeign(found, given, release);
  const lock = hold(path, given);
  try {
    if (found === null) writeVersion(path, release);
    else migrate(path, found, release, migrations);
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

/** Release that wrote the folder; `null` when there is no folder, or an empty one. */
function inspect(path: string, given: string): string | null {
  try {
    if (!existsSync(path)) return null;
    if (!statSync(path).isDirectory()) throw new StartProblem(`--data ${given} is a file: name a folder.`);
    const version = join(path, VERSION_FILE);
    if (existsSync(version)) return readFileSync(version, 'utf8').trim();
    // A process that died right after it had made the folder leaves its lock and nothing else.
    if (readdirSync(path).every((name) => name === LOCK_FILE)) return null;
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(
      `--data ${given} cannot be read (${codeOf(error)}): check its permissions or name another folder.`,
    );
  }
  throw new StartProblem(`--data ${given} holds other files and no Frontdesk data: name an empty or a new folder.`);
}

function refuseForeign(found: string, given: string, release: string): void {
  const order = compareReleases(found, release);
  if (order === null)
    throw new StartProblem(`--data ${given} has an unreadable version file: name another folder, or restore a copy.`);
  if (order > 0) {
    throw new StartProblem(
      `--data ${given} was written by Frontdesk ${found}, newer than this ${release}: update Frontdesk, or name another folder.`,
    );
  }
}

function hold(path: string, given: string): Lock {
  let lock: ReturnType<typeof takeLock>;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
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

function migrate(path: string, from: string, release: string, migrations: readonly Migration[]): void {
  if (from === release) return;
  copyAside(path, from);
  let current = from;
  for (const step of migrations) {
    if ((compareReleases(current, step.from) ?? 1) > 0) continue;
    step.run(path);
    current = step.to;
    writeVersion(path, current);
  }
  writeVersion(path, release);
}

/** `<folder>.of-<release>`; whole or not there, so that an interrupted migration keeps the first copy. */
function copyAside(path: string, from: string): void {
  const copy = `${path}.of-${from}`;
  if (existsSync(copy)) return;
  const partial = `${copy}.partial`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(path, partial, { recursive: true, preserveTimestamps: true, filter: (file) => basename(file) !== LOCK_FILE });
  renameSync(partial, copy);
}

function writeVersion(path: string, release: string): void {
  const file = join(path, VERSION_FILE);
  writeFileSync(`${file}.new`, `${release}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** One line for state that its engine cannot open; anything else is not explained. */
export function explainStateError(error: unknown, path: string): void {
  const code = codeOf(error);
  if (!code.startsWith('ERR_SQLITE') && !code.startsWith('LEVEL_')) return;
  throw new StartProblem(
    `--data ${path} holds state that cannot be opened (${code}): restore a copy, or name another folder.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
