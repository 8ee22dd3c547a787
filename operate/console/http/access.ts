/** Who may look at the console: a program with the bearer token, or a browser that once came with it in its link. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const COOKIE = 'frontdesk';

export type Access = 'granted' | 'by-link' | 'refused';

/** `by-link`: right, and to be remembered in a cookie. */
export function accessOf(request: Pick<IncomingMessage, 'headers' | 'url'>, token: string): Access {
  const { authorization, cookie } = request.headers;
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (isSame(bearer, token) || isSame(cookieOf(cookie), token)) return 'granted';
  const link = linkToken(request.url ?? '/');
  return isSame(link, token) ? 'by-link' : 'refused';
}

/** Pages cannot read it, and no other site's page can make a browser send it. */
export function cookieHeader(token: string): string {
  return `${COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/`;
}

function cookieOf(header: string | undefined): string | undefined {
  const own = header?.split(/; */).find((pair) => pair.startsWith(`${COOKIE}=`));
  return own?.slice(COOKIE.length + 1);
}

/** In constant time, whatever the lengths. */
function isSame(given: string | null | undefined, token: string): boolean {
  if (given === null || given === undefined) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

function linkToken(url: string): string | null {
  return URL.canParse(url, 'http://127.0.0.1') ? new URL(url, 'http://127.0.0.1').searchParams.get('token') : null;
}
