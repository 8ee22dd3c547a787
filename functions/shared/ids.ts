/** Ids that are computed, never drawn: the same for every retry, replay and rebuild. */
import { createHash } from 'node:crypto';

/** Namespace of every derived id of this product (RFC 9562 §5.5; drawn once). */
const NAMESPACE = Buffer.from('6f1d3c52a4e84b0f9d7c8e21b5a0f436', 'hex');

/** UUID v5 over parts joined by `:`. */
export function uuidV5(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(parts.join(':')).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return dashed(hash.toString('hex'));
}

/** UUID v7 from epoch milliseconds and ten random bytes. */
export function uuidV7From(now: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return dashed(bytes.toString('hex'));
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** ULID from epoch milliseconds and exactly ten bytes. */
export function ulidFrom(now: number, random: Uint8Array): string {
  let rest = BigInt(now) << 80n;
  for (let index = 0; index < 10; index += 1) rest |= BigInt(random[index] ?? 0) << BigInt(8 * (9 - index));
  let text = '';
  for (let index = 0; index < 26; index += 1) {
    text = `${CROCKFORD[Number(rest & 31n)] ?? ''}${text}`;
    rest >>= 5n;
  }
  return text;
}

/** Epoch milliseconds that a ULID carries. */
export function timeOfUlid(ulid: string): number {
  let time = 0;
  for (const letter of ulid.slice(0, 10)) time = time * 32 + CROCKFORD.indexOf(letter);
  return time;
}

/** ULID whose random part is derived from a name: for ids that must come out the same again. */
export function ulidOf(now: number, name: string): string {
  return ulidFrom(now, createHash('sha256').update(name).digest().subarray(0, 10));
}

/** Of the root's own decision: the same for every attempt at it. */
export function decisionIdOf(rootEventId: string, receivedAt: string, generation: number): string {
  return `dec_${ulidOf(Date.parse(receivedAt), `${rootEventId}:${generation}`)}`;
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
