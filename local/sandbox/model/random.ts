/** Ids and chances that are the same for the same seed. */
import { createHash } from 'node:crypto';

/** Makes ids from a seed and a running number, so that a restart needs the number only. */
export type Ids = {
  readonly uuid: () => string;
  /** Message-ID of an e-mail; holds `<>@+`, as real ones do. */
  readonly messageId: () => string;
  readonly customerId: () => string;
};

/** @param next  The running number, never the same twice. */
export function createIds(seed: string | number, next: () => number): Ids {
  const digest = (kind: string): string => createHash('sha256').update(`${seed}|${kind}|${next()}`).digest('hex');
  return {
    uuid: () => uuidOf(digest('uuid')),
    messageId: () => {
      const hex = digest('mail');
      return `<CA${hex.slice(0, 10)}+${hex.slice(10, 18)}@mail.example.test>`;
    },
    customerId: () => `cus_${digest('customer').slice(0, 12)}`,
  };
}

/** A version 4 shaped UUID from at least 32 hex digits. */
export function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A stream of numbers in [0, 1): mulberry32 over a hash of the seed. */
export function createRandom(seed: string | number): () => number {
  let state = createHash('sha256').update(`random|${seed}`).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
