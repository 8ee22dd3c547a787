/** Ids and jitter from a seed: the same for the same seed and order of calls. */
import { createHash } from 'node:crypto';
import { ulidFrom, uuidV7From } from '../ids.ts';
import type { Ids } from '../ports.ts';

export function seededIds(seed: string | number): Ids {
  let drawn = 0;
  function bytes(count: number): Buffer {
    const blocks: Buffer[] = [];
    for (let have = 0; have < count; have += 32) {
      drawn += 1;
      blocks.push(createHash('sha256').update(`${seed}:${drawn}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, count);
  }
  return {
    uuidV7: (now) => uuidV7From(now, bytes(10)),
    ulid: (now) => ulidFrom(now, bytes(10)),
    hex: (count) => bytes(count).toString('hex'),
    jitter: () => bytes(6).readUIntBE(0, 6) / 2 ** 48,
  };
}
