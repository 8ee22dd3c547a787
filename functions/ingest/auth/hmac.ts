/** Method A: hex HMAC-SHA256 over `timestamp + "." + raw body`. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isOfNow } from './age.ts';
import { type Authenticate, firstMatch } from './authenticator.ts';

/** @param secrets  newest first, their text is the key; `null` keeps the slot of one that opens nothing */
export function hmac(secrets: readonly (string | null)[]): Authenticate {
  return ({ headers, body, now }) => {
    const { 'x-signature': signature = '', 'x-timestamp': timestamp = '' } = headers;
    if (!/^[0-9a-f]{64}$/i.test(signature) || !isOfNow(timestamp, now)) return null;
    const given = Buffer.from(signature, 'hex');
    return firstMatch(
      secrets.map((secret) => {
        if (secret === null) return false;
        const own = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
        return timingSafeEqual(given, own);
      }),
    );
  };
}
