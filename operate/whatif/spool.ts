/** Lines set aside in a temporary file, so that a hundred thousand differences with their gate reports need no memory. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK_BYTES = 1 << 16;

export type Spool = {
  /** Takes one value as a line of JSON. */
  add(value: unknown): void;
  /** The values as the inside of a JSON array, in pieces. */
  pieces(): Generator<string>;
  /** Gives the file back, for a process that goes on. */
  close(): void;
};

export function openSpool(): Spool {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-whatif-'));
  const file = openSync(join(folder, 'lines'), 'w+');
  // Without a name it goes with the process, however that ends.
  rmSync(folder, { recursive: true, force: true });
  let waiting = '';
  let isFirst = true;
  const flush = () => {
    writeSync(file, waiting);
    waiting = '';
  };
  return {
    add(value) {
      waiting += `${isFirst ? '' : ','}${JSON.stringify(value)}`;
      isFirst = false;
      if (waiting.length > CHUNK_BYTES) flush();
    },
    *pieces() {
      flush();
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const text = new TextDecoder();
      for (let at = 0; ; ) {
        const bytes = readSync(file, chunk, 0, CHUNK_BYTES, at);
        if (bytes === 0) return;
        at += bytes;
        yield text.decode(chunk.subarray(0, bytes), { stream: true });
      }
    },
    close: () => closeSync(file),
  };
}
