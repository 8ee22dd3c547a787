/** Reading a real workspace over the wire: reference §1 and §3.2c, and issue 6's "Bad input" of tenant answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { restrained } from '../../functions/shared/helpdesk/restrained.ts';
import type { HttpRequest } from '../../functions/shared/helpdesk/transport.ts';
import { listRows } from './listing.ts';
import { paceOf } from './pace.ts';
import { startPoll } from './poll.ts';
import { workspaceReader } from './reader.ts';
import { transportTo, workspaceFrom } from './settings.ts';
import { type Posing, posingWorkspace, REAL_KEY } from './testing.ts';

let posing: Posing | null = null;
afterEach(async () => {
  await posing?.close();
  posing = null;
});

const readerOf = (url: string, apiKey = REAL_KEY, tries = 1) =>
  workspaceReader({ transport: transportTo({ baseUrl: `${url}/v1` }), apiKey, tries });

describe('which workspace', () => {
  it('is the vendor’s own unless another is named, with or without the version', () => {
    expect(workspaceFrom({ RICHPANEL_API_KEY: ' k ' })).toMatchObject({
      ok: true,
      workspace: {
        origin: 'https://api.richpanel.com',
        baseUrl: 'https://api.richpanel.com/v1',
        apiKey: 'k',
        seat: null,
      },
    });
    for (const url of ['http://127.0.0.1:4403', 'http://127.0.0.1:4403/', 'http://127.0.0.1:4403/v1/'])
      expect(workspaceFrom({ RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: url })).toMatchObject({
        workspace: { baseUrl: 'http://127.0.0.1:4403/v1', isLoopback: true },
      });
  });

  it.each([
    {},
    { RICHPANEL_API_KEY: '  ' },
    { RICHPANEL_API_KEY: 'two\nlines' },
    { RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: 'http://api.richpanel.com' },
    { RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: 'https://api.richpanel.com.example' },
    { RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: 'https://api.richpanel.com@example.com' },
    { RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: 'https://api.richpanel.com/elsewhere' },
    { RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: 'http://10.0.0.1' },
    { RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: 'ftp://127.0.0.1' },
    { RICHPANEL_API_KEY: 'k', RICHPANEL_BOT_AGENT_ID: 'a seat' },
  ])('is none for %j', (variables) => {
    expect(workspaceFrom(variables)).toMatchObject({
      ok: false,
      problem: expect.any(String),
      cure: expect.any(String),
    });
  });
});

describe('a reading', () => {
  it.each([
    [{ status: 200, body: '<html>log in</html>', type: 'text/html' }, 'unreadable'],
    [{ status: 200, body: '' }, 'unreadable'],
    [{ status: 200, body: '"text"' }, 'unreadable'],
    [{ status: 200, body: '{"ticket": [' }, 'unreadable'],
    [{ status: 302, body: '' }, 'refused'],
    [{ status: 400, body: '{}' }, 'refused'],
    [{ status: 401, body: '{}' }, 'unauthorised'],
    [{ status: 403, body: '<html>no</html>' }, 'forbidden'],
    [{ status: 404, body: '' }, 'not_found'],
    [{ status: 429, body: '' }, 'busy'],
    [{ status: 502, body: '<html>bad gateway</html>' }, 'broken'],
  ])('of %j is a value', async (answer, why) => {
    posing = await posingWorkspace({}, { answer: () => answer });
    expect(await readerOf(posing.url).get('/teams')).toMatchObject({ ok: false, why });
  });

  it('of a wrong key, of nobody and of silence is one too', async () => {
    posing = await posingWorkspace();
    expect(await readerOf(posing.url, 'wrong').get('/teams')).toMatchObject({ ok: false, why: 'unauthorised' });
    const { url } = posing;
    await posing.close();
    posing = null;
    expect(await readerOf(url).get('/teams')).toMatchObject({ ok: false, why: 'unreachable' });
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const port = (silent.address() as AddressInfo).port;
    expect(await readerOf(`http://127.0.0.1:${port}`).get('/teams')).toMatchObject({ ok: false, why: 'late' });
    silent.closeAllConnections();
    silent.close();
  }, 15_000);

  it('waits as long as the vendor asks, and asks once more', async () => {
    let asked = 0;
    const began = performance.now();
    const transport = async () => {
      asked += 1;
      return asked === 1
        ? { status: 429, headers: { 'retry-after': '1' }, body: '' }
        : { status: 200, headers: {}, body: '{}' };
    };
    expect(await workspaceReader({ transport, apiKey: 'k' }).get('/teams')).toEqual({ ok: true, value: {} });
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
  });
});

describe('a list', () => {
  it('goes through every page, empty ones too, by numbers of our own', async () => {
    posing = await posingWorkspace({ emptyPage: 2 });
    const listing = await listRows(readerOf(posing.url), '/tags', ['tag'], { pages: 10 });
    expect(listing).toMatchObject({ ok: true, isComplete: true });
    expect(listing.ok && listing.rows.length).toBeGreaterThan(100);
    expect(posing.asked.every((line) => line.startsWith('GET /v1/tags?page='))).toBe(true);
  });

  it('is refused to a key without lists, and to one that gets another object', async () => {
    posing = await posingWorkspace();
    const { listDeniedKey } = posing.sandbox.options;
    expect(await listRows(readerOf(posing.url, listDeniedKey), '/tickets', ['ticket'], { pages: 1 })).toMatchObject({
      why: 'forbidden',
    });
    await posing.close();
    posing = await posingWorkspace({}, { answer: () => ({ status: 200, body: '{"message":"log in"}' }) });
    expect(await listRows(readerOf(posing.url), '/tickets', ['ticket'], { pages: 1 })).toMatchObject({
      why: 'unreadable',
    });
  });
});

describe('polling', () => {
  const polling = (workspace: Posing, backlog = 20) => {
    const announced: string[] = [];
    const told: string[] = [];
    const poll = startPoll({
      reader: readerOf(workspace.url),
      everyMs: 20,
      since: Date.now(),
      backlog,
      announce: async (id) => void announced.push(id),
      tell: (line) => void told.push(line),
    });
    return { announced, told, poll };
  };
  const looks = (count: number) => async () => {
    while ((posing?.asked.length ?? 0) < count) await sleep(10);
  };

  it('tells of each change once, and of older tickets only at the first look', async () => {
    posing = await posingWorkspace();
    const { announced, poll } = polling(posing);
    await looks(3)();
    const first = announced.length;
    expect([first, new Set(announced).size]).toEqual([20, 20]);
    const wrote = { conversationId: 'new', channel: 'email', text: 'hello', customer: { email: 'ann@example.test' } };
    await posing.sandbox.customerWrites(wrote);
    await looks(posing.asked.length + 4)();
    expect(announced.slice(first)).toEqual(['new']);
    expect(poll.ticketNumber('new')).toBe(posing.sandbox.ticket('new')?.number);
    await sleep(5);
    await posing.sandbox.customerWrites(wrote);
    await looks(posing.asked.length + 4)();
    expect(announced.slice(first)).toEqual(['new', 'new']);
    await poll.stop();
  });

  it('takes no older ticket along where it might write', async () => {
    posing = await posingWorkspace();
    const { announced, poll } = polling(posing, 0);
    await looks(3)();
    await poll.stop();
    expect(announced).toEqual([]);
  });

  it.each([
    [{ status: 403, body: '{"message":"Forbidden"}' }, 'may not list tickets (403)'],
    [{ status: 401, body: '{}' }, 'the key is refused (401)'],
    [{ status: 200, type: 'text/html', body: '<html>log in</html>' }, 'not what the API answers'],
    [{ status: 200, body: '' }, 'not what the API answers'],
    [{ status: 500, body: '' }, 'could not be read (broken)'],
  ])('goes on and tells once what to do where the list answers %j', async (answer, line) => {
    posing = await posingWorkspace({}, { answer: () => answer });
    const { announced, told, poll } = polling(posing);
    await looks(4)();
    await poll.stop();
    expect(told).toEqual([expect.stringContaining(line)]);
    expect(announced).toEqual([]);
  });

  it('more changes than one look takes are told by the next ones, each once', async () => {
    const changed = Date.now() + 60_000;
    const rows = Array.from({ length: 1_050 }, (_, index) => ({
      id: `t${index}`,
      updated_at: new Date(changed - index).toISOString(),
    }));
    const answer = (path: string) => {
      const page = Number(new URL(path, 'http://list.test').searchParams.get('page'));
      const ticket = rows.slice((page - 1) * 100, page * 100);
      return { status: 200, body: JSON.stringify({ ticket, next_page: page * 100 < rows.length ? 'next' : null }) };
    };
    posing = await posingWorkspace({}, { answer });
    const { announced, told, poll } = polling(posing, 0);
    await vi.waitFor(() => expect(announced).toContain('t1049'), 10_000);
    await poll.stop();
    expect([announced.length, new Set(announced).size, told]).toEqual([1_050, 1_050, []]);
  });

  it('passes over rows that say nothing', async () => {
    const body = JSON.stringify({ ticket: [null, {}, 7, { id: '' }, { id: 'untimed' }], next_page: null });
    posing = await posingWorkspace({}, { answer: () => ({ status: 200, body }) });
    const { announced, told, poll } = polling(posing);
    await looks(3)();
    await poll.stop();
    expect({ announced, told }).toEqual({ announced: ['untimed'], told: [] });
  });
});

it('a pace lets no window hold more', async () => {
  const pace = paceOf(3, 200);
  const began = performance.now();
  const times: number[] = [];
  const one = () => pace().then(() => times.push(performance.now() - began));
  await Promise.all(Array.from({ length: 8 }, one));
  for (let index = 3; index < times.length; index += 1)
    expect((times[index] ?? 0) - (times[index - 3] ?? 0)).toBeGreaterThanOrEqual(198);
});

describe('a restrained transport', () => {
  const exchange = (path: string) => ({ path, headers: {}, timeoutMs: 1_000 });
  const reading = (path: string): HttpRequest => ({ method: 'GET', body: null, ...exchange(path) });
  const writing = (path: string, body: unknown): HttpRequest => ({
    method: 'PUT',
    body: JSON.stringify(body),
    ...exchange(path),
  });
  const tags = writing('/tickets/a/add-tags', { tags: ['x'] });
  const route = writing('/tickets/a', { ticket: { assignee_id: 'usr_07' } });
  const message = writing('/tickets/a/send-message', { body: 'x' });
  const comment = writing('/tickets/a', { ticket: { comment: { body: 'x', public: false } } });
  it.each([
    ['none', [], [tags, route, message, comment]],
    ['routing', [tags, route], [message, comment, writing('/tickets/a/attach-order/b/c', {})]],
    ['all', [tags, route, message, comment], []],
  ] as const)('%s', async (writes, carried, refused) => {
    const sent: HttpRequest[] = [];
    const carry = async (one: HttpRequest) => {
      sent.push(one);
      return { status: 200, headers: {}, body: '{}' };
    };
    const transport = restrained(carry, writes);
    for (const one of [reading('/tickets/a'), ...carried]) await transport(one);
    for (const one of refused) await expect(transport(one)).rejects.toMatchObject({ kind: 'read_only', applied: 'no' });
    expect(sent).toHaveLength(carried.length + 1);
  });
});
