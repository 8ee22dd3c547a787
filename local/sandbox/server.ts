/** The sandbox behind a socket, on loopback only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isFromThisMachine } from '../host/loopback.ts';
import { type DoorLimits, listenOnLoopback, loopbackServer } from '../host/loopback-server.ts';
import { json, type SandboxResponse } from './http-types.ts';
import { pageAt } from './page/page.ts';
import type { Sandbox } from './sandbox.ts';

const MAX_BODY_BYTES = 12 * 1024 * 1024;
const KEEP_ALIVE_MS = 600_000;
/** How often things happen that were due between two calls. */
const TICK_MS = 50;

export type SandboxServer = { readonly url: string; readonly close: () => Promise<void> };

/**
 * Listens on 127.0.0.1 (port 0 takes a free one). Requests whose Host is not this machine, or that a foreign page sent, get 403.
 * Throws under `NODE_ENV=production`, and as `listen` does when the port is in use.
 */
export async function startSandboxServer(settings: {
  readonly sandbox: Sandbox;
  readonly port: number;
  readonly limits?: DoorLimits;
}): Promise<SandboxServer> {
  if (process.env.NODE_ENV === 'production')
    throw new Error('the Richpanel sandbox does not run with NODE_ENV=production');
  const { sandbox } = settings;
  const server = loopbackServer((request, response) => {
    answer(sandbox, request, response).catch(() => {
      if (!response.headersSent) write(response, json(500, { error: { message: 'sandbox error' } }));
      else response.destroy();
    });
  }, settings.limits);
  // Longer than any client keeps an idle socket: a reset in the moment of reuse would look like a vendor's fault.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const port = await listenOnLoopback(server, settings.port);
  const ticker = setInterval(() => sandbox.tick(), TICK_MS);
  ticker.unref();
  const url = `http://127.0.0.1:${port}`;
  sandbox.world.origin = url;
  return {
    url,
    close: async () => {
      clearInterval(ticker);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function answer(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isFromThisMachine(request)) return write(response, json(403, { error: { message: 'loopback only' } }));
  const body = await readBody(request);
  if (body === undefined) return write(response, json(413, { error: { message: 'Payload too large' } }));
  const page = pageAt(request.method ?? 'GET', request.url ?? '/');
  if (page !== undefined) return write(response, page);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const result = await sandbox.handle({ method: request.method ?? 'GET', path: request.url ?? '/', headers, body });
  await transmit(response, result);
}

/** The body, or `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

async function transmit(response: ServerResponse, result: SandboxResponse): Promise<void> {
  const { wire } = result;
  if (wire?.reset) {
    response.socket?.destroy();
    return;
  }
  if (wire?.holdMs !== undefined) {
    await pause(response, wire.holdMs);
    response.socket?.destroy();
    return;
  }
  if (wire?.delayMs !== undefined) await pause(response, wire.delayMs);
  if (wire?.bodyDelayMs !== undefined) {
    response.writeHead(result.status, result.headers);
    response.flushHeaders();
    await pause(response, wire.bodyDelayMs);
    response.end(result.body);
    return;
  }
  write(response, result);
}

/** Waits, but not longer than the client does. */
async function pause(response: ServerResponse, ms: number): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await delay(ms, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
}

function write(response: ServerResponse, result: SandboxResponse): void {
  response.writeHead(result.status, { ...result.headers, 'content-length': String(Buffer.byteLength(result.body)) });
  response.end(result.body);
}
