/** Keeps everybody out but programs of this machine: web pages reach a loopback port too (architecture §4). */
import type { IncomingMessage } from 'node:http';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** False for a rebound name in `Host`, a foreign `Origin`, or a request that a page of another site makes. */
export function isFromThisMachine({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const host = (headers.host ?? '').toLowerCase();
  return (
    LOOPBACK_HOSTS.has(host.replace(/:\d+$/, '')) &&
    (headers.origin === undefined || headers.origin.toLowerCase() === `http://${host}`) &&
    headers['sec-fetch-site'] !== 'cross-site'
  );
}
