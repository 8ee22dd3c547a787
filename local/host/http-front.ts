/** The webhook door of one machine: what API Gateway is on AWS. Only `ingest` stands behind it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { isDoor } from '../../functions/ingest/request.ts';
import type { Invocation, InvocationResult } from './contract.ts';
import type { HttpAnswer } from './http-event.ts';
import { httpAnswerOf, httpEventOf, jsonAnswer } from './http-event.ts';
import { isFromThisMachine } from './loopback.ts';
import { type DoorLimits, listenOnLoopback, loopbackServer } from './loopback-server.ts';
import type { ThrottleLimits } from './throttle.ts';
import { createThrottle } from './throttle.ts';

export type WebhookServerOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly invoke: (request: Omit<Invocation, 'payload'> & { readonly payload: object }) => Promise<InvocationResult>;
  /** `null` lifts the limit. */
  readonly throttle: ThrottleLimits | null;
  /** Largest body that is read at all; `ingest` has its own, exact limit. */
  readonly maxBytes: number;
  readonly limits?: DoorLimits;
  /** What the stage takes: where the URL carries the token, there is a door below `/webhook/`. */
  readonly auth?: AuthMethod;
  /** Told of every answer. */
  readonly onAnswer?: (status: number, ms: number) => void;
};

export type WebhookServer = { readonly url: string; readonly port: number; close(): Promise<void> };

/** Listens on 127.0.0.1; rejects with the listen error (`EADDRINUSE`). Checks in the order of platform §3.3. */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const hasToken = options.throttle === null ? () => true : createThrottle(options.throttle, () => performance.now());

  async function answer(request: IncomingMessage): Promise<HttpAnswer> {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    if (!isFromThisMachine(request)) return jsonAnswer(403, { error: 'forbidden' });
    if (!isDoor(url.split('?')[0] ?? '', options.auth ?? 'header_token'))
      return jsonAnswer(404, { error: 'not_found' });
    if (method !== 'POST') return jsonAnswer(405, { error: 'method_not_allowed' }, { allow: 'POST' });
    if (!hasToken()) return jsonAnswer(429, { error: 'too_many_requests' }, { 'retry-after': '1' });
    const body = await readBody(request, options.maxBytes);
    if (body === null) return jsonAnswer(413, { error: 'payload_too_large' });

    const requestId = randomUUID();
    const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
    const event = httpEventOf({
      method,
      url,
      headers: request.headers,
      body,
      sourceIp,
      requestId,
      receivedAt: Date.now(),
    });
    return answerOf(await options.invoke({ requestId, functionName: 'ingest', payload: event }));
  }

  let isClosing = false;
  const server = loopbackServer((request, response) => {
    const began = performance.now();
    answer(request)
      .catch(() => INTERNAL_ERROR)
      .then((result) => {
        options.onAnswer?.(result.status, performance.now() - began);
        // A connection kept alive would hold a closing server back until its time is up.
        response.shouldKeepAlive &&= !isClosing;
        write(response, result);
      })
      // The client has gone; nobody is left to answer.
      .catch(() => response.destroy());
  }, options.limits);
  const port = await listenOnLoopback(server, options.port);
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    port,
    close: () =>
      new Promise((resolve) => {
        isClosing = true;
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

const INTERNAL_ERROR = jsonAnswer(500, { error: 'internal_error' });

/** Throttled or absent functions are 503, as API Gateway answers them; a failed run says nothing of its cause. */
function answerOf(result: InvocationResult): HttpAnswer {
  if (result.ok) return httpAnswerOf(result.value);
  switch (result.code) {
    case 'throttled':
    case 'unavailable':
      return jsonAnswer(503, { error: 'unavailable' }, { 'retry-after': '1' });
    case 'error':
    case 'timeout':
    case 'exit':
    case 'host_exit':
      return INTERNAL_ERROR;
    default:
      return result.code satisfies never;
  }
}

/** `null` when more is declared or sent than allowed; the rest is read and dropped, so that the connection stays usable. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function write(response: ServerResponse, { status, headers, cookies, body }: HttpAnswer): void {
  response.writeHead(status, {
    ...headers,
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
    'content-length': body.length,
  });
  response.end(body);
}
