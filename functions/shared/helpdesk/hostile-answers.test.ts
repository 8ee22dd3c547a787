/** Whatever a vendor answers, a client answers a value or throws a `VendorError` that quotes nothing, and ends (issue 6, "Bad input"). */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { liveClock } from '../clock/live.ts';
import { VendorError } from '../errors.ts';
import { seededIds } from '../ids/memory.ts';
import type { Clock, Ticket } from '../ports.ts';
import { plain } from '../restricted.testing.ts';
import { restrict } from '../restricted.ts';
import { liveHttpTransport } from './live-http.ts';
import { richpanelPorts, richpanelView } from './live-richpanel.ts';
import type { HttpTransport } from './transport.ts';

const CANARY = 'canary-7f3a';
const clock: Clock = { ...liveClock(), sleep: async () => {} };

function everything(transport: HttpTransport): readonly (() => Promise<unknown>)[] {
  const parts = {
    transport,
    secrets: { read: async () => 'the-key' },
    limits: { take: async () => true },
    isReadOnly: async () => false,
    knowsSeat: true,
    clock,
    ids: seededIds('hostile'),
  };
  const ports = richpanelPorts(parts);
  const { tickets, orders, directory } = richpanelView(parts);
  const message = { conversationId: 't-1', channel: 'email', text: restrict(CANARY) } as const;
  return [
    () => tickets.ticket('t-1'),
    () => tickets.ticketNamed('20417'),
    () => orders.linked('t-1'),
    () => orders.byId('acme', '#1043'),
    () => directory.tickets(),
    () => directory.tags(),
    () => directory.teams(),
    () => directory.channels(),
    () => directory.agents(),
    () => ports.tagger().addTags('t-1', ['mw-processed']),
    () => ports.tagger().removeTags('t-1', ['mw-processed']),
    () => ports.tagger().reopen('t-1'),
    () => ports.closer().close('t-1'),
    () => ports.sender().send(message, 1_000, () => true),
    () => ports.sender().send({ ...message, channel: 'livechat' }, 1_000, () => true),
  ];
}

/** `null` when all is well, else what was wrong. */
async function wrongWith(run: () => Promise<unknown>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (!(error instanceof VendorError)) return `threw ${String(error)}`;
    const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    return shown.includes(CANARY) || shown.includes('the-key') ? `quoted: ${shown}` : null;
  }
}

const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.constantFrom(null, true, -1, 1e300, 1e16, '', ' ', CANARY, [], {}, [[]], '\ud800', '\u0000', '0', 'false', '..'),
  fc.constantFrom('9999-12-31T23:59:59Z', '-271821-04-20', '2026-13-45T99:99:99Z', 8.64e15, -8.64e15, '1e999'),
);
const maybe = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
const source = maybe(['from', 'to'], fc.oneof(anyValue, maybe(['address', 'name'], anyValue)));
const via = fc.oneof(anyValue, maybe(['channel', 'is_operator', 'isOperator'], anyValue), fc.record({ source }));
const comment = fc.oneof(
  anyValue,
  maybe(['id', 'author_id', 'created_at', 'body', 'plain_body', 'html_body', 'attachments', 'is_operator'], anyValue),
  fc.record({ via, created_at: fc.constantFrom(1_768_208_400_000, '2026-01-12T09:00:00Z'), sender_type: anyValue }),
);
const ticket = fc.record(
  {
    id: fc.oneof(fc.constant('t-1'), anyValue),
    conversation_no: fc.oneof(fc.constantFrom(20417, '20417'), anyValue),
    created_at: fc.oneof(fc.constant(1_768_208_400_000), anyValue),
    status: anyValue,
    state: anyValue,
    tags: fc.oneof(anyValue, fc.array(fc.oneof(anyValue, fc.uuid()))),
    via,
    comments: fc.oneof(anyValue, fc.array(comment)),
    customer_profile: fc.oneof(anyValue, maybe(['id', 'email', 'name', 'firstName'], anyValue)),
    app_client_id: anyValue,
    [CANARY]: anyValue,
  },
  { requiredKeys: [] },
);
const rows = fc.oneof(fc.array(fc.oneof(ticket, anyValue), { maxLength: 5 }), anyValue);
const answered = fc.oneof(
  anyValue,
  ticket,
  fc.record({ ticket }),
  maybe(['ticket', 'tag', 'team', 'channels', 'users', 'order', 'orderId', 'appClientId', 'next_page'], rows),
  fc.record({ tag: rows, next_page: fc.constantFrom(`https://${CANARY}.example/?page=2`, '?page=1e9', 'x', null, 7) }),
);
const json = answered.map((value) => JSON.stringify(value) ?? '');
const body = fc.oneof(
  { weight: 8, arbitrary: json },
  { weight: 2, arbitrary: fc.tuple(json, fc.nat(200)).map(([text, at]) => text.slice(0, at)) },
  fc.constantFrom('', ' \n', `<html><body>${CANARY}</body></html>`, 'null', 'NaN', '{"ticket":', '\ufeff{}', '[[[['),
  fc.constantFrom('['.repeat(50_000), `${'['.repeat(50_000)}12345678901234567${']'.repeat(50_000)}`),
  fc.string({ unit: 'binary' }),
);
const status = fc.oneof(
  { weight: 6, arbitrary: fc.constant(200) },
  fc.constantFrom(201, 204, 301, 304, 400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 502, 503, 504, 599),
);
const headers = maybe(
  ['retry-after', 'x-ratelimit-reset', 'date'],
  fc.constantFrom('', '-1', '1e9', 'x', '0', '99999999999', 'Thu, 32 Foo'),
);

describe('any answer', () => {
  it('is a value or a VendorError that quotes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ status, headers, body }), { minLength: 1, maxLength: 4 }),
        async (answers) => {
          for (let at = 0; at < everything(async () => answers[0] as never).length; at += 1) {
            let calls = 0;
            const transport: HttpTransport = async () => {
              calls += 1;
              const { headers: given, ...answer } = answers[calls % answers.length] ?? {
                status: 200,
                body: '',
                headers: {},
              };
              return { ...answer, headers: given as Record<string, string> };
            };
            const run = everything(transport)[at];
            expect(run && (await wrongWith(run))).toBeNull();
            // Two attempts for each of at most 50 pages of two lists.
            expect(calls).toBeLessThanOrEqual(2 * 2 * 50);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('about a ticket is one that the product can work on: real instants, ids in the codec, texts', async () => {
    await fc.assert(
      fc.asyncProperty(ticket, async (given) => {
        const [read] = everything(async () => ({ status: 200, headers: {}, body: JSON.stringify({ ticket: given }) }));
        const found = (await read?.().catch(() => null)) as Ticket | null;
        for (const { createdAt, id, text, author } of found?.comments ?? []) {
          expect(new Date(createdAt).toISOString()).toMatch(/^\d{4}-/);
          expect(id).toMatch(/^[A-Za-z0-9_\-:.]{1,512}$/);
          expect(plain(text)).toBeTypeOf('string');
          expect(['customer', 'bot', 'agent', 'unknown']).toContain(author);
        }
      }),
      { numRuns: 200 },
    );
  });
});

const servers: (Server | TcpServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
async function listening(server: Server | TcpServer): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('any wire', () => {
  const http = (respond: (response: ServerResponse) => void) => createServer((_request, response) => respond(response));
  const tcp = (bytes: string) =>
    createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(bytes));
    });
  it.each<[string, () => Server | TcpServer]>([
    [
      'a redirect to another host',
      () => http((response) => response.writeHead(302, { location: `http://${CANARY}.example/` }).end()),
    ],
    ['no HTTP at all', () => tcp(`${CANARY}\r\n\r\n`)],
    ['nothing', () => tcp('')],
    ['half of a head', () => tcp('HTTP/1.1 200 OK\r\nContent-')],
    ['half of a body', () => tcp('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ticket":')],
    ['a body of a length that lies', () => tcp('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"ticket":{}}')],
    ['two lengths', () => tcp('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}')],
    ['a broken chunk', () => tcp('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n')],
    ['another protocol', () => tcp('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')],
    ['a head without end', () => tcp(`HTTP/1.1 200 OK\r\nx: ${CANARY.repeat(5_000)}\r\n\r\n{}`)],
    ['bytes that are no text', () => http((response) => response.end(Buffer.from([0xff, 0xfe, 0x00, 0x7b])))],
    [
      'a packed body',
      () =>
        http((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from([31, 139, 8, 0]))),
    ],
  ])('%s', async (_what, server) => {
    const transport = liveHttpTransport(await listening(server()));
    for (const run of everything((request) => transport({ ...request, timeoutMs: 200 })))
      expect(await wrongWith(run)).toBeNull();
  });

  it('a body without end is cut off', async () => {
    const chunk = Buffer.alloc(1024 * 1024, '[');
    const endless = http((response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    const transport = liveHttpTransport(await listening(endless));
    const request = { method: 'GET', path: '/', headers: {}, body: null, timeoutMs: 20_000 } as const;
    await expect(transport(request)).rejects.toMatchObject({ kind: 'network' });
  });
});
