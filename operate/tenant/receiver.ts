/** Hears the probes that a person's test rules send: on this machine only, nothing kept but what the judges ask for. */
import type { IncomingMessage } from 'node:http';
import { isFromBrowser } from '../../local/host/loopback.ts';
import { type DoorLimits, listenOnLoopback, loopbackServer } from '../../local/host/loopback-server.ts';

/** @property at  epoch milliseconds */
export type Delivery = { readonly at: number; readonly headers: IncomingMessage['headers']; readonly body: string };
export type Receiver = { readonly url: string; readonly heard: readonly Delivery[]; close(): Promise<void> };

/** Platform §3.3. */
const MOST_BYTES = 32 * 1024;
const MOST_DELIVERIES = 1_000;

/** Listens on 127.0.0.1; rejects with the listen error. */
export async function startReceiver(port: number, limits?: DoorLimits): Promise<Receiver> {
  const heard: Delivery[] = [];
  const server = loopbackServer((request, response) => {
    if (isFromBrowser(request)) {
      response.writeHead(403, { connection: 'close' }).end();
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
    });
    request.on('end', () => {
      const isHeard = request.method === 'POST' && bytes <= MOST_BYTES && heard.length < MOST_DELIVERIES;
      if (isHeard)
        heard.push({ at: Date.now(), headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(isHeard ? 200 : 400, { 'content-type': 'application/json' }).end('{}');
    });
    request.on('error', () => response.destroy());
  }, limits);
  const taken = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${taken}/probe`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
