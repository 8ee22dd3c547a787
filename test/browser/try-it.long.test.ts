/** A customer asks where the order is, and everybody can watch. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, seen } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { outboxOf, sandboxTicket } from './sandbox.ts';

let browser: Browser;
let frontdesk: Running;
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});

describe('a customer asks where the order is', { timeout: 90_000 }, () => {
  it('write as the customer, watch it go through, read the reply that stands in the outbox, then answer as an agent', async () => {
    const { page, complaints } = await openPage(browser, frontdesk);
    await page.getByRole('link', { name: 'Try it', exact: true }).click();

    await page.getByRole('combobox', { name: 'Channel' }).selectOption({ label: 'e-mail' });
    await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'one, in transit' });
    await page.getByRole('textbox', { name: 'Message' }).fill('Hi, where is my order? Thanks');
    await page.getByRole('button', { name: 'Send as the customer' }).click();

    const steps = page.getByRole('list', { name: 'Steps' });
    for (const step of ['received', 'classified', 'order found', 'approved', 'sent', 'settled'])
      await steps.getByText(step, { exact: true }).waitFor({ timeout: 30_000 });
    const watched = page.getByRole('region', { name: 'On its way' });
    await watched.getByText('Replied with t_order_status_verified', { exact: false }).waitFor();

    const shown = await seen(watched.getByRole('blockquote'));
    const number = /ticket (\d+)/.exec(await seen(watched.getByRole('heading', { level: 2 })))?.[1] ?? '';
    const { id, isAnswered } = await sandboxTicket(frontdesk.ready, number);
    const [received, ...others] = await outboxOf(frontdesk.ready, id);
    expect(others).toEqual([]);
    expect(isAnswered).toBe(true);
    expect(wordsOf(shown)).toBe(wordsOf(received?.body ?? ''));

    await page.getByRole('textbox', { name: 'Answer' }).fill('Hello, I will look after this myself.');
    await page.getByRole('button', { name: 'Send as the agent' }).click();
    const talk = page.getByRole('list', { name: 'Messages on the ticket' }).getByRole('listitem');
    await talk.filter({ hasText: 'I will look after this myself' }).getByText('An agent', { exact: false }).waitFor();

    await page.getByRole('link', { name: 'Why: the whole conversation' }).click();
    await page.getByRole('heading', { level: 1, name: 'Conversation' }).waitFor();
    const answer = page.getByRole('region', { name: 'The answer' });
    await answer.getByText('Replied with t_order_status_verified', { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is told so far, not refused, while the trail is a moment behind', async () => {
    const { page } = await openPage(browser, frontdesk);
    const ask = async (query: string) =>
      (await page.request.get(`${frontdesk.url}/api/ticket?id=conv-new${query}`)).status();
    expect([await ask('&awaited=yes'), await ask('')]).toEqual([200, 404]);
  });
});

/** Words alone: an e-mail's body is HTML, the page shows its text. */
function wordsOf(body: string): string {
  const text = body
    .replace(/<a [^>]*>|<\/a>/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  return (text.match(/[\p{L}\p{N}:/.?=]+/gu) ?? []).join(' ');
}
