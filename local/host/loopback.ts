/** Keeps everybody out but programs of this machine: web pages reach a loopback port too (architecture §4). */
import type { IncomingMessage } from 'node:http';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** A page of this very port, or an address that a person typed. Another port of this machine is `same-site`. */
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'same-origin', 'none']);

/** False for a rebound name in `Host`, a foreign `Origin`, or a request that a page of anybody else makes. */
export function isFromThisMachine({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const host = (headers.host ?? '').toLowerCase();
  return (
    LOOPBACK_HOSTS.has(host.replace(/:\d+$/, '')) &&
    (headers.origin === undefined || headers.origin.toLowerCase() === `http://${host}`) &&
    OWN_SITES.has(headers['sec-fetch-site'])
  );
}

/** For a port that a tunnel leads to, where `Host` is the tunnel's: a helpdesk sends neither header, every browser one of them. */
export function isFromBrowser({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}
