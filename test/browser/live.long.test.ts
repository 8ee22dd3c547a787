/** The live view in a real browser: a customer writes, and a person watches the message go through the choreography. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findInstance, type Instance } from '../../operate/instance/instance.ts';
import { readOutbox, writeAsCustomer } from '../../operate/instance/sandbox.ts';
import { frontdeskJson } from '../../operate/instance/testing.ts';
import { seriousViolations } from './axe.ts';
import { launchBrowser, openPage } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';

const WAIT_MS = 20_000;

let browser: Browser;
let frontdesk: Running;
let data: string;
let instance: Instance;
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
  data = frontdesk.ready.dataDir ?? '';
  const found = findInstance({ dataDir: data, dataDirGiven: data });
  if (found === null) throw new Error('the instance does not run');
  instance = found;
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});
const opened: Page[] = [];
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
});

async function liveView(look?: Parameters<typeof openPage>[2]): Promise<Page> {
  const { page } = await openPage(browser, frontdesk, look);
  opened.push(page);
  await page.getByRole('group', { name: 'classify', exact: true }).waitFor();
  return page;
}

/** Of the table beside the drawing: how often the fact went to the function. */
async function countOf(page: Page, fact: string, from: string, to: string): Promise<number> {
  const row = page
    .getByRole('region', { name: 'Facts on their way' })
    .getByRole('row', { name: new RegExp(`^${fact} ${from} ${to} `) });
  return Number(await row.getByRole('cell').nth(4).textContent());
}

/** The text of what the keyboard is at. */
async function focused(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement?.textContent');
}

async function openTable(page: Page): Promise<void> {
  await page.getByText('The choreography as a table').click();
  await page.getByRole('region', { name: 'Facts on their way' }).waitFor();
}

describe('a customer writes', () => {
  it('and the facts are counted from function to function, until the outcome stands in the list', {
    timeout: 60_000,
  }, async () => {
    const page = await liveView();
    await openTable(page);
    const before = {
      received: await countOf(page, 'MessageReceived', 'ingest', 'classify'),
      approved: await countOf(page, 'ReplyApproved', 'verify', 'responder-reply'),
      looked: await countOf(page, 'MessageClassified', 'classify', 'order-lookup'),
    };
    const { ticketNumber, conversationId } = await writeAsCustomer(instance, { text: 'Please cancel my order.' });

    const message = page.getByRole('row').filter({ has: page.getByRole('link', { name: `#${ticketNumber}` }) });
    await message.getByText('replied', { exact: true }).waitFor({ timeout: WAIT_MS });
    await expect.poll(() => countOf(page, 'MessageReceived', 'ingest', 'classify')).toBe(before.received + 1);
    await expect.poll(() => countOf(page, 'ReplyApproved', 'verify', 'responder-reply')).toBe(before.approved + 1);
    // A first-level candidate goes to verify; the rule's filter keeps it from order-lookup.
    expect(await countOf(page, 'MessageClassified', 'classify', 'order-lookup')).toBe(before.looked);
    const outbox = await readOutbox(instance);
    expect(outbox.filter(({ ticketId }) => ticketId === conversationId)).toHaveLength(1);

    // The fact knows the conversation, and leads to it.
    await page
      .getByRole('group', { name: 'verify', exact: true })
      .getByRole('button', { name: 'ReplyApproved' })
      .click();
    const fact = page.getByRole('complementary', { name: 'ReplyApproved' });
    const link = fact.getByRole('link', { name: `#${ticketNumber}` });
    await link.waitFor({ timeout: WAIT_MS });
    expect(await link.getAttribute('href')).toBe(`/conversations/${ticketNumber}`);
    expect(await seriousViolations(page)).toEqual([]);
  });
});

describe('while a backlog drains', () => {
  it('says that nobody is answered, since when, and stops saying so', { timeout: 90_000 }, async () => {
    const set = (value: string) =>
      frontdeskJson(data, 'flags', 'set', 'catch_up_mode', value, '--reason', 'a backlog drains');
    const page = await liveView();
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByText('Stopped').waitFor();
    const said = health.getByRole('link', { name: 'nobody is answered' });
    expect(await said.count()).toBe(0);
    await set('true');
    await said.waitFor({ timeout: WAIT_MS });
    expect(await health.getByText(/Catching up nobody is answered since \d/).count()).toBe(1);
    expect(await seriousViolations(page)).toEqual([]);
    await set('false');
    await said.waitFor({ state: 'detached', timeout: WAIT_MS });
  });
});

describe('by keyboard', () => {
  it('a function is opened, names its rules and their filters, and closes again where one was', {
    timeout: 60_000,
  }, async () => {
    const page = await liveView();
    const who = page.getByRole('group', { name: 'verify', exact: true }).getByRole('button', { name: 'verify' });
    await who.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'verify' });
    await panel.getByRole('heading', { name: 'verify' }).waitFor();
    expect(await focused(page)).toBe('verify');
    await panel.getByRole('row', { name: 'MessageClassified on data.tierCandidate is 1 verify-candidates' }).waitFor();
    await panel.getByRole('row', { name: 'OrderMatched on verify-candidates' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    // From there to a fact, and on to who states it.
    await panel.getByRole('button', { name: 'OrderMatched' }).press('Enter');
    const fact = page.getByRole('complementary', { name: 'OrderMatched' });
    await fact.getByRole('button', { name: 'order-lookup' }).press('Enter');
    await page.getByRole('complementary', { name: 'order-lookup' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('verify');
  });

  it('a narrow screen has the same functions below each other', { timeout: 60_000 }, async () => {
    const page = await liveView({ width: 390, height: 844 });
    const placeOf = async (name: string) => page.getByRole('group', { name, exact: true }).boundingBox();
    const [classify, verify, auditor] = await Promise.all(['classify', 'verify', 'auditor'].map(placeOf));
    expect(classify?.x).toBe(verify?.x);
    expect(classify?.y).toBeLessThan(verify?.y ?? 0);
    expect(verify?.y).toBeLessThan(auditor?.y ?? 0);
  });
});

describe('a rule that is switched off', () => {
  it('shows as off at its function, and nothing is counted towards it', { timeout: 90_000 }, async () => {
    const page = await liveView();
    await openTable(page);
    const before = {
      stated: await countOf(page, 'ReplyApproved', 'verify', 'the bus'),
      heard: await countOf(page, 'ReplyApproved', 'verify', 'responder-reply'),
    };
    const stopped = await frontdeskJson(data, 'stop', '--level', 'sever', '--reason', 'a drill');
    expect(stopped.code).toBe(0);
    const box = page.getByRole('group', { name: 'responder-reply', exact: true });
    await box.getByText('rule off').waitFor({ timeout: WAIT_MS });
    await box.getByRole('button', { name: 'responder-reply' }).click();
    const panel = page.getByRole('complementary', { name: 'responder-reply' });
    await panel.getByRole('row', { name: /^ReplyApproved off / }).waitFor();
    await panel.getByRole('button', { name: 'Close', exact: true }).click();

    const { conversationId } = await writeAsCustomer(instance, { text: 'Please cancel my order.' });
    await expect
      .poll(() => countOf(page, 'ReplyApproved', 'verify', 'the bus'), { timeout: WAIT_MS })
      .toBe(before.stated + 1);
    expect(await countOf(page, 'ReplyApproved', 'verify', 'responder-reply')).toBe(before.heard);
    const outbox = await readOutbox(instance);
    expect(outbox.filter(({ ticketId }) => ticketId === conversationId)).toEqual([]);
  });
});
