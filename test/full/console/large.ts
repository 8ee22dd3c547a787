/**
 * Every page of the console over a folder of many conversations: prints the slowest question and the most memory of a page; exits
 * 1 when the 95th percentile of a page's questions is over 300 ms, or its memory over 100 MB.
 *
 *   node bin/launch.js test/full/console/large.ts [CONVERSATIONS [FOLDER]]
 *
 * A folder that is given is taken as it is: 100,000 conversations take an hour to make.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Response } from 'playwright-core';
import { ROOT } from '../../../local/platform/release.ts';
import { MENU } from '../../../operate/console/page/menu.ts';
import { launchBrowser } from '../../browser/browser.ts';
import { startFrontdesk } from '../../browser/instance.ts';
import { openWatched } from './watched-page.ts';

const CONVERSATIONS = Number(process.argv[2] ?? 100_000);
const GIVEN = process.argv[3];
const VISITS = 5;
const MOST_MS = 300;
const MOST_MB = 100;
/** Everything that a page asks when it opens has been answered by then, or is too slow by far. */
const LOOK_MS = 2_500;

type Look = {
  readonly name: string;
  readonly questions: { readonly path: string; readonly ms: number }[];
  mostMb: number;
};

const home = mkdtempSync(join(tmpdir(), 'frontdesk-large-'));
const data = GIVEN ?? join(home, 'data');
const browser = await launchBrowser();
try {
  if (!existsSync(data)) simulate(data);
  const frontdesk = await startFrontdesk([], data);
  try {
    const looks: Look[] = [];
    for (const { path, name } of MENU) {
      // What a page needs for the first time since the start is loaded then.
      await visit(browser, frontdesk, path, { name, questions: [], mostMb: 0 });
      const look: Look = { name, questions: [], mostMb: 0 };
      for (let turn = 0; turn < VISITS; turn += 1) await visit(browser, frontdesk, path, look);
      looks.push(look);
      process.stderr.write(`${name}: ${Math.round(p95(look))} ms, ${look.mostMb.toFixed(1)} MB${slowest(look)}\n`);
    }
    const isHeld = looks.every((look) => p95(look) <= MOST_MS && look.mostMb <= MOST_MB);
    const pages = looks.map((look) => `${look.name} ${Math.round(p95(look))} ms ${Math.round(look.mostMb)} MB`);
    process.stdout.write(
      `console-large: ${GIVEN === undefined ? `${CONVERSATIONS} conversations` : GIVEN}, p95 of what each page asks in ${VISITS} visits, and its memory: ` +
        `${pages.join('; ')}${isHeld ? '' : ': not held'}\n`,
    );
    process.exitCode = isHeld ? 0 : 1;
  } finally {
    await frontdesk.stop();
  }
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true });
}

function simulate(folder: string): void {
  const { status } = spawnSync(
    process.execPath,
    [join(ROOT, 'bin/launch.js'), 'test/simulation/cli.ts', '--conversations', String(CONVERSATIONS), '--keep', folder],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) throw new Error(`the simulation ended with ${status}`);
}

async function visit(
  browser: Browser,
  { url, token }: { url: string; token: string },
  path: string,
  look: Look,
): Promise<void> {
  const watched = await openWatched(browser, url, token);
  const answered: Promise<void>[] = [];
  watched.page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/api/')) answered.push(note(response, look));
  });
  await watched.page.goto(`${url}/${path}`);
  await watched.page.getByRole('heading', { level: 1, name: look.name }).waitFor();
  await sleep(LOOK_MS);
  await Promise.all(answered);
  look.mostMb = Math.max(look.mostMb, await watched.heapMb());
  await watched.close();
}

async function note(response: Response, look: Look): Promise<void> {
  await response.finished();
  const { requestStart, responseEnd } = response.request().timing();
  look.questions.push({ path: new URL(response.url()).pathname, ms: responseEnd - requestStart });
}

function p95({ questions }: Look): number {
  const sorted = questions.map(({ ms }) => ms).toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
}

function slowest({ questions }: Look): string {
  const [worst] = questions.toSorted((one, other) => other.ms - one.ms);
  return worst === undefined ? '' : `, slowest ${worst.path} ${Math.round(worst.ms)} ms`;
}
