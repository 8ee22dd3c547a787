/**
 * What an open live view costs the pipeline: pairs of runs on one instance, one without a page and one with it, in turns. Prints
 * the median of the pairs; exits 1 when it is 10 % or more.
 *
 *   node bin/launch.js test/full/console/cost.ts [PAIRS [MESSAGES]]
 */
import type { Browser } from 'playwright-core';
import { demoMix } from '../../bench/load/rows.ts';
import { saturate } from '../../bench/load/saturate.ts';
import { type System, startSystem } from '../../bench/system/system.ts';
import { launchBrowser } from '../../browser/browser.ts';
import { openWatched } from './watched-page.ts';

const PAIRS = Number(process.argv[2] ?? 7);
const MESSAGES = Number(process.argv[3] ?? 400);
const WARM_UP = 200;
/** As deep as `npm run bench -- throughput` has it. */
const BACKLOG = 50;
const MOST_PERCENT = 10;

/** Rows of a run are conversations of their own: the next ones of the mix. */
let used = 0;
function rows(count: number) {
  const next = demoMix(used + count).slice(used);
  used += count;
  return next;
}

/** Messages that settled a second. */
async function throughput(system: System, count: number): Promise<number> {
  const began = performance.now();
  await saturate(system, { rows: rows(count), backlog: BACKLOG });
  return count / ((performance.now() - began) / 1000);
}

async function watched(system: System, browser: Browser): Promise<number> {
  const open = await openWatched(browser, system.ready.consoleUrl, system.ready.consoleToken);
  try {
    await open.page.getByRole('group', { name: 'classify', exact: true }).waitFor();
    return await throughput(system, MESSAGES);
  } finally {
    await open.close();
  }
}

const system = await startSystem();
const browser = await launchBrowser();
try {
  await throughput(system, WARM_UP);
  // Builds the page and starts the console's worker, once.
  const first = await openWatched(browser, system.ready.consoleUrl, system.ready.consoleToken);
  await first.page.getByRole('group', { name: 'classify', exact: true }).waitFor();
  await first.close();
  const pairs: { readonly without: number; readonly with: number }[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    // In turns, so that what grows with the run weighs on both alike.
    const isWithFirst = pair % 2 === 1;
    const before = isWithFirst ? await watched(system, browser) : null;
    const without = await throughput(system, MESSAGES);
    pairs.push({ without, with: before ?? (await watched(system, browser)) });
    process.stderr.write(
      `pair ${pair + 1}: ${without.toFixed(1)}/s without, ${pairs.at(-1)?.with.toFixed(1)}/s with the page\n`,
    );
  }
  const costs = pairs.map((pair) => (1 - pair.with / pair.without) * 100).toSorted((one, other) => one - other);
  const median = costs[Math.floor(costs.length / 2)] ?? Number.NaN;
  const isHeld = median < MOST_PERCENT;
  process.stdout.write(
    `console-cost: the open page costs ${median.toFixed(1)} % of the messages settled a second, median of ${PAIRS} pairs of ${MESSAGES} messages ` +
      `(${costs.map((cost) => cost.toFixed(0)).join(', ')})${isHeld ? '' : ': not held'}\n`,
  );
  process.exitCode = isHeld ? 0 : 1;
} finally {
  await browser.close();
  await system.stop();
}
