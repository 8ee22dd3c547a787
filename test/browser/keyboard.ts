/** Hands that know no mouse. */
import type { Locator, Page } from 'playwright-core';

const MOST_STEPS = 300;

/** Presses Tab until the control has the focus, as somebody without a mouse gets there. @throws when Tab never comes by */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await control.first().waitFor();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press(key);
    if (await hasFocus(page, control)) return;
  }
  throw new Error(`${control} is out of the keyboard’s reach`);
}

export async function hasFocus(page: Page, control: Locator): Promise<boolean> {
  return (await control.and(page.locator(':focus')).count()) === 1;
}
