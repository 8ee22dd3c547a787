/** Ids as people give them: as the helpdesk writes them, or as events do (architecture §8). */
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';

const ENCODED = /^b64u\.[A-Za-z0-9_-]+$/;

/** The id as events write it; `null` for one that no event can hold. */
export function eventId(given: string): string | null {
  return ENCODED.test(given) ? given : encodeVendorId(given);
}
