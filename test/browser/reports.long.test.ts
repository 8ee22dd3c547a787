/** The reports over the analytics rows, from the console alone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { launchBrowser, openPage, seen } from './browser.ts';
import { customerWrites, replyTo } from './customer.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { tabTo } from './keyboard.ts';

let browser: Browser;
let frontdesk: Running;
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});

describe('see how far messages come, and how long they take', { timeout: 120_000 }, () => {
  it('after a customer was answered: the funnel counts the reply; by keyboard, for another time', async () => {
    const { conversationId } = await customerWrites(frontdesk, 'where is my order?');
    await replyTo(frontdesk, conversationId);
    const { page, complaints } = await openPage(browser, frontdesk);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Reports' }).click();

    // Nobody made any before: the page has them made. The row of a reply is written when the message has settled.
    const funnel = page.getByRole('table', { name: 'Funnel' });
    await funnel.waitFor();
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Make the reports' }).click();
          await page.getByText('Shown: the last 7 days').waitFor();
          return seen(funnel.getByRole('row').filter({ hasText: 'settled' }));
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toMatch(/settled\s+1\s+0\s+100\.0/);
    expect(await seen(funnel.getByRole('row').filter({ hasText: 'replied' }))).toMatch(/replied\s+1\s+0\s+100\.0/);
    await page
      .getByRole('table', { name: 'Deflection' })
      .getByRole('row', { name: /^email 1 1/ })
      .waitFor();
    await page
      .getByRole('table', { name: 'Response times' })
      .getByRole('row', { name: /^email replied 1/ })
      .waitFor();
    const cost = page.getByRole('table', { name: 'Cost of models' });
    await cost.getByRole('row', { name: /order status tracking 1/ }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    const time = page.getByRole('combobox', { name: 'Messages of' });
    await tabTo(page, time);
    await page.keyboard.type('all');
    await tabTo(page, page.getByRole('button', { name: 'Make the reports' }));
    await page.keyboard.press('Enter');
    await page.getByText('Shown: all there is before').waitFor();
    expect(await seen(funnel.getByRole('row').filter({ hasText: 'settled' }))).toMatch(/settled\s+1\s+0/);

    // Whoever opens the page next finds them made.
    await page.reload();
    await page.getByText('Shown: all there is before').waitFor();
    expect(complaints).toEqual([]);
  });
});
