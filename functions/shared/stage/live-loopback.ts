/**
 * How the AWS clients reach the endpoint on this machine: over undici, and unsigned. Nothing there checks a signature, and
 * signing together with Node's own client was 60 % of what a request costs (docs/decisions.md). Never in a deployed bundle.
 */
import { errors, Pool } from 'undici';
import type { ClientOptions } from '../aws/live-client.ts';

type HttpRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};
type HttpResponse = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
};

/** Concurrent runs of a function, with what each asks at once; more would wait, not fail. */
const CONNECTIONS = 32;

/** @param endpoint  origin of the endpoint; all clients of a container share its connections. */
export function loopbackOptions(endpoint: string, timeoutMs: number): Partial<ClientOptions> {
  const pool = new Pool(endpoint, {
    connections: CONNECTIONS,
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return {
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async (request: HttpRequest) => ({ response: await exchange(pool, request) }),
      destroy: () => void pool.destroy(),
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
    signer: { sign: async <T>(request: T): Promise<T> => request },
  };
}

function exchange(pool: Pool, { method, path, headers, body = '' }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let statusCode = 0;
    let received: Record<string, string> = {};
    pool.dispatch(
      { method: method as 'POST', path, headers, body },
      {
        // By this method undici knows its present interface.
        onRequestStart() {},
        onResponseStart(_controller, status, answered) {
          statusCode = status;
          received = answered as Record<string, string>;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          resolve({
            statusCode,
            headers: received,
            body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
          });
        },
        onResponseError(_controller, error) {
          reject(asNodeSays(error));
        },
      },
    );
  });
}

/** undici's own codes in the words of Node's client, which `vendorErrorOf` reads. */
function asNodeSays(error: Error): Error {
  const isLate =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError;
  if (isLate) return Object.assign(new Error('the endpoint did not answer in time'), { name: 'TimeoutError' });
  if (error instanceof errors.SocketError)
    return Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
  return error;
}
