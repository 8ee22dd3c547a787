/** "Find what a threshold change would do": from the console alone, by mouse and by keyboard, and with the command line's own word for it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { launchBrowser, openPage } from './browser.ts';
import { customerWrites, outbox, replyTo } from './customer.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { type Kept, keptFolder } from './kept.ts';
import { hasFocus, tabTo } from './keyboard.ts';

const LAUNCHER = new URL('../../bin/launch.js', import.meta.url).pathname;
/** Answered, but not with a confidence of 0.95. */
const UNSURE = ['where is my order?', 'Where is my order??', 'my parcel arrived broken'];

let browser: Browser;
let kept: Kept;
let frontdesk: Running;
beforeAll(async () => {
  [browser, kept] = await Promise.all([launchBrowser(), keptFolder(200)]);
  frontdesk = await startFrontdesk([], kept.data);
  const written = [];
  for (const text of UNSURE) written.push(await customerWrites(frontdesk, text));
  for (const { conversationId } of written) await replyTo(frontdesk, conversationId);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
  kept?.remove();
});

const figure = (page: Page, name: string): Promise<string | null> =>
  page
    .getByRole('definition')
    .and(page.locator(`dt:text-is("${name}") + dd`))
    .textContent();

async function readFigures(page: Page) {
  const number = (text: string | null | undefined): number => Number(text?.replaceAll(',', ''));
  const replies = (await figure(page, 'replies approved'))?.split(' → ') ?? [];
  return {
    decisions: number(await figure(page, 'decisions')),
    same: number(await figure(page, 'same')),
    different: number(await figure(page, 'different')),
    replies: { before: number(replies[0]), after: number(replies.at(-1)) },
  };
}

async function whatifSays(download: Download) {
  const file = join(kept.data, '..', download.suggestedFilename());
  await download.saveAs(file);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [LAUNCHER, 'operate/main.ts', '--data', kept.data, '--json', 'whatif', '--policy', file],
    { maxBuffer: 100_000_000 },
  );
  const { decisions, same, different, replies, replyChanges } = JSON.parse(stdout);
  return { decisions, same, different, replies, replyChanges };
}

/** Several machines' worth of browsers may run here at once. */
const PATIENCE = { timeout: 120_000 };

describe('find what a threshold change would do', PATIENCE, () => {
  it('by mouse', async () => {
    const { page, complaints } = await openPage(browser, frontdesk);
    const before = (await outbox(frontdesk)).length;

    // Open What-if and raise a threshold.
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'What-if' }).click();
    await page.getByText('Nothing is changed by this page').waitFor();
    const threshold = page.getByRole('spinbutton', { name: 'Tier 1 reply', exact: true });
    const run = page.getByRole('button', { name: 'Run over the trail' });
    // What cannot be taken stays as it was typed, says why, and nothing is run with it.
    await threshold.fill('15');
    await threshold.blur();
    await page.getByText('Allowed: a number from 0 to 1.').waitFor();
    expect([await threshold.inputValue(), await threshold.getAttribute('aria-invalid')]).toEqual(['15', 'true']);
    expect(await run.isDisabled()).toBe(true);
    await threshold.fill('0.95');
    await page.getByRole('heading', { name: 'Changed: 1' }).waitFor();
    expect([await threshold.getAttribute('aria-invalid'), await run.isDisabled()]).toEqual(['false', false]);

    // Run it over everything, with the curve.
    await page.getByRole('radio', { name: 'All there is' }).check();
    await page.getByRole('combobox', { name: 'Draw the curve over' }).selectOption({ label: 'Tier 1 reply' });
    await page.getByRole('button', { name: 'Run over the trail' }).click();

    // Read that so many replies would not have been approved.
    await page.getByRole('heading', { name: 'What would have been different' }).waitFor();
    await page.getByText(/^3 of \d+ replies would not have been approved\.$/).waitFor();
    const figures = await readFigures(page);
    expect(figures.replies.before - figures.replies.after).toBe(3);
    expect(figures.same + figures.different).toBe(figures.decisions);

    // The curve has a table behind it, in which what is shipped and what is edited is marked.
    await page.getByRole('heading', { name: 'Risk and coverage: Tier 1 reply' }).waitFor();
    await page.getByRole('figure').getByText('As a table').click();
    const curve = page.getByRole('table', { name: 'Risk and coverage over Tier 1 reply' });
    await curve.getByRole('row', { name: /^0\.6 as shipped/ }).waitFor();
    await curve.getByRole('row', { name: /^0\.95 as edited/ }).waitFor();

    // Open one difference and see both gate reports: which gate changed its mind.
    const differences = page.getByRole('table', { name: 'Differences' });
    expect(await differences.getByRole('row').count()).toBe(1 + UNSURE.length);
    await differences
      .getByRole('button', { name: /^Compare/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('One gate changed its mind: confidence in the reply.').waitFor();
    await dialog
      .getByRole('table', { name: 'Both gate reports' })
      .getByRole('row', { name: 'G20 confidence in the reply no objection objected: not sure enough changed its mind' })
      .waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await dialog.getByRole('link', { name: 'Go to the conversation' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();

    // Export the file for review; the command line says the same of it.
    await page.getByRole('textbox', { name: 'Name of the change' }).fill('Surer tier 1');
    await page.getByRole('textbox', { name: 'Why' }).fill('Two replies were wrong');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download surer-tier-1.yaml' }).click(),
    ]);
    const { replyChanges, ...said } = await whatifSays(download);
    expect(said).toEqual(figures);
    expect(replyChanges.notSent).toBe(3);

    // Nothing was sent, and the page took everything well.
    expect((await outbox(frontdesk)).length).toBe(before);
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('by keyboard alone', async () => {
    const { page, complaints } = await openPage(browser, frontdesk);
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();

    // Open What-if, find the threshold by a word and raise it.
    await tabTo(page, page.getByRole('link', { name: 'What-if' }));
    await press('Enter');
    await tabTo(page, page.getByRole('searchbox', { name: 'Find a setting' }));
    await page.keyboard.type('tier 1 reply');
    await tabTo(page, page.getByRole('spinbutton', { name: 'Tier 1 reply', exact: true }));
    await press('ControlOrMeta+A');
    await page.keyboard.type('0.95');

    // Run it over everything.
    await tabTo(page, page.getByRole('radio', { name: 'The last 7 days' }));
    await press('ArrowDown');
    expect(await page.getByRole('radio', { name: 'All there is' }).isChecked()).toBe(true);
    await tabTo(page, page.getByRole('button', { name: 'Run over the trail' }));
    await press('Enter');

    // The finding is where the focus goes.
    const finding = page.getByRole('heading', { name: 'What would have been different' });
    await finding.waitFor();
    await expect.poll(() => hasFocus(page, finding)).toBe(true);
    await page.getByText(/^3 of \d+ replies would not have been approved\.$/).waitFor();
    const figures = await readFigures(page);

    // Open one difference, see both gate reports, close it.
    await tabTo(page, page.getByRole('button', { name: /^Compare/ }).first());
    await press('Enter');
    await page
      .getByRole('dialog')
      .getByRole('row', { name: /^G20 .* changed its mind$/ })
      .waitFor();
    await press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);

    // Back to the export.
    const exported = page.getByRole('button', { name: 'Download policy.yaml' });
    await tabTo(page, exported, 'Shift+Tab');
    const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
    const { replyChanges: _, ...said } = await whatifSays(download);
    expect(said).toEqual(figures);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('and a run is found again by its address', async () => {
    const { page } = await openPage(browser, frontdesk);
    await page.getByRole('link', { name: 'What-if' }).click();
    await page.getByRole('spinbutton', { name: 'Tier 1 reply', exact: true }).fill('0.95');
    await page.getByRole('button', { name: 'Run over the trail' }).click();
    await page.getByRole('heading', { name: 'What would have been different' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'What would have been different' }).waitFor();
    await page.getByRole('heading', { name: 'Changed: 1' }).waitFor();
    expect(await page.getByRole('spinbutton', { name: 'Tier 1 reply', exact: true }).inputValue()).toBe('0.95');

    // Everything it found can be taken away as a file.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Download everything/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^whatif-[0-9a-f]{8}\.json$/);
    await page.context().close();
  });
});
