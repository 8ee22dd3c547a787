/** The real Chromium: Debian's, else the one that Playwright finds. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const DEBIANS = '/usr/bin/chromium';

/** `null` where none is installed. */
function chromiumPath(): string | null {
  if (existsSync(DEBIANS)) return DEBIANS;
  const own = chromium.executablePath();
  return own !== '' && existsSync(own) ? own : null;
}

export const NO_CHROMIUM =
  'no Chromium is here: install Debian’s (apt-get install chromium), or run `npx playwright-core install chromium`';

/** Throws a clear word where none is installed: a page that nobody has seen is not tested. */
export async function openChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
