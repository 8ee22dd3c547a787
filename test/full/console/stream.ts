/**
 * The live view under a recorded stream of 1,000 facts a second, through the real aggregator into the real page: prints the
 * longest task and the most memory; exits 1 over 100 ms or 100 MB, or when the page does not show what was told.
 *
 *   node bin/launch.js test/full/console/stream.ts [SECONDS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startInstance } from '../../../local/platform/instance.ts';
import { STAGE } from '../../../local/platform/stage.ts';
import { createPaths } from '../../../local/view/paths.ts';
import { openConsole } from '../../../operate/console/console.ts';
import { lookupsOf } from '../../../operate/console/live/flow/standing.ts';
import { topology } from '../../../stacks/topology.ts';
import { launchBrowser } from '../../browser/browser.ts';
import { record, replay } from './recording.ts';
import { openWatched } from './watched-page.ts';

const SECONDS = Number(process.argv[2] ?? 30);
const PER_SECOND = 1_000;
const RECORDED_MESSAGES = 100;
const MOST_TASK_MS = 100;
const MOST_MB = 100;
/** Of the wanted rate, as the page shows it. */
const SHOWN_SHARE = 0.9;
const WEBHOOK_TIMEOUT_MS = 60_000;
const TOKEN = 'of-this-run';

const home = mkdtempSync(join(tmpdir(), 'frontdesk-stream-'));
const data = join(home, 'data');
const instance = await startInstance({
  shared: { portBase: 0, data, memory: false, mode: null, classifier: 'embedded', limits: 'unlimited' },
  timeScale: 1,
  agesFrom: 'received',
  sandbox: { webhookBody: 'with-message-id', escape: 'json', webhookTimeoutMs: WEBHOOK_TIMEOUT_MS },
});
const paths = createPaths();
const desk = await openConsole({
  port: 0,
  token: TOKEN,
  settings: { dataDir: data, dataDirGiven: data, target: 'local', stage: null, variables: process.env },
  paths,
  ticketNumber: () => undefined,
  live: { env: STAGE.env, topology, lookups: lookupsOf(instance.platform.endpoint, topology) },
  about: () => ({ mode: 'auto' }),
  isBuiltAhead: true,
});
const browser = await launchBrowser();
try {
  const told = await record(instance, RECORDED_MESSAGES);
  const watched = await openWatched(browser, desk.url, TOKEN);
  await watched.page.getByRole('group', { name: 'classify', exact: true }).waitFor();
  const running = replay(told, PER_SECOND, {
    measured: desk.measured,
    fact(fact) {
      desk.fact(fact);
      const path = paths.hear(fact);
      if (path !== null) desk.tell(path);
    },
  });
  // Loading is over; from here on it is the stream that makes work.
  await sleep(1_000);
  await watched.takeLongTasks();
  let mostMb = 0;
  for (let second = 0; second < SECONDS; second += 1) {
    await sleep(1_000);
    mostMb = Math.max(mostMb, await watched.heapMb());
  }
  const shown = await shownRate(watched.page);
  const tasks = await watched.takeLongTasks();
  running.stop();
  const longest = Math.max(0, ...tasks);
  const isHeld = longest <= MOST_TASK_MS && mostMb <= MOST_MB && shown >= PER_SECOND * SHOWN_SHARE;
  process.stdout.write(
    `console-stream: ${SECONDS} s at ${PER_SECOND} facts/s (${shown} shown): longest task ${Math.round(longest)} ms, ` +
      `${tasks.length} over 50 ms, page memory at most ${mostMb.toFixed(1)} MB${isHeld ? '' : ': not held'}\n`,
  );
  process.exitCode = isHeld ? 0 : 1;
} finally {
  await browser.close();
  await desk.close();
  await instance.stop();
  rmSync(home, { recursive: true, force: true });
}

/** `998 facts/s`, `1k facts/s`. */
async function shownRate(page: Awaited<ReturnType<typeof openWatched>>['page']): Promise<number> {
  const text = (await page.getByText(/ facts\/s$/).textContent()) ?? '';
  const [, number = '0', thousand] = /([\d.]+)(k?) facts/.exec(text) ?? [];
  return Number(number) * (thousand === 'k' ? 1_000 : 1);
}
