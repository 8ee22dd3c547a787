import { request } from 'node:http';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { type AwsServer, startAwsServer } from './server.ts';
import { AwsError, type AwsService, type RawHandler } from './service.ts';

const echo: AwsService = {
  targetPrefix: 'Echo_1',
  jsonVersion: '1.0',
  operations: {
    Say: (input) => ({ said: input }),
    Refuse: () => {
      throw new AwsError('ResourceNotFoundException', 'There is none.');
    },
    Break: () => {
      throw new Error('a secret of the inside');
    },
  },
};
const query: RawHandler = {
  matches: (raw) => raw.headers['content-type'] === 'application/x-www-form-urlencoded',
  handle: async (raw) => ({ status: 200, headers: { 'content-type': 'text/xml' }, body: `<q>${raw.body}</q>` }),
};

let server: AwsServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

async function send(headers: Record<string, string>, body: string, method = 'POST'): Promise<Answer> {
  server ??= await startAwsServer({ port: 0, services: [echo], rawHandlers: [query] });
  const { port } = server;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path: '/', headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('startAwsServer', () => {
  it('answers an operation in the JSON version of its service, with a request id', async () => {
    const answer = await send({ 'x-amz-target': 'Echo_1.Say' }, '{"a":"ü"}');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.body)).toEqual({ said: { a: 'ü' } });
  });

  it('gives errors by the names the SDKs read', async () => {
    const answer = await send({ 'x-amz-target': 'Echo_1.Refuse' }, '{}');
    expect(answer.status).toBe(400);
    expect(answer.headers['x-amzn-errortype']).toBe('ResourceNotFoundException');
    expect(JSON.parse(answer.body)).toEqual({ __type: 'ResourceNotFoundException', message: 'There is none.' });
  });

  it('keeps the message of an unexpected error inside', async () => {
    const answer = await send({ 'x-amz-target': 'Echo_1.Break' }, '{}');
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({ __type: 'InternalFailure', message: 'Internal failure.' });
  });

  it.each([
    { what: 'an unknown operation', target: 'Echo_1.Sing' },
    { what: 'a name every object inherits', target: 'Echo_1.constructor' },
    { what: 'an unknown service', target: 'Other.Say' },
    { what: 'no target at all', target: '' },
  ])('answers UnknownOperationException to $what', async ({ target }) => {
    const answer = await send({ 'x-amz-target': target }, '{}');
    expect([answer.status, JSON.parse(answer.body).__type]).toEqual([400, 'UnknownOperationException']);
  });

  it.each([
    { what: 'no JSON', body: '{"a":' },
    { what: 'an array', body: '[]' },
  ])('answers SerializationException to $what and quotes nothing', async ({ body }) => {
    const answer = await send({ 'x-amz-target': 'Echo_1.Say' }, body);
    expect([answer.status, JSON.parse(answer.body).__type]).toEqual([400, 'SerializationException']);
    expect(answer.body).not.toContain('"a"');
  });

  it.each([
    { what: 'a rebound host name', headers: { host: 'evil.example' } },
    { what: 'a host that only begins like loopback', headers: { host: '127.0.0.1.evil.example:80' } },
    { what: 'a foreign origin', headers: { origin: 'https://evil.example' } },
    { what: 'the opaque origin', headers: { origin: 'null' } },
    { what: 'a cross-site request', headers: { 'sec-fetch-site': 'cross-site' } },
  ])('refuses $what', async ({ headers }) => {
    const answer = await send({ 'x-amz-target': 'Echo_1.Say', ...headers }, '{}');
    expect([answer.status, JSON.parse(answer.body).__type]).toEqual([403, 'AccessDeniedException']);
  });

  it('takes its own origin, and no other port of this machine', async () => {
    const target = { 'x-amz-target': 'Echo_1.Say', host: '127.0.0.1:4402' };
    expect((await send({ ...target, origin: 'http://127.0.0.1:4402' }, '{}')).status).toBe(200);
    expect((await send({ ...target, origin: 'http://127.0.0.1:8080' }, '{}')).status).toBe(403);
  });

  it('takes localhost for loopback', async () => {
    expect((await send({ 'x-amz-target': 'Echo_1.Say', host: 'localhost:4402' }, '{}')).status).toBe(200);
  });

  it('refuses a request above the size limit', async () => {
    const answer = await send({ 'x-amz-target': 'Echo_1.Say' }, ' '.repeat(8 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
  });

  it('lets a raw handler answer what it matches', async () => {
    const answer = await send({ 'content-type': 'application/x-www-form-urlencoded' }, 'Action=ListQueues');
    expect([answer.headers['content-type'], answer.body]).toEqual(['text/xml', '<q>Action=ListQueues</q>']);
  });

  it('answers a form for a service that is not here in XML, which is all that its clients read', async () => {
    server = await startAwsServer({ port: 0, services: [echo] });
    const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const answer = await send(form, 'Action=ListTopics&Version=2010-03-31');
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'text/xml']);
    expect(answer.body).toContain('<Code>UnknownOperationException</Code>');
  });

  it('shows an unmodified SDK client the error of an unknown service', async () => {
    server = await startAwsServer({ port: 0, services: [echo] });
    const client = new EventBridgeClient({
      endpoint: server.url,
      region: 'us-east-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    await expect(client.send(new ListRulesCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });
    client.destroy();
  });

  it('reports a port in use', async () => {
    server = await startAwsServer({ port: 0, services: [] });
    await expect(startAwsServer({ port: server.port, services: [] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
