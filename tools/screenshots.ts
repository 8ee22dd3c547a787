// node bin/launch.js tools/screenshots.ts [DATA_FOLDER]
// Pictures of every page of the console's menu, light and dark, desktop and phone, into docs/pictures/. Run by hand: they show a
// moment of an instance with invented customers.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/browser/browser.ts';
import { startFrontdesk } from '../test/browser/instance.ts';
import { takePicture } from './screenshots/picture.ts';

const OUT = join(import.meta.dirname, '..', 'docs', 'pictures');
/** Conversations for the pictures; the last of them is still under way. */
const CONVERSATIONS_A_MINUTE = '12';
const PLAY_MS = 60_000;
const SETTLE_MS = 3_000;
const LOOKS = [
  { name: 'desktop', width: 1440, height: 960 },
  { name: 'phone', width: 390, height: 844 },
] as const;

const frontdesk = await startFrontdesk(['--traffic', CONVERSATIONS_A_MINUTE], process.argv[2]);
const browser = await launchBrowser();
try {
  await sleep(PLAY_MS);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const theme of ['light', 'dark'] as const)
    for (const { name: look, width, height } of LOOKS) {
      const context = await browser.newContext({
        ...{ viewport: { width, height }, colorScheme: theme, timezoneId: 'Europe/Berlin', locale: 'en-GB' },
        reducedMotion: 'no-preference',
      });
      const page = await context.newPage();
      await page.goto(`${frontdesk.url}/?token=${frontdesk.token}`);
      const keep = async (name: string): Promise<void> => {
        await sleep(SETTLE_MS);
        const file = join(OUT, `${name}-${look}-${theme}.png`);
        const bytes = await takePicture(page, file);
        process.stdout.write(`${file}: ${Math.round(bytes / 1024)} KB\n`);
      };
      for (const { path, name } of await menuOf(page)) {
        await page.goto(`${frontdesk.url}/${path}`);
        await page.getByRole('heading', { level: 1, name }).waitFor();
        await keep(path === '' ? 'live' : path);
      }
      await page.goto(`${frontdesk.url}/conversations`);
      await page
        .getByRole('main')
        .getByRole('row')
        .filter({ hasText: 'replied' })
        .first()
        .getByRole('link')
        .first()
        .click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await keep('conversation');
      await context.close();
    }
} finally {
  await browser.close();
  await frontdesk.stop();
}

/** As the page shows it. */
async function menuOf(page: Page): Promise<{ readonly path: string; readonly name: string }[]> {
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await links.first().waitFor();
  const found = await links.all();
  return Promise.all(
    found.map(async (link) => ({
      path: ((await link.getAttribute('href')) ?? '/').slice(1),
      name: (await link.textContent()) ?? '',
    })),
  );
}
