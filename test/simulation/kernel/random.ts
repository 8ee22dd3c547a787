import { createHash } from 'node:crypto';

/** A seeded source of choices (xoshiro128**); the same seed gives the same choices on every machine. */
export type Random = {
  /** 0 … 2³² − 1. */
  uint32(): number;
  /** 0 ≤ x < 1 with 53 bits. */
  float(): number;
  /** An integer, both ends included. */
  integer(from: number, to: number): number;
  /** True with the given share of certainty. */
  chance(share: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Lower-case hex of so many bytes. */
  hex(bytes: number): string;
  /** A source of its own under a name: what one draws never shifts what another gets. */
  fork(name: string): Random;
};

/** A source for a seed; the state is a digest, so that neighbouring seeds have nothing in common. */
export function createRandom(seed: string | number): Random {
  const digest = createHash('sha256').update(String(seed)).digest();
  return fromState(String(seed), [
    digest.readUInt32LE(0),
    digest.readUInt32LE(4),
    digest.readUInt32LE(8),
    digest.readUInt32LE(12),
  ]);
}

/** The bare generator from a state of four words, not all zero. */
export function fromState(path: string, state: readonly [number, number, number, number]): Random {
  let [s0, s1, s2, s3] = state;

  function uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return result;
  }

  function float(): number {
    return ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53;
  }

  // The share of a span in 2⁵³ is so small here that the bias of the product is far below what any run could see.
  function integer(from: number, to: number): number {
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to < from) throw new RangeError(`${from}..${to}`);
    return from + Math.floor(float() * (to - from + 1));
  }

  return {
    uint32,
    float,
    integer,
    chance: (share) => float() < share,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    hex: (bytes) => Array.from({ length: bytes }, () => (uint32() >>> 24).toString(16).padStart(2, '0')).join(''),
    fork: (name) => createRandom(`${path}/${name}`),
  };
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
