/** Method C: a token as a field of the JSON body. */
import { strictObject } from '../strict-json.ts';
import type { Authenticate } from './authenticator.ts';
import { tokenComparison } from './tokens.ts';

/** Whoever reads the body next does not get to see it. */
export const TOKEN_FIELD = 'token';

/** A body that is no strict JSON object proves nothing. */
export function bodyToken(tokens: readonly (string | null)[]): Authenticate {
  const slotOf = tokenComparison(tokens);
  return ({ body }) => {
    const given = strictObject(body)?.[TOKEN_FIELD];
    return slotOf(typeof given === 'string' ? given : '');
  };
}
