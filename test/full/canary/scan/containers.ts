/** What may be packed in bytes: gzip members and zstd frames wherever they begin, those again as base64, and SQLite databases. */
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { databaseSize, SQLITE_MAGIC } from './sqlite.ts';

export type Packed = {
  readonly kind: 'gzip' | 'zstd' | 'base64' | 'sqlite';
  readonly bytes: Buffer;
  /** It begins where what it is packed in begins. */
  readonly isWhole: boolean;
};

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** Both magics in base64, in the group of three that they begin. */
const IN_BASE64 = ['H4sI', 'KLUv'];
const BASE64_RUN = /[A-Za-z0-9+/_\-\r\n]*/y;
/** Eight pages of the smallest size: less is no database with a row in it. */
const LEAST_DATABASE = 1_024;

/** In the order of their kinds; what only looks like one of them is left out. */
export async function packedIn(bytes: Buffer): Promise<Packed[]> {
  const found: Packed[] = [];
  for (const [kind, magic, open] of [
    ['gzip', GZIP, createGunzip],
    ['zstd', ZSTD, createZstdDecompress],
  ] as const)
    for (const at of placesOf(bytes, magic)) {
      const inner = await unpacked(bytes.subarray(at), open());
      if (inner.length > 0) found.push({ kind, bytes: inner, isWhole: at === 0 });
    }
  for (const magic of IN_BASE64)
    for (const at of placesOf(bytes, Buffer.from(magic)))
      found.push({ kind: 'base64', bytes: base64At(bytes, at), isWhole: at === 0 });
  for (const at of placesOf(bytes, SQLITE_MAGIC)) {
    const size = databaseSize(bytes.subarray(at));
    if (size >= LEAST_DATABASE) found.push({ kind: 'sqlite', bytes: bytes.subarray(at, at + size), isWhole: at === 0 });
  }
  return found;
}

function* placesOf(bytes: Buffer, magic: Buffer): Generator<number> {
  for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1)) yield at;
}

/** As far as it can be unpacked: a member may be cut off, or something else may follow it. */
function unpacked(bytes: Buffer, stream: ReturnType<typeof createGunzip>): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const end = (): void => resolve(Buffer.concat(parts));
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', end);
    stream.on('error', end);
    stream.end(bytes);
  });
}

function base64At(bytes: Buffer, at: number): Buffer {
  BASE64_RUN.lastIndex = 0;
  const [run = ''] = BASE64_RUN.exec(bytes.toString('latin1', at)) ?? [];
  return Buffer.from(run.replace(/[\r\n]/g, ''), 'base64');
}
