/**
 * A backup as one file: a gzipped tar that any `tar -xzf` opens, its manifest first. Our own few lines, since nothing but Node
 * may be needed; of the format they know plain files alone (POSIX ustar).
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

export type Member = { readonly name: string; readonly bytes: number; readonly sha256: string };

const BLOCK = 512;
/** What eleven octal digits can say: 8 GiB. */
const MAX_BYTES = 8 ** 11 - 1;

/** Packs files of `folder`, in the order given, into a new file that only its owner may read. `now` in epoch milliseconds. */
export async function pack(file: string, folder: string, names: readonly string[], now: number): Promise<void> {
  async function* blocks(): AsyncGenerator<Buffer> {
    for (const name of names) {
      const { size } = await stat(join(folder, name));
      yield header(name, size, now);
      for await (const chunk of createReadStream(join(folder, name))) yield chunk as Buffer;
      yield padding(size);
    }
    yield Buffer.alloc(2 * BLOCK);
  }
  await pipeline(Readable.from(blocks()), createGzip(), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
}

/**
 * Unpacks the members that `isWanted` into `folder` and answers them. Throws on whatever is not whole: a stream that ends early,
 * a header whose sum is wrong, a member that is no plain file.
 */
export async function unpack(file: string, folder: string, isWanted: (name: string) => boolean): Promise<Member[]> {
  let members: Member[] = [];
  await pipeline(createReadStream(file), createGunzip(), async (stream: AsyncIterable<Buffer>) => {
    members = await readMembers(stream, folder, isWanted);
  });
  return members;
}

async function readMembers(
  stream: AsyncIterable<Buffer>,
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<Member[]> {
  const members: Member[] = [];
  const take = taker(stream);
  for (;;) {
    const head = await takeWhole(take, BLOCK);
    // Two empty blocks end an archive; gzip's own check follows when the rest is read.
    if (head.every((byte) => byte === 0)) {
      while ((await take(BLOCK)) !== null);
      return members;
    }
    const { name, bytes } = parseHeader(head);
    const target = isWanted(name) ? await open(join(folder, name), 'wx', 0o600) : null;
    try {
      members.push({ name, bytes, sha256: await copy(take, bytes, target) });
    } finally {
      await target?.close();
    }
    await takeWhole(take, padding(bytes).length);
  }
}

async function copy(take: Take, bytes: number, target: FileHandle | null): Promise<string> {
  const hash = createHash('sha256');
  for (let left = bytes; left > 0; ) {
    const chunk = await take(left);
    if (chunk === null) throw new Error('the archive ends too early');
    hash.update(chunk);
    await target?.writeFile(chunk);
    left -= chunk.length;
  }
  return hash.digest('hex');
}

/** Up to that many bytes, or `null` at the end. */
type Take = (most: number) => Promise<Buffer | null>;

function taker(stream: AsyncIterable<Buffer>): Take {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async (most) => {
    while (rest.length === 0) {
      const { value, done } = await chunks.next();
      if (done) return null;
      rest = value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    return taken;
  };
}

async function takeWhole(take: Take, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let left = bytes; left > 0; ) {
    const part = await take(left);
    if (part === null) throw new Error('the archive ends too early');
    parts.push(part);
    left -= part.length;
  }
  return Buffer.concat(parts);
}

function padding(bytes: number): Buffer {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
}

function header(name: string, bytes: number, now: number): Buffer {
  if (bytes > MAX_BYTES) throw new Error(`${name} is larger than the format can say`);
  const head = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  head.write(name, 0, 100);
  head.write(octal(0o600, 7), 100);
  head.write(octal(0, 7), 108);
  head.write(octal(0, 7), 116);
  head.write(octal(bytes, 11), 124);
  head.write(octal(Math.floor(now / 1000), 11), 136);
  head.write('0', 156);
  head.write('ustar\0' + '00', 257);
  head.write(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}

function parseHeader(head: Buffer): { readonly name: string; readonly bytes: number } {
  const text = (from: number, to: number): string => head.toString('latin1', from, to).replace(/[\0 ].*$/s, '');
  const isOurs = Number.parseInt(text(148, 156), 8) === sumOf(head) && text(156, 157) === '0';
  const name = text(0, 100);
  const bytes = Number.parseInt(text(124, 136), 8);
  // Names are never paths: nothing may be written elsewhere.
  if (!isOurs || !/^[a-z][\w.-]*$/.test(name) || !Number.isSafeInteger(bytes))
    throw new Error('this is no member of a backup');
  return { name, bytes };
}

/** Sum of the header's bytes, its own field counted as blanks. */
function sumOf(head: Buffer): number {
  return head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}
