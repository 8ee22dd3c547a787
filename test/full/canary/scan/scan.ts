/** Scans files and answers for the marks of canaries, in every encoding and in whatever is packed in them. */
import { existsSync, readFileSync } from 'node:fs';
import { type Packed, packedIn } from './containers.ts';
import { type Leak, search } from './search.ts';
import { type Rows, rowsOf } from './sqlite.ts';

export type Scanned = { readonly bytes: number; readonly leaks: readonly Leak[] };

/** A backup holds a database, which holds packs, and those hold texts. */
const DEEPEST = 6;

export async function scanBytes(place: string, bytes: Buffer): Promise<Leak[]> {
  const leaks: Leak[] = [];
  await into(place, bytes, null, 0, (leak) => leaks.push(leak));
  return onceEach(leaks);
}

/** A database's log is read with it: `-wal` is also scanned as a file of its own. */
export async function scanFile(place: string, file: string): Promise<Scanned> {
  const bytes = readFileSync(file);
  const log = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : null;
  const leaks: Leak[] = [];
  await into(place, bytes, log, 0, (leak) => leaks.push(leak));
  return { bytes: bytes.length, leaks: onceEach(leaks) };
}

/** By place, mark and encoding: enough to know of it. */
function onceEach(leaks: readonly Leak[]): Leak[] {
  return [...new Map(leaks.map((leak) => [`${leak.place}\n${leak.mark}\n${leak.encoding}`, leak])).values()];
}

async function into(
  place: string,
  bytes: Buffer,
  log: Buffer | null,
  depth: number,
  tell: (leak: Leak) => void,
): Promise<void> {
  search(place, bytes, tell);
  if (depth >= DEEPEST) return;
  for (const packed of await packedIn(bytes)) {
    const inner = `${place} › ${packed.kind}`;
    if (packed.kind !== 'sqlite') {
      await into(inner, packed.bytes, null, depth + 1, tell);
      continue;
    }
    for (const { table, texts, blobs } of rowsIn(packed, log, depth)) {
      await into(`${place} › ${table}`, texts, null, depth + 1, tell);
      for (const blob of blobs) await into(`${place} › ${table}`, blob, null, depth + 1, tell);
    }
  }
}

/** A log of changes holds first pages of databases too, which are none; a file that is a database has to be readable. */
function rowsIn({ bytes, isWhole }: Packed, log: Buffer | null, depth: number): Rows[] {
  try {
    return rowsOf(bytes, isWhole ? log : null);
  } catch (error) {
    if (isWhole && depth === 0) throw error;
    return [];
  }
}
