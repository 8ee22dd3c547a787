/** A page of the console that is watched: how long its tasks take, and how much memory it holds. */
import type { Browser, Page } from 'playwright-core';

/** The browser reports tasks from 50 ms on. */
const COLLECT =
  'globalThis.longTasks = []; new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration); }).observe({ type: "longtask" });';

export type WatchedPage = {
  readonly page: Page;
  /** Milliseconds of each task over 50 ms since the last call. */
  takeLongTasks(): Promise<number[]>;
  /** MB of the page's own heap, garbage included. */
  heapMb(): Promise<number>;
  close(): Promise<void>;
};

/** With all that moves, as a person has it who asked for nothing else. */
export async function openWatched(browser: Browser, url: string, token: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1500, height: 1000 }, reducedMotion: 'no-preference' });
  const page = await context.newPage();
  await page.addInitScript(COLLECT);
  const debuggerOf = await context.newCDPSession(page);
  await debuggerOf.send('Performance.enable');
  await page.goto(`${url}/?token=${token}`);
  return {
    page,
    takeLongTasks: async () => (await page.evaluate('globalThis.longTasks.splice(0)')) as number[],
    async heapMb() {
      const { metrics } = await debuggerOf.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1024 / 1024;
    },
    close: () => context.close(),
  };
}
