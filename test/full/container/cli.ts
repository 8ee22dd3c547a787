/**
 * Does what the Dockerfile says, step by step, in a clean folder and without a builder: copies, installs, starts as nobody special,
 * asks the health check, writes as a customer, stops. Node and the system are this machine's, not the image's.
 *
 *   node bin/launch.js test/full/container/cli.ts
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../local/platform/release.ts';
import { copiesOf, filesOfContext, readDockerfile, type Stage, wordsOf } from '../../container/dockerfile.ts';

const NOBODY = 65_534;
const HEALTHY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 15_000;

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-image-'));
chmodSync(folder, 0o755);
const nobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
let running: ChildProcess | null = null;
try {
  const context = filesOfContext();
  const stages = readDockerfile();
  for (const [index, stage] of stages.entries()) build(stage, index, context, stages);
  const last = stages.length - 1;
  const image = stages[last];
  if (image === undefined) throw new Error('the Dockerfile has no stage');
  const app = appOf(last);
  const bytes = sizeOf(app);
  running = start(app, [...wordsOf(image, 'ENTRYPOINT'), '--port-base', '0']);
  const began = performance.now();
  while (!isHealthy(app, image)) {
    if (performance.now() - began > HEALTHY_WITHIN_MS || running.exitCode !== null)
      throw new Error('it did not become healthy');
    await sleep(200);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  demand(run(app, ['node', 'bin/frontdesk.js', 'say', 'where is my order?']), 'a message was not handled');
  const ended = new Promise<number | null>((done) => running?.on('exit', done));
  running.kill('SIGTERM');
  const code = await Promise.race([ended, sleep(STOPPED_WITHIN_MS, 'still running', { ref: false })]);
  if (code !== 0) throw new Error(`SIGTERM did not end it well (${code})`);
  if (isHealthy(app, image)) throw new Error('stopped, it still calls itself healthy');
  const who = 'uid' in nobody ? 'as nobody' : 'as whoever ran this';
  process.stdout.write(
    `container: ${(bytes / 1e6).toFixed(0)} MB in /app, healthy ${seconds} s after its start ${who}, a message handled, stopped by SIGTERM\n`,
  );
} finally {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

function appOf(index: number): string {
  return join(folder, String(index), 'app');
}

function build(stage: Stage, index: number, context: readonly string[], stages: readonly Stage[]): void {
  const app = appOf(index);
  mkdirSync(app, { recursive: true });
  for (const { sources, target, from } of copiesOf(stage)) {
    if (from !== null) {
      const made = appOf(stages.findIndex(({ name }) => name === from));
      for (const source of sources)
        cpSync(join(made, source.replace(/^\/app\//, '')), join(app, target), {
          recursive: true,
          verbatimSymlinks: true,
        });
    } else for (const source of sources) copy(source, app, context);
  }
  for (const { rest } of stage.instructions.filter(({ name }) => name === 'RUN')) {
    // Whose a folder is, is set below by number: the user `node` is the image's.
    const command = rest.replace(/ && chown node:node \S+$/, '');
    const { status, stderr } = spawnSync('sh', ['-c', command], {
      cwd: app,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
    if (status !== 0) throw new Error(`RUN ${command} failed: ${stderr.trim()}`);
    const [, made] = /mkdir (\S+)/.exec(command) ?? [];
    if (made !== undefined && 'uid' in nobody) chownSync(join(app, made), NOBODY, NOBODY);
  }
}

function copy(source: string, app: string, context: readonly string[]): void {
  for (const file of context.filter((one) => one === source || one.startsWith(`${source}/`)))
    cpSync(join(ROOT, file), join(app, file), { recursive: true });
}

function start(app: string, words: readonly string[]): ChildProcess {
  const [program = '', ...args] = words;
  return spawn(program, args, { cwd: app, env: environment(), stdio: ['ignore', 'ignore', 'inherit'], ...nobody });
}

function run(app: string, [program = '', ...args]: readonly string[]): { status: number | null; stderr: string } {
  return spawnSync(program, args, { cwd: app, env: environment(), encoding: 'utf8', ...nobody });
}

function isHealthy(app: string, image: Stage): boolean {
  return run(app, wordsOf(image, 'HEALTHCHECK')).status === 0;
}

/** Nothing of this machine but where Node is. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: path, HOME: folder, NODE_COMPILE_CACHE: join(folder, 'never') };
}

function demand({ status, stderr }: { status: number | null; stderr: string }, says: string): void {
  if (status !== 0) throw new Error(`${says}: ${stderr.trim()}`);
}

function sizeOf(entry: string): number {
  const found = lstatSync(entry);
  return found.isDirectory()
    ? readdirSync(entry).reduce((sum, name) => sum + sizeOf(join(entry, name)), 0)
    : found.size;
}
