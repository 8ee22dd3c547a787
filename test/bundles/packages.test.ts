/** What stays out of packages in a bundle is missed by nobody: a bundle of the calls that functions make is tried against a server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleAll } from '../../tools/bundle/bundle.ts';
import type * as Calls from './package-calls.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-package-calls-'));
let calls: typeof Calls;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => {
  request.resume().on('end', () => answer(request, response));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  vi.stubEnv('AWS_REGION', 'us-east-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const [bundle] = await bundleAll(folder, {
    functions: [{ name: 'classify', entry: 'test/bundles/package-calls.ts' }],
  });
  calls = await import(pathToFileURL(bundle?.file ?? '').href);
}, 60_000);
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function refusing(status: number, body: object): typeof answer {
  return (_, response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

describe('an error of AWS', () => {
  it.each([
    ['ssm', 'ParameterNotFound'],
    ['ssm', 'ThrottlingException'],
    ['secretsmanager', 'ResourceNotFoundException'],
    ['eventbridge', 'InternalException'],
    ['dynamodb', 'ProvisionedThroughputExceededException'],
    ['sqs', 'com.amazonaws.sqs#QueueDoesNotExist'],
  ] as const)('of %s keeps its name: %s', async (service, type) => {
    answer = refusing(400, { __type: type, message: 'no' });
    expect(await calls.refusalOf(service)).toEqual({ name: type.split('#').at(-1), status: 400 });
  });

  it('of a failed condition brings the item as it stands', async () => {
    answer = refusing(400, { __type: 'ConditionalCheckFailedException', Item: { at: { N: '7' } } });
    expect(await calls.refusalOf('dynamodb')).toEqual({
      name: 'ConditionalCheckFailedException',
      status: 400,
      Item: { at: { N: '7' } },
    });
  });
});

describe('the model’s SDK', () => {
  it('posts with the key and reads the answer', async () => {
    let heard: unknown;
    answer = (request, response) => {
      heard = [request.method, request.url, request.headers.authorization];
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"resp_1"}');
    };
    expect(await calls.askModel(`${url}/v1`)).toEqual({ id: 'resp_1' });
    expect(heard).toEqual(['POST', '/v1/responses', 'Bearer sk-test-0001']);
  });

  it.each([
    [429, { kind: 'rate_limited', status: 429, retryAfterMs: 2_000 }],
    [401, { kind: 'auth', status: 401, retryAfterMs: undefined }],
    [500, { kind: 'server', status: 500, retryAfterMs: undefined }],
  ])('says what a %i means', async (status, expected) => {
    answer = (_, response) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...(status === 429 && { 'retry-after': '2' }) })
        .end('{"error":{"message":"no"}}');
    expect(await calls.askModel(`${url}/v1`)).toEqual(expected);
  });
});

it('what lies in assets is there: names in HTML, numbering plans', () => {
  expect(calls.textOf('<p>Caf&eacute; &amp; <b>t&euml;a</b> &hellip;</p>')).toBe('Café & tëa …');
  expect(calls.phonesOf('call +44 20 7946 0958 or (212) 555-0123, order 12')).toEqual([
    '+442079460958',
    '+12125550123',
  ]);
});
