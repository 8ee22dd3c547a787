/** Fills 1 GB outside the heap. */
const BYTES = 1 << 30;
const CHUNK = 1 << 20;

export function handler(): number {
  const kept: Buffer[] = [];
  while (kept.length * CHUNK < BYTES) kept.push(Buffer.alloc(CHUNK, 1));
  return kept.length;
}
