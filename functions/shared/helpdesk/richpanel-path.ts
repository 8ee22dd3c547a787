/** Ids in paths: decoded from our codec, encoded as one segment (reference §3). */
import { VendorError } from '../errors.ts';
import { decodeVendorId } from '../vendor-ids.ts';

/** Longer than any id that was seen; a longer one is an answer gone wrong. */
const MAX_ID = 1024;

/** One segment; `null` for what would be another path (nothing, `.`, `..`) or no text at all: no such id exists. */
export function segment(id: string): string | null {
  const isId = id.trim() !== '' && id !== '.' && id !== '..' && id.length <= MAX_ID && id.isWellFormed();
  return isId ? encodeURIComponent(id) : null;
}

/**
 * One spelling only, the one that came in: whoever answered to a second one would keep two ledgers of one ticket. Throws
 * `VendorError` `not_found` for what is no id.
 */
export function ticketPath(conversationId: string): string {
  const own = segment(decodeVendorId(conversationId));
  if (own === null) throw new VendorError('richpanel', 'not_found');
  return `/tickets/${own}`;
}
