/** Bytes to a port and the bytes that come back: what no HTTP client would send. */
import { connect } from 'node:net';
import type { Door } from './doors.ts';

/** `isClosed`: by the other side, within {@link PATIENCE_MS}. */
export type RawAnswer = { readonly text: string; readonly statuses: readonly number[]; readonly isClosed: boolean };

/** Far beyond every limit a test sets: a door that holds on this long holds on for good. */
const PATIENCE_MS = 8_000;

/**
 * Resolves when the other side has closed, or has not for too long.
 *
 * @param trickle  sent byte by byte after `bytes`, again and again, so that the connection is never idle
 */
export function exchange(port: number, bytes: string | Buffer, trickle?: string): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const timer = trickle === undefined ? undefined : setInterval(() => socket.write(trickle), 20);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A reset instead of an end is as good.
    socket.on('error', () => {});
    let isClosed = true;
    const patience = setTimeout(() => {
      isClosed = false;
      socket.destroy();
    }, PATIENCE_MS);
    socket.on('close', () => {
      clearInterval(timer);
      clearTimeout(patience);
      const text = Buffer.concat(chunks).toString('latin1');
      const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
      resolve({ text, statuses, isClosed });
    });
    socket.write(bytes);
  });
}

/** The head of a request up to where more headers may follow; `Host` is this machine unless given. */
export function head(method: string, path: string, headers: Readonly<Record<string, string | number>> = {}): string {
  const all = { host: '127.0.0.1', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}`;
}

/** The door's right request, whole, on a connection of its own. */
export function goodRequest({ good }: Door, headers: Readonly<Record<string, string>> = {}): string {
  const { method, path, body } = good;
  const all = { ...good.headers, ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' };
  return `${head(method, path, all)}\r\n${body}`;
}
