/** What the transport knows about bytes: the difference between "provably not sent" and "unknown" (protocols §6). */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { liveHttpTransport } from './live-http.ts';
import type { HttpRequest } from './transport.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serve = (answer: RequestListener) => listen(createServer(answer));

const request = (overrides: Partial<Extract<HttpRequest, { method: 'PUT' }>> = {}): HttpRequest => ({
  method: 'PUT',
  path: '/tickets/a%2Fb',
  headers: { 'content-type': 'application/json' },
  body: '{"text":"ä"}',
  timeoutMs: 2_000,
  ...overrides,
});
const READ: HttpRequest = { method: 'GET', path: '/tickets/1', headers: {}, body: null, timeoutMs: 2_000 };

describe('liveHttpTransport', () => {
  it('carries path, headers and body as they are, below the base path', async () => {
    const seen: unknown[] = [];
    const url = await serve((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        seen.push([incoming.method, incoming.url, incoming.headers['x-key'], Buffer.concat(chunks).toString('utf8')]);
        response.writeHead(201, { 'X-Answer': 'yes' }).end('{"ok":true}');
      });
    });
    const answer = await liveHttpTransport(`${url}/v1/`)(request({ headers: { 'x-key': 'k' } }));
    expect(seen).toEqual([['PUT', '/v1/tickets/a%2Fb', 'k', '{"text":"ä"}']]);
    expect(answer).toMatchObject({ status: 201, body: '{"ok":true}', headers: { 'x-answer': 'yes' } });
  });

  it('follows no redirect', async () => {
    let calls = 0;
    const url = await serve((_incoming, response) => {
      calls += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await liveHttpTransport(url)(request())).status).toBe(302);
    expect(calls).toBe(1);
  });

  it('knows that nothing was written when nobody listens', async () => {
    const url = await serve(() => {});
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    await expect(liveHttpTransport(url)(request())).rejects.toMatchObject({ kind: 'network', mayHaveWritten: false });
  });

  it('asks right before the first byte, once connected, and writes nothing after a no', async () => {
    let calls = 0;
    let asked = 0;
    const url = await serve((_incoming, response) => {
      calls += 1;
      response.end('{}');
    });
    const transport = liveHttpTransport(url);
    const mayNotWrite = () => {
      asked += 1;
      return false;
    };
    await expect(transport(request({ mayWrite: mayNotWrite }))).rejects.toMatchObject({
      kind: 'window_passed',
      mayHaveWritten: false,
    });
    await transport(request({ mayWrite: () => true }));
    expect([asked, calls]).toEqual([1, 1]);
  });

  it('cannot know after a time-out or a reset behind the first byte', async () => {
    const silent = await serve(() => {});
    await expect(liveHttpTransport(silent)(request({ timeoutMs: 50 }))).rejects.toMatchObject({
      kind: 'timeout',
      mayHaveWritten: true,
    });
    const broken = await serve((incoming) => incoming.socket.destroy());
    await expect(liveHttpTransport(broken)(request())).rejects.toMatchObject({ kind: 'network', mayHaveWritten: true });
  });

  it('counts a slow body into the time-out, and a broken one as no answer', async () => {
    const slow = await serve((_incoming, response) => void response.writeHead(200).write('{"half":'));
    await expect(liveHttpTransport(slow)(request({ timeoutMs: 80 }))).rejects.toMatchObject({ kind: 'timeout' });
    const torn = await serve((incoming, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":');
      setTimeout(() => incoming.socket.destroy(), 20);
    });
    await expect(liveHttpTransport(torn)(request())).rejects.toMatchObject({ kind: 'network', mayHaveWritten: true });
  });

  it('keeps a connection for reads and writes that may be repeated, and gives what must not be sent twice its own', async () => {
    const sockets = new Set<unknown>();
    const url = await serve((incoming, response) => {
      sockets.add(incoming.socket);
      incoming.resume().on('end', () => response.end('{}'));
    });
    const transport = liveHttpTransport(url);
    await transport(READ);
    await transport(READ);
    expect(sockets.size).toBe(1);
    await transport(request({ mayWrite: () => true }));
    expect(sockets.size).toBe(1);
    await transport(request({ isOnce: true }));
    expect(sockets.size).toBe(2);
  });
});
