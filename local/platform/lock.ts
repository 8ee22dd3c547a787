/** One instance per data folder: a file with the owner's process number. A lock whose process is dead is taken over. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { isAlive, ownIdentity } from './process-identity.ts';

export type Lock = {
  /** A former process left its lock behind: it did not stop, it died. */
  readonly tookOver: boolean;
  release(): void;
};

const Owner = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  startTicks: v.nullable(v.string()),
});

export const LOCK_FILE = 'lock';
/** Each round ends with our lock, a living owner, or one dead lock less. */
const ROUNDS = 20;

/** Takes the lock of the folder, or answers who holds it. */
export function takeLock(folder: string): Lock | { readonly heldBy: number } {
  const file = join(folder, LOCK_FILE);
  let tookOver = false;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (create(file)) return { tookOver, release: () => rmSync(file, { force: true }) };
    const text = read(file);
    if (text === null) continue;
    const owner = ownerOf(text);
    if (owner !== null && isAlive(owner)) return { heldBy: owner.pid };
    if (clearAway(file, text)) tookOver = true;
  }
  throw new Error('the lock of the data folder keeps changing hands');
}

/** Process number of the living owner; `null` when nobody holds the folder. */
export function holderOf(folder: string): number | null {
  const owner = ownerOf(read(join(folder, LOCK_FILE)) ?? '');
  return owner !== null && isAlive(owner) ? owner.pid : null;
}

/** As if a process had died here: the next start takes over, and treats what was under way as a dead process's. */
export function leaveDeadLock(folder: string): void {
  writeFileSync(join(folder, LOCK_FILE), '', { mode: 0o600 });
}

function create(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${JSON.stringify(ownIdentity())}\n`);
    closeSync(handle);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** By rename, so that of two who find the same dead lock one clears it and the other looks again. */
function clearAway(file: string, seen: string): boolean {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return false;
  }
  const isTheDeadOne = read(aside) === seen;
  if (isTheDeadOne) rmSync(aside, { force: true });
  else renameSync(aside, file);
  return isTheDeadOne;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** `null` for a lock that was never written to its end: its process died while it began. */
function ownerOf(text: string): v.InferOutput<typeof Owner> | null {
  try {
    const owner = v.safeParse(Owner, JSON.parse(text));
    return owner.success ? owner.output : null;
  } catch {
    return null;
  }
}
