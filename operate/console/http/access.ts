/** Who may look at the console: a program with the bearer token, or a browser that once came with it in its link. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Browsers send a cookie to every port of its host: each console has one of its own name. */
const cookieName = (port: number): string => `frontdesk-${port}`;

/** What opens a console. @property port  on which it listens */
export type Key = { readonly token: string; readonly port: number };

export type Access = 'granted' | 'by-link' | 'refused';

/** `by-link`: right, and to be remembered in a cookie. */
export function accessOf(request: Pick<IncomingMessage, 'headers' | 'url'>, { token, port }: Key): Access {
  const { authorization, cookie } = request.headers;
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (isSame(bearer, token) || isSame(cookieOf(cookie, port), token)) return 'granted';
  const link = linkToken(request.url ?? '/');
  return isSame(link, token) ? 'by-link' : 'refused';
}

/** Pages cannot read it, and no other site's page can make a browser send it. */
export function cookieHeader({ token, port }: Key): string {
  return `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`;
}

function cookieOf(header: string | undefined, port: number): string | undefined {
  const start = `${cookieName(port)}=`;
  const own = header?.split(/; */).find((pair) => pair.startsWith(start));
  return own?.slice(start.length);
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
