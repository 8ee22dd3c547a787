/** interfaces §1 (the console's token) and architecture §4 (only for us). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOOR_LIMITS } from '../../../local/host/loopback-server.ts';
import { type ConsoleForTests, consoleForTests } from '../testing.ts';

const TOKEN = 'a-token-of-this-start';
const downloads = mkdtempSync(join(tmpdir(), 'frontdesk-downloads-'));
let page: ConsoleForTests;
beforeAll(async () => {
  page = await consoleForTests(TOKEN, DOOR_LIMITS, downloads);
});
afterAll(async () => {
  await page.close();
  rmSync(downloads, { recursive: true, force: true });
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
    ['the cookie of another console', { cookie: `frontdesk-1=${TOKEN}` }],
  ])('shows nothing with %s', async (_, headers) => {
    for (const path of ['/', '/state', '/api/status', '/api/jobs', '/stream', '/assets/main.js'])
      expect((await ask(path, headers)).status).toBe(401);
  });

  it('shows nothing with a wrong cookie of its own name', async () =>
    expect((await ask('/', { cookie: `frontdesk-${page.port}=other` })).status).toBe(401));

  it('refuses a wrong link', async () => expect((await ask('/?token=other')).status).toBe(401));

  it('turns the link into a cookie that no page reads and no other site sends', async () => {
    const first = await ask(`/?token=${TOKEN}`);
    expect([first.status, first.headers.location, first.headers['set-cookie']]).toEqual([
      303,
      '/',
      [`frontdesk-${page.port}=${TOKEN}; HttpOnly; SameSite=Strict; Path=/`],
    ]);
    const cookie = `theme=dark; frontdesk-1=of-another; frontdesk-${page.port}=${TOKEN}`;
    expect((await ask('/', { cookie })).status).toBe(200);
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
    expect((await ask('/api/status', { ...bearer, ...headers })).status).toBe(403);
  });

  it('changes nothing outside its commands', async () => {
    expect(await ask('/', bearer, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(await ask('/stream', bearer, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('shows the page at every address within it, and no file that is not the page’s', async () => {
    expect((await ask('/conversations/1042', bearer)).body).toContain('<div id="page">');
    for (const path of ['/package.json', '/assets/..%2f..%2fpackage.json', '/assets/../../package.json'])
      expect((await ask(path, bearer)).status).toBe(404);
  });
});

describe('a command', () => {
  it('that reads is asked with GET, and answered with what the command line prints', async () => {
    expect(await ask('/api/status', bearer)).toMatchObject({ status: 200, body: '{"asked":"status","input":{}}' });
    expect((await ask('/api/status', bearer, 'POST')).status).toBe(405);
  });

  it('that nobody knows is none', async () => expect((await ask('/api/nothing', bearer)).status).toBe(404));
});

describe('a file to take away', () => {
  it('comes with its name, to who may see the page', async () => {
    writeFileSync(join(downloads, 'whatif-1.json'), '{"decisions":1}\n');
    expect(await ask('/downloads/whatif-1.json', bearer)).toMatchObject({
      status: 200,
      body: '{"decisions":1}\n',
      headers: { 'content-disposition': 'attachment; filename="whatif-1.json"', 'content-length': '16' },
    });
    expect((await ask('/downloads/whatif-1.json')).status).toBe(401);
    expect((await ask('/downloads/whatif-1.json', bearer, 'POST')).status).toBe(405);
  });

  it.each(['nothing.json', '..%2fversion.json', '.hidden.json', 'whatif-1', ''])('is not %j', async (name) =>
    expect((await ask(`/downloads/${name}`, bearer)).status).toBe(404),
  );
});

describe('the documentation', () => {
  it('stands below /docs/, for whoever may look at the console', async () => {
    expect((await ask('/docs/docs/recovery.html')).status).toBe(401);
    expect((await ask('/docs/docs/recovery.html', bearer)).body).toContain('<h1');
    expect((await ask('/docs/docs/nothing.html', bearer)).status).toBe(404);
    expect((await ask('/docs/..%2f..%2fpackage.json', bearer)).status).toBe(404);
  });

  it('is asked for anew at each look, since its files keep their names from release to release', async () => {
    const { status, headers } = await ask('/docs/assets/docs.css', bearer);
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
  });
});

describe('the stream', () => {
  it('tells a page that opens everything first', async () => {
    const first = await new Promise<string>((resolve, reject) => {
      const call = request(`${page.url}/stream`, { headers: bearer, agent: false }, (response) => {
        response.once('data', (chunk: Buffer) => {
          resolve(chunk.toString());
          call.destroy();
        });
      });
      call.on('error', reject);
      call.end();
    });
    expect(first).toBe('event: about\ndata: {"mode":"auto"}\n\n');
  });
});
