/**
 * The real transport. It opens the connection first and writes only when that stands, so that it knows whether a byte
 * can have left; follows no redirect; speaks to one allowed host.
 */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { outsideOnly } from '../live-outside.ts';
import { type HttpRequest, type HttpResponse, type HttpTransport, TransportError } from './transport.ts';

const ALLOWED_HOSTS: ReadonlySet<string> = new Set(['api.richpanel.com']);
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** A ticket of hundreds of comments has a few hundred kilobytes; more is no ticket. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** Platform §4.6. */
const CONNECT_WITHIN_MS = 2_000;
/** Shorter than what servers keep an idle connection for, so that it rarely breaks under a request. */
const IDLE_CONNECTION_MS = 4_000;

/**
 * @param baseUrl  https of an allowed host, or http of this machine. Throws for anything else.
 * @param lookup   how the allowed host is found; where it leads inside, nothing is sent
 */
export function liveHttpTransport(baseUrl: string, lookup = outsideOnly()): HttpTransport {
  const base = allowedBase(baseUrl);
  const isTls = base.protocol === 'https:';
  const agent = isTls
    ? new HttpsAgent({ keepAlive: true, timeout: IDLE_CONNECTION_MS })
    : new HttpAgent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
  const prefix = base.pathname.replace(/\/+$/, '');
  const open = (request: HttpRequest): ClientRequest =>
    (isTls ? httpsRequest : httpRequest)({
      protocol: base.protocol,
      // Node wants the address of IPv6 without the brackets it has in a URL.
      hostname: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      ...(isTls && { lookup }),
      method: request.method,
      path: prefix + request.path,
      headers: {
        ...request.headers,
        ...(request.body === null ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
      // A kept connection may break under it without a trace.
      agent: request.isOnce ? false : agent,
    });
  return async (request) => exchange(open(request), request, isTls);
}

function exchange(outgoing: ClientRequest, request: HttpRequest, isTls: boolean): Promise<HttpResponse> {
  let hasBegun = false;
  return new Promise<HttpResponse>((resolve, reject) => {
    const timer = setTimeout(() => fail('timeout'), request.timeoutMs);
    const connecting = setTimeout(() => fail('timeout'), CONNECT_WITHIN_MS);
    function fail(kind: TransportError['kind']): void {
      clearTimeout(timer);
      clearTimeout(connecting);
      reject(new TransportError(kind, hasBegun));
      outgoing.destroy();
    }
    function write(): void {
      clearTimeout(connecting);
      if (outgoing.destroyed) return;
      if (request.mayWrite && !request.mayWrite()) {
        fail('window_passed');
        return;
      }
      hasBegun = true;
      outgoing.end(request.body ?? undefined);
    }
    outgoing.once('socket', (socket) => whenConnected(socket, isTls && !outgoing.reusedSocket, write));
    outgoing.once('error', () => fail('network'));
    outgoing.once('response', (response) => {
      readAll(response).then(
        (body) => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, headers: flatHeaders(response), body });
        },
        () => fail('network'),
      );
    });
  });
}

function whenConnected(socket: Socket, isNewTls: boolean, run: () => void): void {
  if (isNewTls) socket.once('secureConnect', run);
  else if (socket.connecting) socket.once('connect', run);
  else run();
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('answer too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}

function allowedBase(baseUrl: string): URL {
  const base = new URL(baseUrl);
  const isAllowed =
    (base.protocol === 'https:' && ALLOWED_HOSTS.has(base.hostname) && base.port === '') ||
    (base.protocol === 'http:' && LOOPBACK_HOSTS.has(base.hostname));
  if (!isAllowed || base.username !== '' || base.password !== '')
    throw new Error('the helpdesk address is no https address of an allowed host');
  return base;
}
