/** The console in a real browser: found by role and visible name, with nothing wrong on any page. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MENU } from '../../operate/console/page/menu.ts';
import { seriousViolations } from './axe.ts';
import { launchBrowser, openPage } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { hasFocus } from './keyboard.ts';

let browser: Browser;
let frontdesk: Running;
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});

describe.each([
  { width: 1280, height: 900, theme: 'light' },
  { width: 1280, height: 900, theme: 'dark' },
  { width: 390, height: 844, theme: 'light' },
  { width: 390, height: 844, theme: 'dark' },
] as const)('at $width pixels, $theme', (look) => {
  it.each(MENU.map(({ name }) => name))('%s has nothing wrong', async (name) => {
    const { page, complaints, foreign } = await openPage(browser, frontdesk, look);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    // Nothing sticks out to the side; tables scroll within themselves.
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(look.width);
    await page.context().close();
  });
});

it('the keyboard comes to the name of a page that is opened, and of the one that Back leads to', async () => {
  const { page } = await openPage(browser, frontdesk);
  const [live, switches] = ['Live', 'Switches'].map((name) => page.getByRole('heading', { level: 1, name }));
  if (live === undefined || switches === undefined) throw new Error('two names are two headings');
  await live.waitFor();
  await page.getByRole('link', { name: 'Switches', exact: true }).click();
  await expect.poll(() => hasFocus(page, switches)).toBe(true);
  await page.goBack();
  await expect.poll(() => hasFocus(page, live)).toBe(true);
  await page.context().close();
});
