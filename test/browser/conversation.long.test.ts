/** Find why a ticket got its reply: from the console alone, by mouse and by keyboard. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, seen } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { tabTo } from './keyboard.ts';
import { customerWrites, outboxOf } from './sandbox.ts';

let browser: Browser;
let frontdesk: Running;
let ticket: { readonly number: string; readonly conversation: string };
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
  // A customer wrote, and was answered: what follows asks why.
  const written = await customerWrites(frontdesk.ready, { text: 'My mug arrived broken, what can I do?' });
  ticket = { number: String(written.ticketNumber), conversation: written.conversationId };
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});

/** What the page must show of that ticket, whichever way one came to it. */
async function seesWhy(page: Page): Promise<void> {
  const answer = page.getByRole('region', { name: 'The answer' });
  await answer.getByText('Replied with t_damaged_item_intake because every gate agreed', { exact: false }).waitFor();

  const gates = page.getByRole('table', { name: 'Gate report' }).getByRole('row');
  expect(await gates.count()).toBe(35);
  const confidence = gates.filter({ has: page.getByRole('rowheader', { name: 'G14' }) });
  expect(await seen(confidence)).toMatch(/confidence in the route\s+confidence \d\.\d\d, needs 0\.60\s+agreed/);

  const facts = page.getByRole('list', { name: 'Facts in order' }).getByRole('listitem');
  expect(await seen(facts.first())).toContain('MessageReceived by ingest');
  expect(await seen(facts.last())).toContain('MessageSettled by responder-reply');
  expect(await seen(facts.filter({ hasText: 'ReplySent' }))).toContain('because of ReplyApproved');

  const reply = page.getByRole('region', { name: 'Reply' });
  expect(await seen(reply)).toMatch(/t_damaged_item_intake version \d+\.\d+\.\d+/);
  const shown = await seen(reply.getByRole('blockquote'));
  const [received] = await outboxOf(frontdesk.ready, ticket.conversation);
  expect(words(shown)).toBe(words(textOf(received?.body ?? '')));

  const written = page.getByRole('table', { name: 'Written to the ticket' });
  expect(await seen(written)).toMatch(/team Returns Admin[\s\S]*route-returns-admin/);
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
const textOf = (html: string): string =>
  html
    .replace(/<li>/gi, ' - ')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'");

async function isAnswered(page: Page): Promise<void> {
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: ticket.number }) });
  await row.getByText('replied', { exact: true }).waitFor({ timeout: 30_000 });
}

describe('find why a ticket got its reply', { timeout: 60_000 }, () => {
  it('by mouse: open Conversation, choose the ticket among the last ones, read the answer, follow its way', async () => {
    const { page, complaints } = await openPage(browser, frontdesk);
    await page.getByRole('link', { name: 'Conversation', exact: true }).click();
    await isAnswered(page);
    await page.getByRole('link', { name: ticket.number }).click();
    await seesWhy(page);
    await page.getByText('Waterfall of trace').click();
    const waterfall = page.getByRole('table', { name: 'Waterfall' });
    await waterfall.getByRole('rowheader', { name: 'responder-reply' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('by keyboard: reach the search, type the number, read the answer', async () => {
    const { page, complaints } = await openPage(browser, frontdesk);
    await tabTo(page, page.getByRole('link', { name: 'Conversation', exact: true }));
    await page.keyboard.press('Enter');
    await isAnswered(page);
    await tabTo(page, page.getByRole('searchbox'));
    await page.keyboard.type(ticket.number);
    await page.keyboard.press('Enter');
    await seesWhy(page);
    await tabTo(page, page.getByText('Waterfall of trace'));
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Waterfall' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('names the gate that decided where there was no reply', async () => {
    const { ticketNumber } = await customerWrites(frontdesk.ready, { text: 'I have filed a chargeback with my bank' });
    const { page } = await openPage(browser, frontdesk);
    await page.getByRole('link', { name: 'Conversation', exact: true }).click();
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: String(ticketNumber) }) });
    await row.getByText('routed', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: String(ticketNumber) }).click();
    const answer = page.getByRole('region', { name: 'The answer' });
    await answer.getByText('Routed to Chargebacks / Disputes Team; no reply because G06', { exact: false }).waitFor();
    const deciding = page
      .getByRole('table', { name: 'Gate report' })
      .getByRole('row', { name: 'objected and decided' });
    expect(await seen(deciding)).toContain('G06');
    await page.getByText('No reply was asked for.').waitFor();
  });

  it('says so where the trail holds nothing', async () => {
    const { page } = await openPage(browser, frontdesk);
    await page.getByRole('link', { name: 'Conversation', exact: true }).click();
    await page.getByRole('searchbox').fill('99999999');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('alert').getByText('The audit trail holds nothing under this id', { exact: false }).waitFor();
  });
});
