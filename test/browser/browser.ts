/** A real Chromium for the pages of the console: what it complains about, asks for and cannot read is told. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Debian's in CI; elsewhere what Playwright has fetched, or a Chrome where one usually is. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws Error that says how to get one */
export function browserHere(): string {
  const here = [process.env.FRONTDESK_TEST_BROWSER, ...PLACES, chromium.executablePath()].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
  if (here === undefined) {
    throw new Error(
      'no Chromium here: install it (Debian: `apt-get install chromium`; elsewhere: `npx playwright-core install chromium`) or name one in FRONTDESK_TEST_BROWSER',
    );
  }
  return here;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserHere(), args: ['--no-sandbox'] });
}

export type Seen = {
  readonly page: Page;
  /** What the browser put on its console as a warning or an error, and what was thrown in the page. */
  readonly complaints: readonly string[];
  /** Addresses outside the page's own origin that it asked for. */
  readonly foreign: readonly string[];
};

export type Look = {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly zone?: string;
};

/** Opens the console by the link that `npm start` printed, in a browser of its own. */
export async function openPage(
  browser: Browser,
  { url, token }: { readonly url: string; readonly token: string },
  { width = 1280, height = 900, theme = 'light', zone = 'Europe/Berlin' }: Look = {},
): Promise<Seen> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    timezoneId: zone,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) foreign.push(request.url());
  });
  await page.goto(`${url}/?token=${token}`);
  return { page, complaints, foreign };
}

/** The words of it as a person sees them, cells and lines apart. */
export async function seen(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts()).join('\n');
}
