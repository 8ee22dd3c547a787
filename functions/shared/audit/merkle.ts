/** The Merkle Tree Hash of RFC 6962 §2.1 over SHA-256: leaves and nodes are hashed under different prefixes, so neither passes for the other. */
import { createHash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** Lower-case hex; of no entry at all it is the hash of nothing. */
export function merkleRoot(entries: readonly (string | Uint8Array)[]): string {
  const leaves = entries.map((entry) => sha256(LEAF, entry));
  return (leaves.length === 0 ? sha256() : subtree(leaves, 0, leaves.length)).toString('hex');
}

/** The left half is the largest power of two below the whole. */
function subtree(leaves: readonly Buffer[], from: number, to: number): Buffer {
  if (to - from === 1) return leaves[from] ?? sha256();
  let half = 1;
  while (half * 2 < to - from) half *= 2;
  return sha256(NODE, subtree(leaves, from, from + half), subtree(leaves, from + half, to));
}

function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
