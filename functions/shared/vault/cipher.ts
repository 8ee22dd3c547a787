/** AES-256-GCM under the environment's vault key; the key id travels with what it sealed. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Cipher, Ids, Secrets } from '../ports.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Every seal draws a fresh nonce from the ids. */
export function cipherFrom(secrets: Pick<Secrets, 'read'>, ids: Pick<Ids, 'hex'>): Cipher {
  const key = async () =>
    createHash('sha256')
      .update(await secrets.read('vault_key'))
      .digest();
  return {
    async seal(text) {
      const iv = Buffer.from(ids.hex(NONCE_BYTES), 'hex');
      const cipher = createCipheriv('aes-256-gcm', await key(), iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    async open(sealed) {
      const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', await key(), bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
