/** A sandbox behind a socket with a clock that stands still, for tests. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { liveSandboxPorts } from './live-ports.ts';
import type { SandboxStore } from './model/collection.ts';
import type { OptionsPatch } from './options.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { startSandboxServer } from './server.ts';

/** Monday; the sandbox's clock stands here until a test moves it. */
export const TEST_CLOCK = Date.parse('2026-01-12T09:00:00.000Z');

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type TestShop = {
  readonly url: string;
  readonly sandbox: Sandbox;
  /** One API call with the full key; `path` starts behind `/v1`. */
  readonly api: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly control: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

export async function openShop(options: OptionsPatch = {}, store?: SandboxStore): Promise<TestShop> {
  const ports = { ...liveSandboxPorts, now: () => TEST_CLOCK };
  const sandbox = createSandbox({
    options: { apiKey: 'test-key', ...options },
    ports,
    ...(store === undefined ? {} : { store }),
  });
  const server = await startSandboxServer({ sandbox, port: 0 });
  return {
    url: server.url,
    sandbox,
    api: (method, path, body, headers = {}) =>
      call(`${server.url}/v1${path}`, method, body, { 'x-richpanel-key': 'test-key', ...headers }),
    control: (method, path, body) => call(`${server.url}/__sandbox${path}`, method, body, {}),
    close: server.close,
  };
}

async function call(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(10_000), ...sent });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The ticket of a single read, for looking at a few fields. */
export function ticketIn(answer: Answer): Record<string, unknown> & { comments: Record<string, unknown>[] } {
  return (answer.body as { ticket: Record<string, unknown> & { comments: Record<string, unknown>[] } }).ticket;
}

export type Ear = {
  readonly url: string;
  readonly heard: { readonly headers: Record<string, unknown>; readonly body: string }[];
  readonly close: () => Promise<void>;
};

/** A webhook receiver that remembers what it was told. */
export async function openEar(status = 200): Promise<Ear> {
  const heard: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
