/** Hostile requests over a real socket: the front of one machine, and the whole handler behind it. */
import fc from 'fast-check';
import type { AuthMethod } from '../../../events/auth-methods.ts';
import { startWebhookServer } from '../../../local/host/http-front.ts';
import { type Batch, inBatches, type Tally } from './batches.ts';
import { type Broken, brokenRequests } from './broken.ts';
import { keptConnection, shout } from './connection.ts';
import { assertAnswer } from './in-process.ts';
import { judge } from './oracle.ts';
import { type FuzzRequest, requestsFor } from './requests.ts';
import { type Stage, stageOf } from './stage.ts';

/** Requests for one front and one world. */
const BATCH = 1_000;
/** Connections that send at once. */
const AT_ONCE = 8;
/** One request in so many is no proper HTTP. */
const ONE_BROKEN_IN = 10;
/** What the front may answer to what is no request of ours (docs/webhooks.md). */
const REFUSALS = new Set([400, 401, 403, 404, 405, 408, 411, 413, 415, 417, 431]);

type Shot = { readonly request: FuzzRequest; readonly isChunked: boolean } | { readonly broken: Broken };

/** As `fuzzInProcess`; names the request and the seed of its batch. */
export async function fuzzSocket(count: number, seed: number, onBatch?: (done: number) => void): Promise<Tally> {
  const tally: Tally = new Map();
  const run = async ({ method, seed: own, size }: Batch): Promise<void> => {
    const shots = fc.sample(shotsFor(method), { seed: own, numRuns: size });
    await fire(stageOf(method), shots, tally).catch((error: unknown) => {
      throw new Error(`${method}, batch of seed ${own}: ${error instanceof Error ? error.message : error}`);
    });
  };
  await inBatches({ count, seed, size: BATCH }, run, onBatch);
  return tally;
}

function shotsFor(method: AuthMethod): fc.Arbitrary<Shot> {
  const proper = fc.record({ request: requestsFor(method).map(asSent), isChunked: fc.boolean() });
  return fc.oneof(
    { weight: ONE_BROKEN_IN - 1, arbitrary: proper },
    { weight: 1, arbitrary: brokenRequests.map((broken) => ({ broken })) },
  );
}

/** What HTTP does with a value on its way, done beforehand; the length is the transport's own. */
function asSent(request: FuzzRequest): FuzzRequest {
  const { 'content-length': _, ...headers } = request.headers;
  const trimmed = Object.entries(headers).map(([name, value]) => [name, value.trim()] as const);
  const [path = '', ...query] = [request.path.replace(/[^!-~]/g, ''), request.query].join('?').split('?');
  const method = request.method === 'post' ? 'POST' : request.method;
  return { ...request, method, path, query: query.join('?'), headers: Object.fromEntries(trimmed) };
}

async function fire(stage: Stage, shots: readonly Shot[], tally: Tally): Promise<void> {
  const invoke = async ({ payload }: { readonly payload: object }) =>
    ({ ok: true, value: await stage.handle(JSON.parse(JSON.stringify(payload))) }) as const;
  const front = await startWebhookServer({
    port: 0,
    invoke,
    throttle: null,
    maxBytes: 1024 * 1024,
    auth: stage.method,
  });
  const queue = shots.values();
  const count = (answer: string) => tally.set(answer, (tally.get(answer) ?? 0) + 1);
  const work = async (): Promise<void> => {
    const connection = keptConnection(front.port);
    try {
      for (const shot of queue) {
        if ('broken' in shot) {
          const { name, bytes, isCut } = shot.broken;
          const heard = await shout(front.port, bytes, isCut);
          if (heard !== null && !REFUSALS.has(heard.status)) throw new Error(`${name} was answered ${heard.status}`);
          count(heard === null ? 'no HTTP: closed' : `no HTTP: ${heard.status}`);
          continue;
        }
        const { request, isChunked } = shot;
        const heard = await connection.ask(written(request, isChunked), request.method === 'HEAD');
        const headers = isChunked
          ? request.headers
          : { ...request.headers, 'content-length': String(request.body.length) };
        const verdict = judge(stage.method, { ...request, headers, size: request.body.length });
        const told = `${request.method} ${request.path}?${request.query} ${JSON.stringify(headers)} ${request.body.toString('base64')}`;
        try {
          if (request.method !== 'HEAD') assertAnswer(verdict, { statusCode: heard.status, body: heard.body });
          else if (heard.status !== verdict.status) throw new Error(`HEAD was answered ${heard.status}`);
        } catch (error) {
          throw new Error(`${String(error)}: ${told}`);
        }
        count(`${heard.status} ${verdict.says}`);
      }
    } finally {
      connection.end();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await front.close();
  }
}

function written({ method, path, query, headers, body }: FuzzRequest, isChunked: boolean): Buffer {
  const lines = [
    `${method} ${path}${query === '' ? '' : `?${query}`} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`,
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (!isChunked) return Buffer.concat([head, body]);
  const middle = Math.floor(body.length / 2);
  const chunks = [body.subarray(0, middle), body.subarray(middle)].filter((chunk) => chunk.length > 0);
  const parts = chunks.flatMap((chunk) => [
    Buffer.from(`${chunk.length.toString(16)}\r\n`),
    chunk,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([head, ...parts, Buffer.from('0\r\n\r\n')]);
}
