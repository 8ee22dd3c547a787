/** Tokens that nobody can guess. */
import { randomBytes } from 'node:crypto';

/** Platform §3.2: at least 32. */
const BYTES = 32;
/** Secrets of Standard Webhooks say what they are. */
const STANDARD = 'whsec_';

/** In the form of the one it succeeds: `whsec_` and base64, else hexadecimal. */
export function newToken(former: string): string {
  const bytes = randomBytes(BYTES);
  return former.startsWith(STANDARD) ? `${STANDARD}${bytes.toString('base64')}` : bytes.toString('hex');
}
