/** interfaces §1 (the console's token) and architecture §4 (only for us). */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPaths } from '../view/paths.ts';
import { createFeed, type Feed } from './feed.ts';
import { type ConsoleServer, startConsole } from './server.ts';

const TOKEN = 'a-token-of-this-start';
let feed: Feed;
let page: ConsoleServer;
beforeAll(async () => {
  feed = createFeed({ paths: createPaths(), ticketNumber: () => 7, about: () => ({ mode: 'auto' }) });
  page = await startConsole({ port: 0, token: TOKEN, feed });
});
afterAll(async () => {
  feed.close();
  await page.close();
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(`${page.url}${path}`, { method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    call.on('error', reject);
    call.end();
  });
}
const bearer = { authorization: `Bearer ${TOKEN}` };

describe('the console', () => {
  it('says that it is ready to anybody here', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: '{"ready":true}' });
  });

  it.each([
    ['no token', {}],
    ['a wrong bearer', { authorization: 'Bearer other' }],
    ['a wrong cookie', { cookie: 'frontdesk=other' }],
  ])('shows nothing with %s', async (_, headers) => {
    for (const path of ['/', '/state', '/events', '/console.js']) expect((await ask(path, headers)).status).toBe(401);
  });

  it('refuses a wrong link', async () => expect((await ask('/?token=other')).status).toBe(401));

  it('turns the link into a cookie that no page reads and no other site sends', async () => {
    const first = await ask(`/?token=${TOKEN}`);
    expect([first.status, first.headers.location, first.headers['set-cookie']]).toEqual([
      303,
      '/',
      [`frontdesk=${TOKEN}; HttpOnly; SameSite=Strict; Path=/`],
    ]);
    expect((await ask('/', { cookie: `theme=dark; frontdesk=${TOKEN}` })).status).toBe(200);
  });

  it.each(['//evil.example/', '/.//evil.example', '/x/..//evil.example'])(
    'leads to no other host by %s',
    async (path) => {
      const answer = await ask(`${path}?token=${TOKEN}`);
      expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
    },
  );

  it('shows the page to a bearer, with nothing from elsewhere', async () => {
    const { status, headers, body } = await ask('/', bearer);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it.each([
    ['a rebound name', { host: 'evil.example' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s even with the token', async (_, headers) => {
    expect((await ask('/state', { ...bearer, ...headers })).status).toBe(403);
  });

  it('only reads', async () => {
    expect(await ask('/state', bearer, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('tells the state as JSON', async () => {
    expect(JSON.parse((await ask('/state', bearer)).body)).toEqual({
      about: { mode: 'auto' },
      counters: { received: 0, settled: 0, inFlight: 0, outcomes: { replied: 0, routed: 0, suppressed: 0, failed: 0 } },
      paths: [],
    });
  });
});
