/**
 * A console beside the organisation's own sign-in: a proxy in front lets people in and says who they are. Its word counts only
 * with the secret that both share, since every program of this machine reaches the port too.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type SignIn = {
  /** Header in which the proxy names the operator, such as `x-auth-request-email`. */
  readonly header: string;
  readonly secret: string;
};

/** In which the proxy proves itself. */
export const SECRET_HEADER = 'x-frontdesk-sign-in';

export type Entrant =
  | { readonly state: 'signed-in'; readonly operator: string }
  | { readonly state: 'refused'; readonly status: 401 | 403; readonly why: string };

/** As names and addresses are written; it goes into the history of switches as it is. */
const OPERATOR = /^[\p{L}\p{N}][\p{L}\p{N} ._@+'-]{0,59}$/u;
/** A page of this very address, or one that a person opened. */
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'same-origin', 'none']);

export function entrantOf({ headers }: Pick<IncomingMessage, 'headers'>, { header, secret }: SignIn): Entrant {
  const refused = (status: 401 | 403, why: string): Entrant => ({ state: 'refused', status, why });
  if (!isSame(headers[SECRET_HEADER], secret)) return refused(401, 'come through the sign-in\n');
  if (!isOwnPage(headers)) return refused(403, 'only pages of this console\n');
  const operator = headers[header.toLowerCase()];
  if (typeof operator !== 'string' || !OPERATOR.test(operator.trim()))
    return refused(403, `the sign-in names nobody in ${header}\n`);
  return { state: 'signed-in', operator: operator.trim() };
}

/** The proxy's public name stands in `Host` or beside it: a page of another site has another origin. */
function isOwnPage(headers: IncomingMessage['headers']): boolean {
  if (!OWN_SITES.has(headers['sec-fetch-site'])) return false;
  if (headers.origin === undefined) return true;
  const host = URL.canParse(headers.origin) ? new URL(headers.origin).host : '';
  const forwarded = headers['x-forwarded-host'];
  return host !== '' && [headers.host, forwarded].some((own) => own === host);
}

/** In constant time, whatever the lengths. */
function isSame(given: string | readonly string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
