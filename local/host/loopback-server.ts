/** The HTTP server under every loopback port: nobody holds it open, fills it with headers, or makes two readings of one request. */
import { createServer, type RequestListener, type Server } from 'node:http';

export type DoorLimits = {
  /** For the request line and all headers. */
  readonly headersMs: number;
  /** For the whole request, its body included. */
  readonly requestMs: number;
  /** How often the two are looked at. */
  readonly checkEveryMs: number;
  /** Request line and headers together; more is 431. */
  readonly headerBytes: number;
  /** Their number; more is 431. */
  readonly headerCount: number;
  /** Open at once; one more is closed unread. */
  readonly connections: number;
};

export const DOOR_LIMITS: DoorLimits = {
  headersMs: 10_000,
  // What API Gateway gives a request, and its 10,240 bytes of request line and headers.
  requestMs: 30_000,
  checkEveryMs: 2_000,
  headerBytes: 10_240,
  headerCount: 100,
  // Far below the open files of a process, far above 11 functions with 32 connections each.
  connections: 2_000,
};

/** Not listening yet. What Node's strict parser refuses is answered 400, 408 or 431 and its connection closed. */
export function loopbackServer(listener: RequestListener, limits: DoorLimits = DOOR_LIMITS): Server {
  const server = createServer(
    {
      // Two lengths, a length beside chunks, folded headers: where they are read leniently, a request hides in another.
      insecureHTTPParser: false,
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    (request, response) => {
      if (request.rawHeaders.length / 2 > limits.headerCount)
        response.writeHead(431, { connection: 'close', 'content-length': 0 }).end();
      else listener(request, response);
    },
  );
  // Node would leave out what is beyond its own limit and say nothing.
  server.maxHeadersCount = 0;
  server.maxConnections = limits.connections;
  return server;
}

/** Listens on 127.0.0.1 and answers the port; 0 takes a free one. Rejects with the listen error (`EADDRINUSE`). */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address');
  return address.port;
}
