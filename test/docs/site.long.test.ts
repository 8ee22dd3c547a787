/** The documentation as its reader has it: real Chromium, from a folder and served, dark and light, on a phone, by keyboard. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDocsSite } from '../../tools/docs-site/build.ts';
import { launchBrowser } from '../browser/browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const LONG_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-docs-'));
const site = join(folder, 'docs');
let browser: Browser;
let server: Server;
let served: string;

beforeAll(async () => {
  await buildDocsSite(site);
  // Below an address of its own, as the console serves it.
  server = createServer((request, response) => {
    const path = decodeURI((request.url ?? '').split('?')[0] ?? '').replace(/^\/docs\//, '');
    try {
      const body = readFileSync(join(site, path === '' ? 'index.html' : path));
      response
        .writeHead(200, {
          'content-type': TYPES[extname(path === '' ? 'index.html' : path)] ?? 'text/plain; charset=utf-8',
        })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  served = `http://127.0.0.1:${(server.address() as AddressInfo).port}/docs/`;
  browser = await launchBrowser();
}, LONG_MS);
afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Seen = { readonly page: Page; readonly complaints: string[]; readonly asked: string[]; close(): Promise<void> };

/** A reader whose browser tells what it complains of, and whom it asks. */
async function reader(options: BrowserContextOptions = {}): Promise<Seen> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on(
    'console',
    (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())),
  );
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('requestfailed', (request) => void complaints.push(`failed: ${request.url()}`));
  page.on(
    'response',
    (response) => void (response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`)),
  );
  page.on('request', (request) => void asked.push(request.url()));
  return { page, complaints, asked, close: () => context.close() };
}

async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 3)
          .join(', ')}`,
    );
}

const WAYS = [
  { way: 'from a folder', home: () => pathToFileURL(join(site, 'index.html')).href },
  { way: 'served below an address', home: () => served },
] as const;

describe.each(WAYS)('$way', ({ home }) => {
  it(
    'the search finds the page of ReplyDenied, and nobody else is asked',
    async () => {
      const { page, complaints, asked, close } = await reader();
      await page.goto(home());
      await page.getByRole('searchbox', { name: 'Search' }).fill('ReplyDenied');
      await page
        .getByRole('search')
        .getByRole('link', { name: /^ReplyDenied/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: 'ReplyDenied' }).waitFor();
      expect(page.url()).toContain('docs/events/reply-denied.html');
      await expect
        .poll(() =>
          page
            .getByRole('navigation', { name: 'Pages' })
            .getByRole('link', { name: 'ReplyDenied', exact: true })
            .getAttribute('aria-current'),
        )
        .toBe('page');
      expect(complaints).toEqual([]);
      const own = new URL('.', home()).href;
      expect(asked.filter((url) => !url.startsWith(own))).toEqual([]);
      await close();
    },
    LONG_MS,
  );

  it(
    'by keyboard alone: / searches, arrows choose, Enter opens, and the first Tab skips to the page',
    async () => {
      const { page, complaints, close } = await reader();
      await page.goto(home());
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
      await page.keyboard.press('/');
      await page.keyboard.type('kill switch');
      const first = page.getByRole('search').getByRole('link').first();
      await first.waitFor();
      const name = await first.getByRole('strong').textContent();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\.html/);
      const [title = ''] = (name ?? '').split(' · ');
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('xyzzyplugh');
      await expect.poll(() => page.getByRole('status').textContent()).toBe('Nothing found');
      await page.keyboard.press('Escape');
      expect(await page.getByRole('searchbox').inputValue()).toBe('');
      expect(complaints).toEqual([]);
      await close();
    },
    LONG_MS,
  );
});

describe('every reader', () => {
  const PAGES = [
    'index.html',
    'docs/README.html',
    'docs/operations.html',
    'docs/events/reply-denied.html',
    'docs/security.html',
  ];
  const READERS = [
    { who: 'light', options: { colorScheme: 'light' } },
    { who: 'dark', options: { colorScheme: 'dark' } },
    { who: 'on a phone', options: { colorScheme: 'light', ...PHONE } },
    { who: 'on a phone, dark', options: { colorScheme: 'dark', ...PHONE } },
  ] as const;

  it.each(READERS)(
    '$who: axe has no serious violation, the page is not wider than its window, no complaint',
    async ({ options }) => {
      const { page, complaints, close } = await reader(options);
      for (const path of PAGES) {
        await page.goto(`${served}${path}`);
        expect(await seriousViolations(page), path).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
          path,
        ).toBeLessThanOrEqual(0);
      }
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(paper).toBe(options.colorScheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(255, 255, 255)');
      expect(complaints).toEqual([]);
      await close();
    },
    LONG_MS,
  );

  it(
    'on a phone the pages open when they are wanted',
    async () => {
      const { page, close } = await reader(PHONE);
      await page.goto(served);
      const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Where to find what' });
      expect(await link.isVisible()).toBe(false);
      await page.getByText('All pages', { exact: true }).tap();
      await link.tap();
      await page.getByRole('heading', { level: 1, name: 'Where to find what' }).waitFor();
      await close();
    },
    LONG_MS,
  );

  it(
    'an anchor leads to its heading, and pictures are there',
    async () => {
      const { page, complaints, close } = await reader();
      await page.goto(`${served}docs/quality.html`);
      await page.getByRole('main').getByRole('link', { name: 'governance.md' }).click();
      await page.waitForURL(/governance\.html#what-agents-tell-us$/);
      await page.getByRole('heading', { name: /What agents tell us/ }).waitFor({ state: 'visible' });
      await page.goto(served);
      const picture = page.getByRole('img').first();
      // The browser fetches it when it likes.
      await expect
        .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth), {
          timeout: 10_000,
        })
        .toBeGreaterThan(0);
      expect(complaints).toEqual([]);
      await close();
    },
    LONG_MS,
  );

  it(
    'nothing inline and nothing foreign would run',
    async () => {
      const { page, complaints, close } = await reader();
      await page.goto(served);
      await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src="https://example.test/x.png">')`);
      await page.evaluate(
        `{ const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); }`,
      );
      await expect
        .poll(() => complaints.filter((one) => /Content Security Policy/i.test(one)).length)
        .toBeGreaterThanOrEqual(2);
      expect(await page.evaluate('window.ran')).toBeUndefined();
      await close();
    },
    LONG_MS,
  );
});
