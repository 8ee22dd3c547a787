/** The page of switches in a real browser: stop one template, see that it is stopped, resume it; by mouse, and by keyboard alone. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { launchBrowser, openPage, type Seen } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { enter, tabTo, write } from './keyboard.ts';
import { type Shop, shopOf } from './shop.ts';

const TEMPLATE = 't_damaged_item_intake';
const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
/** What is still under way after the ticket is routed would have been sent by then. */
const SETTLE_MS = 3_000;
const SLOW = { timeout: 120_000 };

let browser: Browser;
let frontdesk: Running;
let shop: Shop;
const open: Seen[] = [];
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
  shop = shopOf(frontdesk.ready);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});
afterEach(async () => {
  for (const { page, complaints, foreign } of open.splice(0)) {
    // A refusal is an answer of the server's; the browser puts it on its console all the same.
    expect([complaints.filter((told) => !told.includes('409 (Conflict)')), foreign]).toEqual([[], []]);
    await page.context().close();
  }
});

async function opened(): Promise<Page> {
  const seen = await openPage(browser, frontdesk);
  open.push(seen);
  return seen.page;
}
async function switchesPage(): Promise<Page> {
  const page = await opened();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Switches' }).click();
  await page.getByRole('listitem', { name: /^Level 1/ }).waitFor();
  return page;
}
const templates = (page: Page) => page.getByRole('listitem', { name: 'Level 1: One template' });
const dialogOf = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function getsAnAnswer(conversationId: string): Promise<void> {
  await shop.customerWrites(conversationId, DAMAGED);
  await shop.untilReceived(conversationId);
}
async function getsNone(conversationId: string): Promise<void> {
  await shop.customerWrites(conversationId, DAMAGED);
  await shop.untilRouted(conversationId);
  await delay(SETTLE_MS);
  expect(await shop.received(conversationId)).toEqual([]);
}
/** In force within 60 s, scaled: customers write until one is answered. */
async function somebodyIsAnsweredAgain(name: string): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    await shop.customerWrites(`${name}-${tries}`, DAMAGED);
    await delay(SETTLE_MS);
    if ((await shop.received(`${name}-${tries}`)).length > 0) return;
  }
  expect.fail('nobody is answered after the resume');
}

it('stop one template; see that it is stopped; resume it', SLOW, async () => {
  await getsAnAnswer('mouse-before');
  const page = await switchesPage();
  await page.getByText('Nothing is stopped.').waitFor();

  // Stop one template, with a double click on the last button.
  await button(page, 'Stop a template…').click();
  await dialogOf(page).getByRole('searchbox').fill('damaged');
  await page.getByRole('radio', { name: TEMPLATE }).check();
  expect(await dialogOf(page).getByText('That template is not sent.').isVisible()).toBe(true);
  expect(await button(page, `Stop ${TEMPLATE}`).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Reason' }).fill('the wording is wrong');
  expect(await seriousViolations(page)).toEqual([]);
  await button(page, `Stop ${TEMPLATE}`).dblclick();

  // See that it is stopped, since when, by whom and why, and that it is verified.
  await templates(page).getByText('1 of 24 stopped').waitFor();
  await templates(page).getByText('the wording is wrong').waitFor();
  await templates(page)
    .getByText(/^In force, verified at .+ after .+/)
    .waitFor();
  await page.getByText(`Stopped: ${TEMPLATE}`).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await getsNone('mouse-stopped');

  // It stays visible to who comes back, and is verified again on demand.
  await page.reload();
  await templates(page)
    .getByText(/^In force, verified at/)
    .waitFor();
  await button(page, `Verify ${TEMPLATE} again`).click();
  await templates(page)
    .getByRole('list', { name: 'How far it is' })
    .getByText(/^Verified at/)
    .waitFor();

  // The double click did it once: one change in the history, from true to false.
  await page.getByRole('searchbox', { name: 'Find a flag' }).fill(TEMPLATE);
  await button(page, `template_enabled/${TEMPLATE}`).click();
  const history = dialogOf(page).getByRole('table', { name: `History of template_enabled/${TEMPLATE}` });
  await history.getByRole('row', { name: /true → false the wording is wrong 2$/ }).waitFor();
  expect(await history.getByRole('row').count()).toBe(3);
  await button(page, 'Close').click();

  // Resume it.
  await button(page, `Resume ${TEMPLATE}…`).click();
  await dialogOf(page).getByRole('listitem').filter({ hasText: 'Dead letters: none' }).waitFor();
  await page.getByRole('textbox', { name: 'Reason' }).fill('the wording is right again');
  expect(await button(page, `Resume ${TEMPLATE}`).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Type template to go on' }).fill('template');
  await button(page, `Resume ${TEMPLATE}`).click();
  await page.getByText('Nothing is stopped.').waitFor();
  await somebodyIsAnsweredAgain('mouse-after');
});

it('by keyboard alone: stop one template; see that it is stopped; resume it', SLOW, async () => {
  const page = await opened();
  await enter(page, page.getByRole('link', { name: 'Switches' }));
  await enter(page, button(page, 'Stop a template…'));
  await write(page, dialogOf(page).getByRole('searchbox'), 'damaged');
  await tabTo(page, page.getByRole('radio', { name: TEMPLATE }));
  await page.keyboard.press('Space');
  await write(page, page.getByRole('textbox', { name: 'Reason' }), 'again wrong');
  // Enter never confirms by accident.
  await page.keyboard.press('Enter');
  await delay(500);
  expect(await dialogOf(page).isVisible()).toBe(true);
  await enter(page, button(page, `Stop ${TEMPLATE}`));

  await templates(page)
    .getByText(/^In force, verified at/)
    .waitFor();
  await templates(page).getByText('again wrong').waitFor();
  await getsNone('keys-stopped');

  await enter(page, button(page, `Resume ${TEMPLATE}…`));
  await write(page, page.getByRole('textbox', { name: 'Reason' }), 'right again');
  await write(page, page.getByRole('textbox', { name: 'Type template to go on' }), 'template');
  await page.keyboard.press('Enter');
  expect(await dialogOf(page).isVisible()).toBe(true);
  await enter(page, button(page, `Resume ${TEMPLATE}`));
  await page.getByText('Nothing is stopped.').waitFor();
  await somebodyIsAnsweredAgain('keys-after');
});

it('two people change one flag from two pages: the second hears who was first and when', SLOW, async () => {
  const [first, second] = [await switchesPage(), await switchesPage()];
  for (const page of [first, second]) {
    await button(page, 'tier2_enabled').click();
    await dialogOf(page).getByRole('combobox', { name: 'New value' }).selectOption('false');
    await page.getByRole('textbox', { name: 'Reason' }).fill('wrong orders reported');
    await button(page, 'Look at the change').click();
    await dialogOf(page).getByText('tier2_enabled: true → false').waitFor();
  }
  await button(first, 'Set tier2_enabled to false').click();
  await dialogOf(first)
    .getByRole('row', { name: /true → false wrong orders reported 2$/ })
    .waitFor();

  await button(second, 'Set tier2_enabled to false').click();
  await second
    .getByRole('alert')
    .getByText(/Tier2_enabled was changed by .+ at \d{4}-.+: it is at version 2/)
    .waitFor();
  await button(second, 'Show it as it is now').click();
  await dialogOf(second)
    .getByRole('row', { name: /true → false wrong orders reported 2$/ })
    .waitFor();
  expect(await dialogOf(second).getByRole('row').count()).toBe(3);
});

it('a confirmation is of one value: another one is asked about anew', SLOW, async () => {
  const page = await switchesPage();
  await button(page, 'reply_epoch').click();
  const question = page.getByRole('checkbox', { name: /^None of those messages was answered/ });
  await page.getByRole('textbox', { name: 'Reason' }).fill('drill');
  await lookAt('2020-01-01T00:00:00.000Z');
  await question.check();
  await button(page, 'Back').click();
  await lookAt('2020-01-02T00:00:00.000Z');
  expect(await question.isChecked()).toBe(false);

  /** Asks for it, and is asked back. */
  async function lookAt(epoch: string): Promise<void> {
    await page.getByRole('textbox', { name: 'New value' }).fill(epoch);
    await button(page, 'Look at the change').click();
    expect(await question.count()).toBe(0);
    await button(page, `Set reply_epoch to ${epoch}`).click();
    await question.waitFor();
  }
});

it('a stop that somebody else set anew is not taken back by a page that had seen the one before', SLOW, async () => {
  const [first, second] = [await switchesPage(), await switchesPage()];
  const channels = (page: Page) => page.getByRole('listitem', { name: 'Level 2: One channel' });
  await stopChannel(first, 'livechat');
  await channels(second)
    .getByText(/stopped since/)
    .waitFor();
  await button(second, 'Resume livechat…').click();
  await second.getByRole('textbox', { name: 'Reason' }).fill('over');
  await second.getByRole('textbox', { name: 'Type channel to go on' }).fill('channel');
  await dialogOf(second).getByText('Dead letters: none').waitFor();
  // The list of channels is changed meanwhile: email goes off too.
  await stopChannel(first, 'email');
  await button(second, 'Resume livechat').click();
  await second
    .getByRole('alert')
    .getByText(/was changed by .+ at/)
    .waitFor();
  await channels(second).getByText('2 of 2 stopped').waitFor();
  for (const channel of ['livechat', 'email']) await resume(second, channel, 'channel');
  await second.getByText('Nothing is stopped.').waitFor();

  async function stopChannel(page: Page, channel: string): Promise<void> {
    await button(page, 'Stop a channel…').click();
    await page.getByRole('radio', { name: channel }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill('complaints');
    await button(page, `Stop ${channel}`).click();
    await channels(page)
      .getByRole('listitem')
      .filter({ hasText: channel })
      .getByText(/^In force, verified/)
      .waitFor();
  }
});

describe('the strongest levels', () => {
  it('want their name typed, and a weaker one waits for a stronger', SLOW, async () => {
    const page = await switchesPage();
    await stop(page, 'Stop automation…', 'Stop automation');
    await button(page, 'Stop processing…').click();
    await dialogOf(page).getByText('Webhooks are accepted, recorded and archived.').waitFor();
    await page.getByRole('textbox', { name: 'Reason' }).fill('drill');
    expect(await button(page, 'Stop processing').isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Type processing to go on' }).fill('processing');
    await button(page, 'Stop processing').click();
    await page
      .getByRole('listitem', { name: /^Level 7/ })
      .getByText(/^In force, verified/)
      .waitFor();

    await button(page, 'Resume automation…').click();
    await dialogOf(page).getByText('Resume processing first.').waitFor();
    await button(page, 'Leave it stopped').click();

    await resume(page, 'processing', 'processing');
    await page
      .getByRole('listitem', { name: /^Level 7/ })
      .getByText('not stopped', { exact: true })
      .waitFor();
    await resume(page, 'automation', 'automation');
    await page.getByText('Nothing is stopped.').waitFor();
  });
});

async function stop(page: Page, opens: string, confirms: string): Promise<void> {
  await button(page, opens).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('drill');
  await button(page, confirms).click();
  await page.getByText(/^In force, verified/).waitFor();
}
async function resume(page: Page, name: string, level: string): Promise<void> {
  await button(page, `Resume ${name}…`).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('the drill is over');
  await page.getByRole('textbox', { name: `Type ${level} to go on` }).fill(level);
  await button(page, `Resume ${name}`).click();
  await button(page, `Resume ${name}…`).waitFor({ state: 'hidden' });
}
