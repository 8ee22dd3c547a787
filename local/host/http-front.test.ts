import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { InvocationResult } from './contract.ts';
import type { WebhookServer, WebhookServerOptions } from './http-front.ts';
import { startWebhookServer } from './http-front.ts';
import { createThrottle } from './throttle.ts';

type Request = Parameters<WebhookServerOptions['invoke']>[0];

const invocations: Request[] = [];
let result: InvocationResult;
let server: WebhookServer;

async function start(options: Partial<WebhookServerOptions> = {}): Promise<void> {
  invocations.length = 0;
  result = { ok: true, value: { statusCode: 200, body: '{"status":"accepted","event_id":"e1"}' } };
  const invoke = async (invocation: Request) => {
    invocations.push(invocation);
    return result;
  };
  server = await startWebhookServer({ port: 0, invoke, throttle: null, maxBytes: 1_000, ...options });
}

afterEach(() => server.close());

const post = (init: RequestInit = {}, url = server.url) => fetch(url, { method: 'POST', body: '{}', ...init });
const eventOf = (invocation: Request | undefined) => Object(invocation?.payload);

describe('the webhook door', () => {
  it('invokes ingest with payload format 2.0 and answers as it says', async () => {
    await start();
    const response = await post(
      { headers: { 'Content-Type': 'application/json', 'X-Richpanel-Webhook-Token': 'token' }, body: '{"a":"ü"}' },
      `${server.url}?x=1&x=2&y=`,
    );
    expect([response.status, await response.json()]).toEqual([200, { status: 'accepted', event_id: 'e1' }]);
    expect(invocations[0]?.functionName).toBe('ingest');
    expect(eventOf(invocations[0])).toMatchObject({
      version: '2.0',
      rawPath: '/webhook',
      rawQueryString: 'x=1&x=2&y=',
      queryStringParameters: { x: '1,2', y: '' },
      headers: { 'x-richpanel-webhook-token': 'token', 'content-type': 'application/json' },
      requestContext: { http: { method: 'POST', path: '/webhook', sourceIp: '127.0.0.1' }, stage: '$default' },
      body: '{"a":"ü"}',
      isBase64Encoded: false,
    });
  });

  it('has the alias of platform §3.1', async () => {
    await start();
    expect((await post({}, `http://127.0.0.1:${server.port}/richpanel/inbound`)).status).toBe(200);
  });

  it('passes status, headers and body of the function on', async () => {
    await start();
    result = {
      ok: true,
      value: {
        statusCode: 401,
        headers: { 'X-Custom': 'a' },
        body: Buffer.from('no').toString('base64'),
        isBase64Encoded: true,
      },
    };
    const response = await post();
    expect([response.status, response.headers.get('x-custom'), await response.text()]).toEqual([401, 'a', 'no']);
  });

  it.each([
    ['bytes that are no UTF-8', 'application/json', Buffer.from([0x7b, 0xff, 0x7d])],
    ['a type that is no text', 'application/octet-stream', Buffer.from('{}')],
  ])('hands %s over as base64, unchanged', async (_, type, body) => {
    await start();
    await post({ headers: { 'content-type': type }, body: new Uint8Array(body) });
    expect(eventOf(invocations[0])).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });

  it('refuses other paths with 404 and other methods with 405', async () => {
    await start();
    expect((await post({}, `http://127.0.0.1:${server.port}/`)).status).toBe(404);
    expect((await post({}, `${server.url}/token`)).status).toBe(404);
    const get = await fetch(server.url);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect(invocations).toEqual([]);
  });

  it('refuses a body over the limit, declared or sent in chunks, before ingest sees it', async () => {
    await start();
    expect((await post({ body: 'x'.repeat(1_001) })).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 300; index += 1) controller.enqueue(new Uint8Array(1_000));
        controller.close();
      },
    });
    expect((await post({ body: chunks, duplex: 'half' })).status).toBe(413);
    expect(invocations).toEqual([]);
    expect((await post({ body: 'x'.repeat(1_000) })).status).toBe(200);
  });

  it('lets the burst through and throttles the rest', async () => {
    await start({ throttle: { ratePerSecond: 0.01, burst: 3 } });
    const statuses = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await post()).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await fetch(server.url)).status, 'the method is checked first').toBe(405);
  });

  it.each([
    ['timeout', 500, 'internal_error'],
    ['error', 500, 'internal_error'],
    ['exit', 500, 'internal_error'],
    ['throttled', 503, 'unavailable'],
    ['unavailable', 503, 'unavailable'],
  ] as const)('answers a run that ended with %s by %i', async (code, status, error) => {
    await start();
    result = { ok: false, code };
    const response = await post();
    expect([response.status, await response.json()]).toEqual([status, { error }]);
  });

  it.each([
    ['a rebound host name', { host: 'evil.example' }],
    ['a page of another origin', { origin: 'http://evil.example' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('keeps out %s', async (_, headers) => {
    await start();
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port: server.port, path: '/webhook', method: 'POST', headers });
      request.on('response', (response) => resolve(response.statusCode)).on('error', reject);
      request.end('{}');
    });
    expect(status).toBe(403);
    expect(invocations).toEqual([]);
  });
});

describe('a closing door', () => {
  it('answers what it has accepted, then closes without waiting for kept-alive connections', async () => {
    let finish = (_: InvocationResult): void => {};
    await start({ invoke: () => new Promise((resolve) => (finish = resolve)) });
    const answer = post();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = server.close();
    finish({ ok: true, value: { statusCode: 200 } });
    expect((await answer).status).toBe(200);
    await closed;
  });
});

describe('createThrottle', () => {
  it('refills at the rate and never beyond the burst', async () => {
    await start();
    let now = 0;
    const take = createThrottle({ ratePerSecond: 20, burst: 50 }, () => now);
    const taken = (count: number) => Array.from({ length: count }, take).filter(Boolean).length;
    expect(taken(60)).toBe(50);
    now += 500;
    expect(taken(20)).toBe(10);
    now += 3_600_000;
    expect(taken(100)).toBe(50);
  });
});
