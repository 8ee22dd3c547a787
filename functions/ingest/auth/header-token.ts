/** Method B: a token in a header. */
import type { Authenticate } from './authenticator.ts';
import { tokenComparison } from './tokens.ts';

export function headerToken(tokens: readonly (string | null)[]): Authenticate {
  const slotOf = tokenComparison(tokens);
  return ({ headers }) => slotOf(headers['x-richpanel-webhook-token'] || headers['x-middleware-token'] || '');
}
