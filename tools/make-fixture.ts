/**
 * The data folder of a release, made by running it: some messages settled, some under way, then `kill -9`.
 *
 * node bin/launch.js tools/make-fixture.ts TREE [FILE]
 *
 * TREE is a checkout of the release with its node_modules; FILE is `local/platform/fixtures/<release>.tar.br` unless named.
 * Every secret in it is replaced by an invented one before anything is sealed or signed with it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { FIXTURE_SECRETS } from '../local/platform/fixtures/secrets.ts';

type Ready = { readonly richpanelUrl: string; readonly consoleUrl: string; readonly consoleToken: string };
type Run = { readonly child: ChildProcess; readonly ready: Ready; readonly ended: Promise<unknown> };

const [given, out] = process.argv.slice(2);
if (given === undefined) throw new Error('name a checkout of the release, with its node_modules');
const tree = resolve(given);
const release: string = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')).version;
const file = resolve(out ?? join(import.meta.dirname, '../local/platform/fixtures', `${release}.tar.br`));

/** Enough to fill every table, few enough to stay below half a megabyte. */
const SETTLED = 24;
const AT_ONCE = 4;
const UNDER_WAY = 8;
const MAX_TAR_BYTES = 64 * 1024 * 1024;
const WAIT_MS = 120_000;
/** No process has a number that high: the lock is that of a dead one, on every machine. */
const DEAD_LOCK = { pid: 999_999_999, startTicks: null };
/** Made anew by every start, with paths and tokens of this machine. */
const LEFT_OUT = ['instance.json', 'functions.log', 'traces.log', 'metrics.log'];
const TEXTS = [
  'My mug arrived broken, the handle is smashed',
  'Where is my order?',
  'Please cancel my order',
  'The parcel says delivered and nothing is here',
];

const home = mkdtempSync(join(tmpdir(), 'frontdesk-fixture-'));
const data = join(home, 'data');
let child: ChildProcess | null = null;
try {
  await stop(await start());
  inventSecrets();
  const running = await start();
  // A few at a time: the sandbox gives a webhook 5 s, and nothing here is loaded yet.
  for (let from = 0; from < SETTLED; from += AT_ONCE) await writeMessages(running.ready, 'settled', from, AT_ONCE);
  await until(async () => (await settledCount(running.ready)) >= SETTLED);
  await writeMessages(running.ready, 'under-way', 0, UNDER_WAY);
  running.child.kill('SIGKILL');
  await running.ended;
  for (const name of LEFT_OUT) rmSync(join(data, name), { force: true });
  writeFileSync(join(data, 'lock'), `${JSON.stringify(DEAD_LOCK)}\n`);
  mkdirSync(dirname(file), { recursive: true });
  // A folder after `kill -9` says most things three times, far apart: brotli's wide window makes a quarter of what gzip does.
  const tar = execFileSync('tar', ['-cf', '-', '--numeric-owner', '--owner=0', '--group=0', '-C', home, 'data'], {
    maxBuffer: MAX_TAR_BYTES,
  });
  writeFileSync(file, brotliCompressSync(tar, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }));
  process.stdout.write(`${file}: folder of ${release}, ${SETTLED} messages settled, ${UNDER_WAY} under way\n`);
} finally {
  (child as ChildProcess | null)?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
}

async function start(): Promise<Run> {
  const readyFile = join(home, 'ready.json');
  rmSync(readyFile, { force: true });
  const args = ['--port-base', '0', '--data', data, '--ready-file', readyFile, '--traffic', '0', '--unlimited'];
  child = spawn(process.execPath, [join(tree, 'local/start.ts'), ...args], {
    cwd: tree,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const started = child;
  const ended = new Promise((done) => started.once('exit', done));
  await until(() => existsSync(readyFile));
  return { child: started, ready: JSON.parse(readFileSync(readyFile, 'utf8')), ended };
}

async function stop({ child, ended }: Run): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}

/** Of random values nobody could tell whether they were secret anywhere. */
function inventSecrets(): void {
  const database = new DatabaseSync(join(data, 'aws.sqlite'));
  const known = database.prepare('SELECT name FROM secrets').all();
  const change = database.prepare('UPDATE secret_versions SET text = ? WHERE name = ?');
  for (const { name } of known) {
    const value = FIXTURE_SECRETS[String(name)];
    if (value === undefined) throw new Error(`invent a value for the secret ${name} in fixtures/secrets.ts`);
    change.run(value, String(name));
  }
  database.exec('VACUUM');
  database.close();
}

/** Resolves once every webhook was answered. */
async function writeMessages(ready: Ready, prefix: string, from: number, count: number): Promise<void> {
  const bodies = Array.from({ length: count }, (_, position) => from + position).map((index) => ({
    channel: index % 2 === 0 ? 'livechat' : 'email',
    text: TEXTS[index % TEXTS.length],
    conversationId: `${prefix}-${index}`,
    customer: { firstName: 'Ann', email: `${prefix}-${index}@example.test` },
  }));
  await Promise.all(
    bodies.map(async (body) => {
      const response = await fetch(`${ready.richpanelUrl}/__sandbox/messages`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      const { webhooks }: { webhooks?: { status: number }[] } = Object(await response.json());
      if (webhooks?.[0]?.status !== 200) throw new Error('a message was not taken');
    }),
  );
}

async function settledCount(ready: Ready): Promise<number> {
  const response = await fetch(`${ready.consoleUrl}/state`, {
    headers: { authorization: `Bearer ${ready.consoleToken}` },
  });
  return Number(Object(await response.json()).counters?.settled);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited too long');
    await sleep(50);
  }
}
