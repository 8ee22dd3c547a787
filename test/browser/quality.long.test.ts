/** The page of quality: what an agent says by tag shows up, and a label of the day's queue becomes a row of the golden set. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { launchBrowser, openPage } from './browser.ts';
import { agentTags, customerWrites, replyTo } from './customer.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { hasFocus, tabTo } from './keyboard.ts';

const LAUNCHER = new URL('../../bin/launch.js', import.meta.url).pathname;
/** Several machines' worth of browsers may run here at once. */
const PATIENCE = { timeout: 120_000 };

let browser: Browser;
let frontdesk: Running;
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await frontdesk?.stop();
});

describe('quality', PATIENCE, () => {
  it('shows what an agent says by tag, and the message as a candidate for the golden set', async () => {
    const { conversationId } = await customerWrites(frontdesk, 'where is my order?');
    await replyTo(frontdesk, conversationId);
    await agentTags(frontdesk, conversationId, ['mw:feedback:misroute', 'mw:feedback:wrong_intent:refund_request']);

    const { page, complaints } = await openPage(browser, frontdesk);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Quality' }).click();
    await page.getByText(/^Read whole: \d+ facts back to/).waitFor();
    const tags = page.getByRole('table', { name: 'Feedback tags of 7 days' });
    await tags.getByRole('row', { name: 'misroute 1' }).waitFor();
    await tags.getByRole('row', { name: 'wrong intent: refund request 1' }).waitFor();
    await page.getByRole('heading', { name: 'Candidates for the golden set: 1' }).waitFor();
    await page
      .getByRole('table', { name: 'Candidates for the golden set' })
      .getByRole('row', {
        name: /order_status_tracking, Email Support Team misroute; wrong intent: refund request not yet$/,
      })
      .waitFor();
    await page
      .getByRole('table', { name: 'Intents, share of 7 days' })
      .getByRole('row', { name: /^order_status_tracking/ })
      .waitFor();
    await page.getByText('as shipped', { exact: true }).first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('takes labels by keyboard, item after item, and hands them to the evaluation', async () => {
    const { conversationId } = await customerWrites(frontdesk, 'my parcel arrived broken');
    await replyTo(frontdesk, conversationId);
    const { page, complaints } = await openPage(browser, frontdesk);
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Quality' }));
    await press('Enter');
    await page.getByText('1 of 2', { exact: true }).waitFor();

    // Who labels, said once.
    await tabTo(page, page.getByRole('textbox', { name: 'You are' }));
    await page.keyboard.type('ada');
    await page.getByText('0 of 2 labelled by you').waitFor();

    // The first was decided right: the label is one key away, and the next one follows.
    const form = page.getByRole('form', { name: 'Label' });
    await tabTo(page, form.getByRole('combobox', { name: 'It is about' }));
    await press('Control+Enter');
    await page.getByText('1 of 2 labelled by you').waitFor();
    const second = page.getByRole('heading', { name: '2 of 2' });
    await expect.poll(() => hasFocus(page, second)).toBe(true);

    // Back and forth by a letter, as long as no field takes it.
    await press('p');
    await page.getByRole('heading', { name: '1 of 2' }).waitFor();
    await page.getByText('by ada').waitFor();
    await press('n');
    await second.waitFor();

    // The second was about something else.
    await tabTo(page, form.getByRole('combobox', { name: 'It is about' }));
    await page.keyboard.type('refund_req');
    await tabTo(page, form.getByRole('button', { name: 'Save the label' }));
    await press('Enter');
    await page.getByText('2 of 2 labelled by you').waitFor();

    // What people say is what calibration rests on from now on.
    await page.getByText('by your labels', { exact: true }).waitFor();
    await page.getByText(/2 labelled messages of this installation/).waitFor();

    // The labels are rows of a golden set, which the evaluation reads.
    await tabTo(page, page.getByRole('button', { name: 'Export the labels for the golden set' }));
    await press('Enter');
    const link = page.getByRole('link', { name: /^Download labels-/ });
    await expect.poll(() => hasFocus(page, link)).toBe(true);
    const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
    const file = join(tmpdir(), `${process.pid}-${download.suggestedFilename()}`);
    await download.saveAs(file);
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { intent: string });
    expect(rows).toHaveLength(2);
    expect(rows.map(({ intent }) => intent)).toContain('refund_request');
    await promisify(execFile)(process.execPath, [
      LAUNCHER,
      ...['test/evaluation/cli.ts', '--data', file, '--json', `${file}.figures`],
    ]);
    expect(JSON.parse(readFileSync(`${file}.figures`, 'utf8'))).toMatchObject({ n: 2, invalidLines: 0, accuracy: 0.5 });
    for (const made of [file, `${file}.figures`]) rmSync(made);

    // Whoever labels next does not know what was said.
    await page.getByRole('textbox', { name: 'You are' }).fill('bo');
    await page.getByText('What was said is shown when you have labelled it too.').waitFor();
    expect(await page.getByText('by ada').count()).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
