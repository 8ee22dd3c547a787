/** A page worked by keyboard alone: on to the next thing until the one that is meant has the focus. */
import type { Locator, Page } from 'playwright-core';

/** The whole of a page has fewer. */
const MOST_STOPS = 300;

/** An element of the page, as far as this runs there. */
type Selectable = { matches(selector: string): boolean };

/** @throws Error where the keyboard does not lead to it */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.first().waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.first().evaluate((element) => (element as Selectable).matches(':focus'))) return;
  }
  throw new Error(`${wanted} is not reached by the Tab key`);
}
