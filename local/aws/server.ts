/** The one HTTP door of every emulated AWS service: loopback only, JSON by `X-Amz-Target`, raw handlers for the rest. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromThisMachine } from '../host/loopback.ts';
import { type DoorLimits, listenOnLoopback, loopbackServer } from '../host/loopback-server.ts';
import { AwsError, type AwsService, type RawHandler, type RawResponse } from './service.ts';
import { isForm, queryFailure } from './xml.ts';

export type AwsServer = { readonly url: string; readonly port: number; close(): Promise<void> };

/** A 1 MB entry of PutEvents is JSON inside JSON: escaping can take six bytes for one. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Longer than any client keeps an idle socket: a reset in the moment of reuse would fail a call that is not retried. */
const KEEP_ALIVE_MS = 600_000;
/** What a long poll may still take when the server closes. */
const CLOSE_GRACE_MS = 2_000;

/** Listens on 127.0.0.1; port 0 takes a free one. Rejects with the listen error (`EADDRINUSE`). */
export async function startAwsServer(options: {
  readonly port: number;
  readonly services: readonly AwsService[];
  readonly rawHandlers?: readonly RawHandler[];
  readonly limits?: DoorLimits;
}): Promise<AwsServer> {
  const services = new Map(options.services.map((service) => [service.targetPrefix, service]));
  const rawHandlers = options.rawHandlers ?? [];
  const server = loopbackServer((request, response) => {
    answer(request, services, rawHandlers)
      .catch((error: unknown) => errorResponse(error, '1.1'))
      .then((result) => write(response, result))
      // The client has gone; nobody is left to answer.
      .catch(() => response.destroy());
  }, options.limits);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const port = await listenOnLoopback(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        // Kept-alive connections without a request would hold `close` back.
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS).unref();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  services: ReadonlyMap<string, AwsService>,
  rawHandlers: readonly RawHandler[],
): Promise<RawResponse> {
  if (!isFromThisMachine(request))
    throw new AwsError('AccessDeniedException', 'Only local clients may use this endpoint.', 403);
  const body = await readBody(request);
  const raw = { method: request.method ?? 'GET', path: request.url ?? '/', headers: flatHeaders(request), body };
  const rawHandler = rawHandlers.find((handler) => handler.matches(raw));
  if (rawHandler !== undefined) return rawHandler.handle(raw);

  const [prefix = '', operationName = ''] = (raw.headers['x-amz-target'] ?? '').split('.', 2);
  const service = services.get(prefix);
  // A service of the query protocol that is not here at all: its clients read XML only.
  if (service === undefined && isForm(raw)) return queryFailure(unknownOperation());
  if (service === undefined || raw.method !== 'POST') throw unknownOperation();
  try {
    const operation = Object.hasOwn(service.operations, operationName) ? service.operations[operationName] : undefined;
    if (operation === undefined) throw unknownOperation();
    const output = await operation(parseInput(body));
    return jsonResponse(200, output ?? {}, service.jsonVersion);
  } catch (error) {
    const response = errorResponse(error, service.jsonVersion);
    const code = service.queryCode?.(response.headers['x-amzn-errortype'] ?? '');
    if (code !== undefined)
      response.headers['x-amzn-query-error'] = `${code};${response.status < 500 ? 'Sender' : 'Receiver'}`;
    return response;
  }
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return Object.fromEntries(entries) as Record<string, string>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new AwsError('RequestEntityTooLargeException', `The request is larger than ${MAX_BODY_BYTES} bytes.`, 413);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseInput(body: string): Record<string, unknown> {
  let input: unknown;
  try {
    input = body === '' ? {} : JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'The request is not valid JSON.');
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AwsError('SerializationException', 'The request is not a JSON object.');
  }
  return input as Record<string, unknown>;
}

function unknownOperation(): AwsError {
  return new AwsError('UnknownOperationException', 'The operation is not known to this endpoint.');
}

/** What is not an `AwsError` is a bug here: its message stays inside, since it could quote a request. */
function errorResponse(error: unknown, jsonVersion: AwsService['jsonVersion']): RawResponse {
  const known = error instanceof AwsError ? error : new AwsError('InternalFailure', 'Internal failure.', 500);
  const response = jsonResponse(
    known.status,
    { __type: known.type, message: known.message, ...known.fields },
    jsonVersion,
  );
  response.headers['x-amzn-errortype'] = known.type;
  // Unread bytes of a refused request must not be taken for the next one.
  if (known.status === 413 || known.status === 403) response.headers.connection = 'close';
  return response;
}

function jsonResponse(status: number, output: unknown, jsonVersion: AwsService['jsonVersion']): RawResponse {
  return { status, headers: { 'content-type': `application/x-amz-json-${jsonVersion}` }, body: JSON.stringify(output) };
}

function write(response: ServerResponse, result: RawResponse): void {
  const body = Buffer.from(result.body, 'utf8');
  response.writeHead(result.status, {
    'x-amzn-requestid': randomUUID(),
    'content-length': body.length,
    ...result.headers,
  });
  response.end(body);
}
