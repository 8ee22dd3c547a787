/** What it costs and whether it is well, from the console alone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, seen } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { customerWrites } from './sandbox.ts';

let browser: Browser;
let frontdesk: Running;
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});

describe('see what messages cost and which promises hold', { timeout: 90_000 }, () => {
  it('after a customer wrote: the promises count the message, the dollars have its path, the disk its bytes', async () => {
    await customerWrites(frontdesk.ready, { text: 'My mug arrived broken, what can I do?' });
    const { page, complaints } = await openPage(browser, frontdesk);
    await page.getByRole('link', { name: 'Conversation', exact: true }).click();
    await page.getByRole('row').getByText('replied', { exact: true }).waitFor({ timeout: 30_000 });

    await page.getByRole('link', { name: 'Cost and health', exact: true }).click();
    await page.getByText('No alarm rings.').waitFor();
    const promises = page.getByRole('table', { name: 'Promises' });
    const answered = promises.getByRole('row').filter({ hasText: 'Webhook answered in time' });
    // Series reach the disk every five seconds, the page looks every ten.
    await answered.getByText(/^(kept|broken)$/).waitFor({ timeout: 40_000 });
    expect(await seen(answered)).toMatch(/p95 < 500 ms\s+(kept|broken)\s+\d+\.\d\d %\s+\d+/);

    const messages = page.getByRole('figure').filter({ hasText: 'Messages' });
    await messages.getByText('As a table').click();
    expect(await seen(messages.getByRole('row').nth(1))).toMatch(/\t[1-9]\d*\t/);

    await page.getByRole('button', { name: 'Count again' }).click();
    const paths = page.getByRole('table', { name: 'Dollars by path' });
    const tier1 = paths.getByRole('row').filter({ hasText: 'tier 1 reply' });
    await tier1.getByText('100.0 %', { exact: true }).waitFor({ timeout: 30_000 });
    expect(await seen(tier1)).toMatch(/tier 1 reply\s+1\s+100\.0 %\s+\$0\.\d+/);
    await page.getByRole('table', { name: 'Dollars by service' }).getByText('dynamodb').waitFor();

    const budgets = page.getByRole('table', { name: 'Shared budgets of calls' });
    expect(await seen(budgets)).toMatch(/richpanel writes\s+\d+ of 20/);

    await page.getByText('By part', { exact: true }).click();
    await page.getByRole('table', { name: 'Bytes on disk by part' }).getByText('table audit_trail').waitFor();
    expect(complaints).toEqual([]);
  });

  it('read a runbook at the address that an alarm links to', async () => {
    const { page, complaints } = await openPage(browser, frontdesk);
    await page.getByRole('link', { name: 'Cost and health', exact: true }).click();
    await page.getByText('No alarm rings.').waitFor();
    await page.goto(`${frontdesk.url}/cost/docs/runbooks/R005`);
    await page.getByRole('article').getByRole('heading', { level: 2 }).first().waitFor();
    await page.getByRole('link', { name: 'Back to what rings' }).click();
    await page.getByText('No alarm rings.').waitFor();
    expect(complaints).toEqual([]);
  });
});
