/** The sandbox on a port of its own, posing as a real workspace, behind a recorder that can refuse whatever is no GET. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OptionsPatch } from '../sandbox/options.ts';
import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { startSandboxServer } from '../sandbox/server.ts';

export type Posing = {
  readonly url: string;
  readonly sandbox: Sandbox;
  /** `GET /v1/tickets`, in the order in which it was answered. */
  readonly asked: readonly string[];
  /** Whatever was no GET below `/v1`, refused or not. */
  readonly writes: readonly string[];
  close(): Promise<void>;
};

export const REAL_KEY = 'real-workspace-key';

type Answer = { readonly status: number; readonly type?: string; readonly body: string };

/** @param answer  what it says in place of the sandbox; `null` lets the sandbox speak */
export async function posingWorkspace(
  options: OptionsPatch = {},
  settings: { readonly allowsWrites?: boolean; readonly answer?: (path: string) => Answer | null } = {},
): Promise<Posing> {
  const { allowsWrites = false, answer = () => null } = settings;
  const sandbox = createSandbox({ options: { apiKey: REAL_KEY, rateLimit: null, ...options } });
  const behind = await startSandboxServer({ sandbox, port: 0 });
  const asked: string[] = [];
  const writes: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { method = '', url = '/' } = request;
      if (method !== 'GET') writes.push(`${method} ${url}`);
      const own = method !== 'GET' && !allowsWrites ? { status: 500, body: 'a write' } : answer(url);
      if (own !== null) {
        asked.push(`${method} ${url}`);
        response.writeHead(own.status, { 'content-type': own.type ?? 'application/json' }).end(own.body);
        return;
      }
      const { host: _host, connection: _connection, ...headers } = request.headers;
      const carried = await fetch(`${behind.url}${url}`, {
        method,
        headers: headers as Record<string, string>,
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      const body = await carried.text();
      asked.push(`${method} ${url}`);
      response.writeHead(carried.status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sandbox,
    asked,
    writes,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await behind.close();
    },
  };
}
