/** Keyed digests of customer content: a plain hash of a common sentence is a dictionary look-up (architecture §8). */
import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import { ulidFrom } from './ids.ts';
import type { Secrets } from './ports.ts';

/** The secret `hash_salt`: every version that ever was, since order must not change with a rotation. */
const Salt = v.object({
  current: v.pipe(v.number(), v.integer(), v.minValue(1)),
  versions: v.record(v.string(), v.pipe(v.string(), v.minLength(32))),
});

export type Digester = {
  /** `h_<version>_<32 hex>` with the current salt. */
  digest(purpose: string, content: string): string;
  /** ULID of the comment's own time and its id, with the first salt for good (protocols §3). */
  conversationSeq(createdAt: number, commentId: string): string;
};

/** @throws when the salt is missing or malformed: nothing is decided without it. */
export async function loadDigester(secrets: Secrets): Promise<Digester> {
  const salt = v.parse(Salt, JSON.parse(await secrets.read('hash_salt')));
  const current = salt.versions[String(salt.current)];
  const first = salt.versions['1'];
  if (!current || !first) throw new Error('hash_salt has no current or no first version');
  const keyed = (key: string, purpose: string, content: string) =>
    createHmac('sha256', key).update(`${purpose}\n${content}`).digest();
  return {
    digest: (purpose, content) => `h_${salt.current}_${keyed(current, purpose, content).toString('hex').slice(0, 32)}`,
    conversationSeq: (createdAt, commentId) => ulidFrom(createdAt, keyed(first, 'sequence', commentId).subarray(0, 10)),
  };
}
