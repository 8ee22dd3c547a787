/** A helpdesk to look at: what it shows, and that it cannot write, by type and by wire (issue 6, build 5). */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { liveClock } from '../clock/live.ts';
import { VendorError } from '../errors.ts';
import { seededIds } from '../ids/memory.ts';
import { unlimited } from '../limits/unlimited.ts';
import type { Clock } from '../ports.ts';
import { plain } from '../restricted.testing.ts';
import { memorySecrets } from '../secrets/memory.ts';
import { liveHttpTransport } from './live-http.ts';
import { type RichpanelView, richpanelView } from './live-richpanel.ts';
import { richpanelCloser, richpanelSender, richpanelTagger } from './richpanel-capabilities.ts';
import { type RichpanelReads, richpanelReads, richpanelWrites } from './richpanel-client.ts';
import type { TagBook } from './richpanel-tags.ts';
import { type HttpTransport, type ReadTransport, readingOnly } from './transport.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let url: string;
let requests: string[];
let answer: Answer;
beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

// Nobody waits here: what is waited for is tested elsewhere.
const clock: Clock = { ...liveClock(), sleep: async () => {} };
const settings = (transport: ReadTransport) => ({
  transport,
  apiKey: async () => 'key',
  clock,
  ids: seededIds('view'),
});
const view = (): RichpanelView =>
  richpanelView({
    transport: liveHttpTransport(`${url}/v1`),
    secrets: memorySecrets(new Map([['richpanel/api_key', 'key']])),
    limits: unlimited(clock),
    knowsSeat: true,
    clock,
    ids: seededIds('view'),
  });
const says = (byPath: Readonly<Record<string, unknown>>, otherwise = 404): Answer => {
  return (request, response) => {
    const body = byPath[(request.url ?? '').replace(/^\/v1/, '')];
    const status = typeof body === 'number' ? body : body === undefined ? otherwise : 200;
    response.writeHead(status).end(typeof body === 'object' ? JSON.stringify(body) : '<html>no</html>');
  };
};

describe('what only reads', () => {
  it('is no client that writes, by type', () => {
    const reads: RichpanelReads = richpanelReads(settings(async () => ({ status: 200, headers: {}, body: '{}' })));
    const readTransport: ReadTransport = readingOnly(async () => ({ status: 200, headers: {}, body: '{}' }));
    const tags = {} as TagBook;
    // Never run: each line must not compile.
    const attempts = () => {
      // @ts-expect-error a reading client has no method that writes
      reads.put('/tickets/1/add-tags', {});
      // @ts-expect-error nor one that sends
      reads.once('/tickets/1/send-message', {}, { timeoutMs: 1, mayWrite: () => true });
      // @ts-expect-error no tagger is made of it
      richpanelTagger(reads, tags);
      // @ts-expect-error no closer
      richpanelCloser(reads);
      // @ts-expect-error no sender
      richpanelSender(reads, async () => 'usr', clock);
      // @ts-expect-error no writing client is made of a reading wire
      richpanelWrites({ ...settings(readTransport), transport: readTransport, isReadOnly: async () => false });
      // @ts-expect-error a reading wire carries no PUT
      readTransport({ method: 'PUT', path: '/', headers: {}, body: '{}', timeoutMs: 1 });
    };
    expect(attempts).toBeTypeOf('function');
    expectTypeOf<keyof RichpanelReads>().toEqualTypeOf<'get'>();
    expectTypeOf<keyof RichpanelView>().toEqualTypeOf<'tickets' | 'orders' | 'directory'>();
    expectTypeOf<ReadTransport>().not.toExtend<HttpTransport>();
  });

  it('puts nothing but GET on the wire, whatever is called on it and whatever a cast smuggles in', async () => {
    answer = says({}, 200);
    const { tickets, orders, directory } = view();
    const methods = [tickets, orders, directory].flatMap((part) =>
      Object.values(part as Readonly<Record<string, (...given: string[]) => Promise<unknown>>>),
    );
    expect(methods.length).toBe(9);
    for (const method of methods) await method('20401', '1').catch(() => undefined);
    const smuggled = readingOnly(liveHttpTransport(url)) as HttpTransport;
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH'])
      await expect(
        smuggled({ method: method as 'PUT', path: '/tickets/1', headers: {}, body: '{}', timeoutMs: 1_000 }),
      ).rejects.toMatchObject({ kind: 'read_only', mayHaveWritten: false });
    expect(requests.length).toBeGreaterThan(9);
    expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  });
});

describe('a ticket by its number (reference §3.2)', () => {
  const ticket = { id: '<a@mail.test>', conversation_no: 20417, created_at: '2026-01-12T09:00:00.000Z', comments: [] };
  const id = `b64u.${Buffer.from(ticket.id).toString('base64url')}`;

  it.each(['20417', '#20417', ' 20417 '])('%j is tried as an id, then as a number', async (reference) => {
    answer = says({ '/tickets/number/20417': { ticket } });
    expect(await view().tickets.ticketNamed(reference)).toMatchObject({ id });
    expect(requests).toEqual(['GET /v1/tickets/20417', 'GET /v1/tickets/number/20417']);
  });

  it('an id that is a number wins', async () => {
    answer = says({ '/tickets/20417': { ticket: { ...ticket, id: '20417' } }, '/tickets/number/20417': { ticket } });
    expect(await view().tickets.ticketNamed('20417')).toMatchObject({ id: '20417' });
  });

  it('a Message-ID is an id, encoded as one segment', async () => {
    answer = says({ '/tickets/%3Ca%40mail.test%3E': { ticket } });
    expect(await view().tickets.ticketNamed(ticket.id)).toMatchObject({ id });
  });

  it('knows nothing of a number that nobody has, or that an imported ticket lost', async () => {
    answer = says({}, 400);
    expect(await view().tickets.ticketNamed('20417')).toBeNull();
  });

  it.each([
    ['another number', { ...ticket, conversation_no: 20418 }],
    ['no id', { ...ticket, id: undefined }],
  ])('does not take a ticket with %s for it', async (_what, other) => {
    answer = says({ '/tickets/number/20417': { ticket: other } });
    await expect(view().tickets.ticketNamed('20417')).rejects.toMatchObject({ kind: 'parse' });
  });

  it.each(['', ' ', '.', '..', '{{ticket.id}}'])('%j is nobody, and is not asked for', async (reference) => {
    answer = says({}, 200);
    expect(await view().tickets.ticketNamed(reference)).toBeNull();
    expect(requests).toEqual([]);
  });
});

it.each(['', '.', '..', '\ud800', 'x'.repeat(2_000)])('no order has the id %j, and none is asked for', async (id) => {
  answer = says({}, 200);
  expect(plain(await view().orders.byId('acme', id))).toBeNull();
  expect(plain(await view().orders.byId(id, '1043'))).toBeNull();
  expect(requests).toEqual([]);
});

describe('lists (reference §1.5, §3.2c, §6)', () => {
  const query = 'page=1&per_page=100';
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => ({ id: `tag-${from + at}`, name: `name-${from + at}` }));

  it('are read to their end, over empty pages and more than a hundred rows', async () => {
    answer = says({
      [`/tags?${query}`]: { tag: rows(0, 100), count: 130, next_page: `${url}/v1/tags?page=2` },
      '/tags?page=2&per_page=100': { tag: [], next_page: `${url}/v1/tags?per_page=50&page=3` },
      '/tags?page=3&per_page=100': { tag: rows(100, 130), next_page: null },
    });
    const tags = await view().directory.tags();
    expect(tags).toEqual({ kind: 'all', rows: rows(0, 130) });
  });

  it.each([
    'https://elsewhere.example/v1/tags?page=2',
    '//elsewhere.example/v1/tags?page=2',
    'ftp://x/?page=2',
    'tags?cursor=abc',
  ])('%s is followed on the same host only', async (next_page) => {
    answer = says({
      [`/tags?${query}`]: { tag: rows(0, 1), next_page },
      '/tags?page=2&per_page=100': { tag: rows(1, 2) },
    });
    expect(await view().directory.tags()).toEqual({ kind: 'all', rows: rows(0, 2) });
    expect(requests).toHaveLength(2);
  });

  it('end where the next page is not a later one, after three empty pages, and after 50', async () => {
    const endless = (tag: unknown[], next: (page: number) => number): Answer => {
      return (request, response) => {
        const page = Number(new URL(request.url ?? '', url).searchParams.get('page'));
        response.end(JSON.stringify({ tag, next_page: `${url}/v1/tags?page=${next(page)}` }));
      };
    };
    for (const [given, most] of [
      [endless(rows(0, 1), (page) => page), 1],
      [endless(rows(0, 1), () => 1), 1],
      [endless([], (page) => page + 1), 3],
      [endless(rows(0, 1), (page) => page + 1), 50],
    ] as const) {
      requests = [];
      answer = given;
      await view().directory.tags();
      expect(requests).toHaveLength(most);
    }
  });

  it.each([
    ['teams', '/teams', 'team', { id: 't', name: 'Sales' }, { id: 't', name: 'Sales' }],
    ['teams', '/teams', 'teams', { id: 't', name: 'Sales' }, { id: 't', name: 'Sales' }],
    ['channels', '/channel', 'channels', { id: 7, type: 'email', x: 1 }, { id: '7', type: 'email' }],
    ['channels', '/channel', 'channel', { id: 'c' }, { id: 'c', type: null }],
    ['agents', '/users', 'users', { id: 'u', email: 'staff@shop.test', name: 'Pat' }, { id: 'u' }],
    ['agents', '/users', 'user', { id: 'u' }, { id: 'u' }],
  ] as const)('%s of %s under %j', async (name, path, wrapper, row, expected) => {
    answer = says({ [`${path}?${query}`]: { [wrapper]: [row, null, 'x', {}, { name: 'no id' }], next_page: null } });
    expect(await view().directory[name]()).toEqual({ kind: 'all', rows: [expected] });
  });

  it('shows tickets page by page, without what their rows lack', async () => {
    const ask = 'status=OPEN&sortKey=updated_at&order=DESC&updated_after=1768208400000';
    answer = says({
      [`/tickets?${ask}&page=2&per_page=100`]: {
        ticket: [
          { id: '<a@mail.test>', conversation_no: '20417', state: 'CLOSED', via: { channel: 'Email' }, tags: null },
          { id: null },
          { id: 'b', updated_at: 1_768_208_400_000, tags: ['x'], via: {}, comments: [{ via: { channel: 'chat' } }] },
        ],
        next_page: 'https://api.richpanel.com/v1/tickets?page=3',
      },
    });
    const query = { status: 'OPEN', sortKey: 'updated_at', updatedAfter: 1_768_208_400_000 } as const;
    expect(await view().directory.tickets(query, 2)).toEqual({
      kind: 'page',
      next: 3,
      rows: [
        {
          id: `b64u.${Buffer.from('<a@mail.test>').toString('base64url')}`,
          number: '20417',
          status: 'closed',
          channel: 'email',
          createdAt: null,
          updatedAt: null,
          tags: [],
        },
        {
          id: 'b',
          number: null,
          status: 'open',
          channel: 'livechat',
          createdAt: null,
          updatedAt: 1_768_208_400_000,
          tags: ['x'],
        },
      ],
    });
  });

  it.each([403, 404])('are told to be unavailable on %i; all else goes on', async (status) => {
    const id = '6d0d5b0e-6c1b-4a6f-9a52-0a1f3f7b0001';
    answer = says({ '/tickets/t': { ticket: { id: 't', created_at: 1_768_208_400_000, tags: [id, 'name'] } } }, status);
    const { directory, tickets } = view();
    for (const list of [directory.tickets, directory.tags, directory.teams, directory.channels, directory.agents])
      expect(await list()).toEqual({ kind: 'unavailable', status });
    expect((await tickets.ticket('t'))?.tags).toEqual([id, 'name']);
  });

  it('are an error on 401, and where the answer holds none', async () => {
    answer = says({}, 401);
    await expect(view().directory.tickets()).rejects.toMatchObject({ kind: 'auth', status: 401 });
    answer = says({ [`/tags?${query}`]: { tag: { id: 'x' } } });
    await expect(view().directory.tags()).rejects.toBeInstanceOf(VendorError);
  });
});

describe('tags that carry ids', () => {
  const id = (last: number) => `6d0d5b0e-6c1b-4a6f-9a52-0a1f3f7b000${last}`;
  it('are looked up again where one is newer than the list', async () => {
    let known = [{ id: id(1), name: 'old' }];
    answer = (request, response) => {
      const isList = (request.url ?? '').includes('/tags');
      const ticket = { id: 't', created_at: 1_768_208_400_000, tags: isList ? [] : [id(1), id(2)] };
      response.end(JSON.stringify(isList ? { tag: known } : { ticket }));
    };
    let now = 0;
    const { tickets } = richpanelView({
      transport: liveHttpTransport(`${url}/v1`),
      secrets: memorySecrets(new Map([['richpanel/api_key', 'key']])),
      limits: unlimited(clock),
      knowsSeat: false,
      clock: { ...clock, monotonic: () => now },
      ids: seededIds('tags'),
    });
    const names = async () => (await tickets.ticket('t'))?.tags;
    expect(await names()).toEqual(['old', id(2)]);
    known = [...known, { id: id(2), name: 'new' }];
    expect(await names()).toEqual(['old', id(2)]);
    now = 60_000;
    expect(await names()).toEqual(['old', 'new']);
    expect(requests.filter((request) => request.includes('/tags'))).toHaveLength(2);
  });
});
