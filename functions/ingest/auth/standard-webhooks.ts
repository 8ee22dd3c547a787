/**
 * Signatures of Standard Webhooks (standardwebhooks.com): base64 HMAC-SHA256 over `id + "." + timestamp + "." + raw body`.
 * Stricter than its libraries; docs/webhooks.md lists where.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isOfNow } from './age.ts';
import { type Authenticate, firstMatch } from './authenticator.ts';

const SECRET_PREFIX = 'whsec_';
const VERSION = 'v1,';
/** Our least for every secret, and the standard's most. */
const KEY_BYTES = { least: 32, most: 64 } as const;
const DIGEST_BYTES = 32;
/** Printable ASCII without the dot, which separates what is signed: one signature stands for one message only. */
const MESSAGE_ID = /^[!-\-/-~]{1,256}$/;

/** The key behind `whsec_<base64>`; `null` when it is none, or too short. */
export function signingKey(secret: string): Buffer | null {
  if (!secret.startsWith(SECRET_PREFIX)) return null;
  const key = exactBase64(secret.slice(SECRET_PREFIX.length));
  return key !== null && key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most ? key : null;
}

/** @param secrets  newest first; `null` keeps the slot of one that opens nothing */
export function standardWebhooks(secrets: readonly (string | null)[]): Authenticate {
  const keys = secrets.map((secret) => (secret === null ? null : signingKey(secret)));
  return ({ headers, body, now }) => {
    const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': list = '' } = headers;
    if (!MESSAGE_ID.test(id) || !isOfNow(timestamp, now)) return null;
    const given = list.split(' ').flatMap(digestIn);
    return firstMatch(
      keys.map((key) => {
        if (key === null) return false;
        const own = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
        return given.filter((digest) => timingSafeEqual(digest, own)).length > 0;
      }),
    );
  };
}

/** Signatures of other versions are passed over: a sender may add them beside ours. */
function digestIn(signature: string): Buffer[] {
  if (!signature.startsWith(VERSION)) return [];
  const digest = exactBase64(signature.slice(VERSION.length));
  return digest?.length === DIGEST_BYTES ? [digest] : [];
}

/** `Buffer` passes over what is no base64; two spellings of one value are none here. */
function exactBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
