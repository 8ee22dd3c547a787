/** The page of replay and dead letters in a real browser: replay yesterday into a new consumer; find what nobody could finish. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dayBefore } from '../../operate/console/page/parts/zone-time.ts';
import { allTwins } from '../../operate/replay/plan.ts';
import { businessZone } from '../../operate/shop.ts';
import { seriousViolations } from './axe.ts';
import { launchBrowser, openPage, type Seen } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { enter, tabTo } from './keyboard.ts';
import { type Shop, shopOf } from './shop.ts';
import { aDayOfThePast, messagesUnderWay, undelivered } from './trouble.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const SLOW = { timeout: 120_000 };
/** The consumer that came last, by the name that the page shows; where none takes a backfill, the one that is rebuilt. */
const NEW =
  allTwins().find(({ purpose }) => purpose === 'backfill') ??
  allTwins().find(({ purpose, isUsual }) => purpose === 'rebuild' && isUsual);
const PURPOSE = NEW?.purpose === 'backfill' ? 'Backfill' : 'Rebuild';
const CONSUMER = String(NEW?.consumer);

let browser: Browser;
let frontdesk: Running;
let shop: Shop;
let home: string;
let data: string;
const open: Seen[] = [];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-replay-page-'));
  data = join(home, 'data');
  const yesterday = dayBefore(Date.now(), businessZone(process.env).name);
  await aDayOfThePast(data, yesterday.from + 9 * 3_600_000);
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk([], data)]);
  shop = shopOf(frontdesk.ready);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
  rmSync(home, { recursive: true, force: true });
});
afterEach(async () => {
  for (const { page, complaints, foreign } of open.splice(0)) {
    expect([complaints, foreign]).toEqual([[], []]);
    await page.context().close();
  }
});

async function opened(): Promise<Page> {
  const seen = await openPage(browser, frontdesk);
  open.push(seen);
  return seen.page;
}
async function replayPage(): Promise<Page> {
  const page = await opened();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Replay' }).click();
  await page.getByRole('radio', { name: /^Recovery/ }).waitFor();
  return page;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialogOf = (page: Page) => page.getByRole('dialog');
const runs = (page: Page) => page.getByRole('table', { name: 'Replays' });
const newestRun = (page: Page) => runs(page).getByRole('row').nth(1);

/** The number of events that the plan tells. */
async function planned(page: Page): Promise<number> {
  const text =
    (await dialogOf(page)
      .getByText(/^About [\d,]+ events/)
      .textContent()) ?? '';
  return Number((/([\d,]+) events/.exec(text)?.[1] ?? '0').replaceAll(',', ''));
}
async function figure(page: Page, name: string): Promise<string | null> {
  const term = page.getByRole('region', { name: 'Replays' }).locator('dt', { hasText: new RegExp(`^${name}$`) });
  return term.locator('xpath=following-sibling::dd').first().textContent();
}

it('replay yesterday into a new consumer', SLOW, async () => {
  const sentBefore = await shop.allReceived();
  const page = await replayPage();

  // Choose why and who: the consumer stands in the list by its name.
  await page.getByRole('radio', { name: PURPOSE }).check();
  await page.getByRole('radio', { name: CONSUMER }).check();
  // Choose yesterday.
  await button(page, 'Yesterday').click();
  // See what will happen before it does.
  await button(page, 'See what will happen').click();
  const events = await planned(page);
  expect(events).toBeGreaterThan(50);
  await dialogOf(page).getByText(`go to ${CONSUMER} by its rule ${NEW?.rule}, and nowhere else.`).waitFor();
  await dialogOf(page)
    .getByText(/^nothing\. Only a twin hears a replay/)
    .waitFor();
  await dialogOf(page)
    .getByText(/of at most 300 events each/)
    .waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await button(page, 'Start the replay').click();

  // Watch it to its end.
  await newestRun(page).getByText('completed').waitFor();
  expect([await figure(page, 'expected'), await figure(page, 'handed over')]).toEqual([String(events), String(events)]);
  await expect.poll(() => figure(page, 'sent to customers')).toBe('0');
  expect(await seriousViolations(page)).toEqual([]);
  // Nothing came of it at the shop.
  expect(await shop.allReceived()).toEqual(sentBefore);
});

it('by keyboard alone: choose the window on the time line, see what will happen, start', SLOW, async () => {
  const sentBefore = await shop.allReceived();
  const page = await opened();
  await enter(page, page.getByRole('link', { name: 'Replay' }));
  await tabTo(page, page.getByRole('radio', { name: /^Recovery/ }));
  for (const choice of ['Rebuild', 'Backfill']) {
    if (await page.getByRole('radio', { name: PURPOSE }).isChecked()) break;
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: choice }).isChecked()).toBe(true);
  }
  const begins = page.getByRole('slider', { name: 'Window begins' });
  await tabTo(page, begins);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  expect(await begins.getAttribute('aria-valuetext')).toMatch(/\d{4}, \d{2}:\d{2}:\d{2}/);
  await enter(page, button(page, 'See what will happen'));
  expect(await planned(page)).toBeGreaterThan(50);
  await enter(page, button(page, 'Start the replay'));
  await expect.poll(() => runs(page).getByRole('row').count(), { timeout: 20_000 }).toBe(3);
  await newestRun(page).getByText('completed').waitFor();
  expect(await shop.allReceived()).toEqual(sentBefore);
});

it('choose a window with the mouse, and hear why it cannot be', SLOW, async () => {
  const page = await replayPage();
  const line = page.getByRole('figure');
  await line.scrollIntoViewIfNeeded();
  const box = await line.boundingBox();
  if (box === null) throw new Error('no time line is seen');
  const [x, y] = [box.x + box.width / 4, box.y + 80];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + box.width / 2, y, { steps: 5 });
  await page.mouse.up();
  const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })];
  const chosen = [await from.inputValue(), await to.inputValue()];
  expect(chosen[0]?.localeCompare(chosen[1] ?? '')).toBe(-1);
  // Older than the archive keeps anything.
  await from.fill('2020-01-31T09:30');
  await from.blur();
  await button(page, 'See what will happen').click();
  await dialogOf(page)
    .getByText(/Not now: the archive recovery keeps 14 days, and the beginning lies before/)
    .waitFor();
  expect(await button(page, 'Start the replay').isDisabled()).toBe(true);
  await button(page, 'Do not').click();
});

describe('a replay that waits while messages are under way', () => {
  let settle: () => Promise<void>;
  beforeAll(async () => {
    settle = await messagesUnderWay(frontdesk.ready);
  });
  afterAll(() => settle());

  it('is watched, and cancelled for good', SLOW, async () => {
    const page = await startRecovery();
    await page.getByText(/20 or more messages are under way/).waitFor();
    await button(page, 'Cancel the replay…').click();
    await dialogOf(page)
      .getByText(/It ends for good after \d+ of about \d+ events/)
      .waitFor();
    await button(page, 'End it for good').click();
    await newestRun(page).getByText('cancelled').waitFor();
  });

  it('is interrupted with the instance, and taken up again by another', { timeout: 180_000 }, async () => {
    const page = await startRecovery();
    await page.getByText(/20 or more messages are under way/).waitFor();
    await page.context().close();
    open.splice(0);
    await frontdesk.stop();
    frontdesk = await startFrontdesk([], data);
    shop = shopOf(frontdesk.ready);
    settle = await messagesUnderWay(frontdesk.ready);

    const after = await replayPage();
    await after.getByText(/^Stands still after \d+ of about \d+ events/).waitFor();
    await settle();
    await button(after, 'Resume the replay').click();
    await newestRun(after).getByText('completed').waitFor();
    await expect.poll(() => figure(after, 'sent to customers')).toBe('0');
  });

  async function startRecovery(): Promise<Page> {
    const page = await replayPage();
    // What is under way came in within the window.
    await shop.customerWrites(`under-way-${Date.now()}`, DAMAGED);
    await delay(3_000);
    await button(page, 'Last hour').click();
    await button(page, 'See what will happen').click();
    await button(page, 'Start the replay').click();
    return page;
  }
});

describe('dead letters', () => {
  const letters = (page: Page) => page.getByRole('article', { name: 'Cause no_permissions' });

  it(
    'stand by cause, with what to do; one is looked at, the batch is handed back, and the customer is answered',
    SLOW,
    async () => {
      await undelivered(frontdesk.ready, shop, 'letter-young', { text: DAMAGED });
      await undelivered(frontdesk.ready, shop, 'letter-old', { text: DAMAGED, hoursAgo: 25 });
      const page = await replayPage();
      await letters(page).getByText('2 letters').waitFor();
      await letters(page).getByText('Deploy the release again, then redrive.').waitFor();
      await letters(page)
        .getByRole('row', { name: /letter-young/ })
        .getByText('goes back', { exact: true })
        .waitFor();
      await letters(page)
        .getByRole('row', { name: /letter-old/ })
        .getByText('goes back, route-only')
        .waitFor();
      expect(await seriousViolations(page)).toEqual([]);

      // Ids, codes and times; nothing of what was written.
      await letters(page)
        .getByRole('row', { name: /letter-young/ })
        .getByRole('button')
        .click();
      await dialogOf(page).getByText('frontdesk-local-classify-dlq').waitFor();
      expect(await dialogOf(page).textContent()).not.toContain('shattered');
      await button(page, 'Close').click();

      await button(page, 'Redrive no_permissions…').click();
      await dialogOf(page)
        .getByText(/1 is older than 24 h and route-only/)
        .waitFor();
      expect(await button(page, 'Redrive 2 letters').isDisabled()).toBe(true);
      await dialogOf(page)
        .getByRole('checkbox', { name: /The cause is mended/ })
        .check();
      await button(page, 'Redrive 2 letters').click();
      await dialogOf(page).getByText('2 went back (1 route-only), 0 given up, 0 failed.').waitFor();
      await button(page, 'Close').click();
      await page.getByText('No dead letters: nothing is left unfinished.').waitFor();

      await shop.untilReceived('letter-young');
      await shop.untilRouted('letter-old');
      await delay(3_000);
      expect(await shop.received('letter-young')).toHaveLength(1);
      expect(await shop.received('letter-old')).toEqual([]);
    },
  );

  it('hold a resume back, until a reason overrides it', SLOW, async () => {
    await undelivered(frontdesk.ready, shop, 'letter-holding', { text: DAMAGED });
    const page = await opened();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Switches' }).click();
    await button(page, 'Stop an intent…').click();
    await page.getByRole('radio', { name: 'refund_request' }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill('drill');
    await button(page, 'Stop refund_request').click();
    await page.getByText(/^In force, verified/).waitFor();

    await button(page, 'Resume refund_request…').click();
    const criterion = dialogOf(page).getByRole('listitem').filter({ hasText: 'Dead letters: 1' });
    await criterion.getByText('not met').waitFor();
    await page.getByRole('textbox', { name: 'Reason' }).fill('the letter is of something else');
    await page.getByRole('textbox', { name: 'Type intent to go on' }).fill('intent');
    expect(await button(page, 'Resume refund_request').isDisabled()).toBe(true);
    await dialogOf(page)
      .getByRole('checkbox', { name: /^Override what is not met/ })
      .check();
    await button(page, 'Resume refund_request').click();
    await page.getByText('Nothing is stopped.').waitFor();
  });
});
