/** Hands that know no mouse: Tab to what is wanted, then a key. */
import type { Locator, Page } from 'playwright-core';

/** More than stand on any page. */
const MOST_STEPS = 300;

/** Presses Tab until the control has the focus, as somebody without a mouse gets there. @throws when Tab never comes by */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await control.first().waitFor();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await hasFocus(page, control)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${control} is out of the keyboard’s reach`);
}

/** Tabs there and presses Enter, as on a link or a button. */
export async function enter(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}

/** Tabs there and writes, in place of what stood there. */
export async function write(page: Page, control: Locator, text: string): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

export async function hasFocus(page: Page, control: Locator): Promise<boolean> {
  return (await control.and(page.locator(':focus')).count()) === 1;
}
