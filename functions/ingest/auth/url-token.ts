/** Method D, the last resort: a token in the URL, `/webhook/<token>` or `?token=`. */
import type { Authenticate } from './authenticator.ts';
import { tokenComparison } from './tokens.ts';

const BELOW = '/webhook/';

/** One place, once: a request with two tokens is refused, whichever of them is right. Path tokens are not decoded. */
export function urlToken(tokens: readonly (string | null)[]): Authenticate {
  const slotOf = tokenComparison(tokens);
  return ({ path, query }) => {
    const given = [
      ...(path.startsWith(BELOW) ? [path.slice(BELOW.length)] : []),
      ...new URLSearchParams(query).getAll('token'),
    ];
    return slotOf(given.length === 1 ? (given[0] ?? '') : '');
  };
}
