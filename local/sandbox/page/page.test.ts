/** The page to write as a customer or an agent: for this machine, with nothing from elsewhere. In a real browser: `test/full/sandbox-page`. */
import { request } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openShop, type TestShop } from '../testing.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop({ seedData: false });
});
afterEach(() => shop.close());

it.each([
  ['', 'text/html'],
  ['/', 'text/html'],
  ['/page.css', 'text/css'],
  ['/page.js', 'text/javascript'],
])('serves /__sandbox%s under a policy that lets in nothing else', async (name, type) => {
  const answer = await fetch(`${shop.url}/__sandbox${name}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  const text = await answer.text();
  expect(text).not.toMatch(/https?:|\/\/[a-z]+\.|<script>|style=|\son\w+=|innerHTML/);
});

it('asks for its own files alone', async () => {
  const page = await (await fetch(`${shop.url}/__sandbox/`)).text();
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1])).toEqual([
    '/__sandbox/page.css',
    '/__sandbox/page.js',
  ]);
});

it('is not there for another host or another site', async () => {
  const statusFor = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(`${shop.url}/__sandbox/`, { headers, agent: false }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end();
    });
  expect(await statusFor({ host: 'shop.example' })).toBe(403);
  expect(await statusFor({ origin: 'https://shop.example' })).toBe(403);
  expect(await statusFor({ 'sec-fetch-site': 'cross-site' })).toBe(403);
});

it('gets the tickets that changed last', async () => {
  for (const conversationId of ['a', 'b', 'c']) {
    await shop.control('POST', '/messages', { conversationId, text: 'hello' });
    await shop.control('POST', '/clock', { advanceMs: 1_000 });
  }
  await shop.control('POST', '/agent', { conversationId: 'a', text: 'I look into it' });
  const { body } = await shop.control('GET', '/tickets?newest=2');
  expect((body as { id: string }[]).map(({ id }) => id)).toEqual(['a', 'c']);
  expect((await shop.control('GET', '/tickets?newest=all')).status).toBe(400);
});
