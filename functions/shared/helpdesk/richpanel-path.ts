/** Ids in paths: decoded from our codec, encoded as one segment, tried again without HTML entities (reference §3, §11.3). */
import { VendorError } from '../errors.ts';
import { decodeVendorId } from '../vendor-ids.ts';
import { decodeEntities } from './html.ts';

/** Longer than any id that was seen; a longer one is an answer gone wrong. */
const MAX_ID = 1024;

/** The vendor's spellings of an id, the given one first. */
export function spellingsOf(conversationId: string): readonly string[] {
  const given = decodeVendorId(conversationId);
  const decoded = decodeEntities(given);
  return decoded === given ? [given] : [given, decoded];
}

/** One segment; `null` for what would be another path (nothing, `.`, `..`) or no text at all: no such id exists. */
export function segment(id: string): string | null {
  const isId = id.trim() !== '' && id !== '.' && id !== '..' && id.length <= MAX_ID && id.isWellFormed();
  return isId ? encodeURIComponent(id) : null;
}

/** Runs with the id as given, and where the vendor does not know it, with entities decoded. A 404 has changed nothing, nor has a 400. */
export async function withTicketPath<T>(conversationId: string, run: (path: string) => Promise<T>): Promise<T> {
  const [given = '', decoded] = spellingsOf(conversationId);
  try {
    return await run(ticketPath(given));
  } catch (error) {
    if (decoded === undefined || !(error instanceof VendorError) || !mayBeUnknown(error)) throw error;
    return run(ticketPath(decoded));
  }
}

/** A 400 may come where a 404 is expected (reference §1.1); of a message it proves nothing, so that is not sent again. */
function mayBeUnknown({ kind, applied }: VendorError): boolean {
  return kind === 'not_found' || (kind === 'invalid' && applied === 'no');
}

function ticketPath(id: string): string {
  const own = segment(id);
  if (own === null) throw new VendorError('richpanel', 'not_found');
  return `/tickets/${own}`;
}
