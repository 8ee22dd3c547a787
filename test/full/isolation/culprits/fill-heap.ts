/** Fills 1 GB of heap. */
const BYTES = 1 << 30;
const CHUNK = 10_000;

export function handler(): number {
  const kept: number[][] = [];
  while (kept.length * CHUNK * 8 < BYTES) kept.push(Array.from({ length: CHUNK }, (_, index) => index + 0.5));
  return kept.length;
}
