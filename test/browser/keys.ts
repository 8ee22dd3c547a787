/** Who has no mouse: Tab to what is wanted, then a key. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More than stand on any page. */
const MOST_STOPS = 300;

/** Tabs forward until that has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press('Tab');
  }
  expect.fail(`${wanted} is not reached by Tab`);
}

/** Tabs there and presses Enter, as on a link or a button. */
export async function enter(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

/** Tabs there and writes. */
export async function write(page: Page, wanted: Locator, text: string): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

type InPage = { readonly document: { readonly activeElement: unknown } };

/** Runs in the page. */
const hasFocus = (wanted: Locator): Promise<boolean> =>
  wanted.evaluate((element: unknown) => element === (globalThis as unknown as InPage).document.activeElement);
