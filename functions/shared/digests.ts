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
  const { salt, current, first } = await readSalt(secrets);
  return {
    digest: (purpose, content) => digestUnder(salt.current, current, purpose, content),
    conversationSeq: (createdAt, commentId) => ulidFrom(createdAt, keyed(first, 'sequence', commentId).subarray(0, 10)),
  };
}

/** Of each content under every salt that ever was, the current one first: what was digested before a rotation is found too. */
export async function digestsOf(secrets: Secrets, purpose: string, contents: readonly string[]): Promise<string[]> {
  const { salt } = await readSalt(secrets);
  const versions = Object.keys(salt.versions).map(Number);
  return [salt.current, ...versions.filter((version) => version !== salt.current)].flatMap((version) =>
    contents.map((content) => digestUnder(version, salt.versions[String(version)] ?? '', purpose, content)),
  );
}

async function readSalt(secrets: Secrets) {
  const salt = v.parse(Salt, JSON.parse(await secrets.read('hash_salt')));
  const current = salt.versions[String(salt.current)];
  const first = salt.versions['1'];
  if (!current || !first) throw new Error('hash_salt has no current or no first version');
  return { salt, current, first };
}

const keyed = (key: string, purpose: string, content: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}\n${content}`).digest();

const digestUnder = (version: number, key: string, purpose: string, content: string): string =>
  `h_${version}_${keyed(key, purpose, content).toString('hex').slice(0, 32)}`;
