/** Requests over kept-alive connections, as many at once as there are to send. */
import { Agent, request } from 'node:http';

export type Answer = { readonly status: number; readonly body: string };

/** Shorter than what the servers keep an idle connection for, or a request could meet its end. */
const IDLE_CONNECTION_MS = 4_000;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, timeout: IDLE_CONNECTION_MS });

/** Sends JSON; rejects when no whole answer comes. */
export function send(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  value?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = value === undefined ? '' : JSON.stringify(value);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
