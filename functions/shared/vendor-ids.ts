/** The codec for vendor ids: e-mail tickets have Message-IDs, which no key or event may hold as they are (architecture §8). */

const PLAIN = /^[A-Za-z0-9_\-:.]+$/;
const PREFIX = 'b64u.';
/** After encoding (platform §3.1). */
export const MAX_VENDOR_ID = 512;

/** `null` when the id is empty, still a template placeholder, or too long to carry. */
export function encodeVendorId(raw: string | number): string | null {
  const text = String(raw).trim();
  if (text === '' || text.includes('{{')) return null;
  const encoded =
    PLAIN.test(text) && !text.startsWith(PREFIX) ? text : PREFIX + Buffer.from(text, 'utf8').toString('base64url');
  return encoded.length <= MAX_VENDOR_ID ? encoded : null;
}

/** The id as the vendor knows it. */
export function decodeVendorId(encoded: string): string {
  return encoded.startsWith(PREFIX) ? Buffer.from(encoded.slice(PREFIX.length), 'base64url').toString('utf8') : encoded;
}
