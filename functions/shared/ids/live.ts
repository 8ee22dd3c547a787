/** Ids and jitter drawn from the system's randomness. */
import { randomBytes } from 'node:crypto';
import { ulidFrom, uuidV7From } from '../ids.ts';
import type { Ids } from '../ports.ts';

export const liveIds: Ids = {
  uuidV7: (now) => uuidV7From(now, randomBytes(10)),
  ulid: (now) => ulidFrom(now, randomBytes(10)),
  hex: (bytes) => randomBytes(bytes).toString('hex'),
  // 48 bits are exact in a double.
  jitter: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};
