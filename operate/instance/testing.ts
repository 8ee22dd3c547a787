/** A real instance in a temporary folder, and the real command line, as a child process and in this one. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SHIPPED_FILE } from '../../config/shipped.testing.ts';
import { ROOT } from '../../local/platform/release.ts';
import { runCommandLine } from '../command-line.ts';
import { findInstance, type Instance } from './instance.ts';

/** The shop as it is shipped, whatever config/frontdesk.yaml says. */
const environment = () => ({ ...process.env, FRONTDESK_CONFIG: SHIPPED_FILE });

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `npx frontdesk …` on a data folder. */
export function frontdesk(data: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/frontdesk.js'), '--data', data, ...args], {
    cwd: ROOT,
    env: environment(),
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** The same command with `--json` in this process: a process of its own takes half a second of the processor to load. */
export async function frontdeskJson(data: string, ...args: readonly string[]) {
  const said = { out: '', err: '' };
  const code = await runCommandLine(['--data', data, '--json', ...args], {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    variables: environment(),
  });
  return { code, ...said, value: JSON.parse(said.out) };
}

export type RunningInstance = { readonly data: string; stop(): Promise<void>; remove(): void };

const READY_MS = 60_000;

/**
 * Starts `npm start` on free ports, without invented customers and without the vendor's limits, which a test would meet; resolves once it accepts work.
 *
 * @param existing  a data folder to run on
 * @param more      further options of `npm start`, and variables beside those of this process
 */
export async function startedInstance(
  existing?: string,
  more: { readonly args?: readonly string[]; readonly variables?: Readonly<Record<string, string>> } = {},
): Promise<RunningInstance> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-operate-'));
  const data = existing ?? join(folder, 'data');
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'local/start.ts'),
      ...['--port-base', '0', '--data', data, '--traffic', '0', '--unlimited'],
      ...(more.args ?? []),
    ],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...environment(), ...more.variables } },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const until = performance.now() + READY_MS;
  while (!existsSync(join(data, 'instance.json'))) {
    if (performance.now() > until || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error('the instance did not start');
    }
    await sleep(50);
  }
  return {
    data,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where the instance of the data folder is reached. */
export function instanceIn(data: string): Instance {
  const instance = findInstance({ dataDir: data, dataDirGiven: data });
  if (instance === null) throw new Error('the instance does not run');
  return instance;
}

/**
 * The endpoint of a running instance stands for AWS: the same requests, found as any AWS tool finds it, by the environment.
 *
 * @returns puts the environment back as it was
 */
export function standForAws(data: string, more: Readonly<Record<string, string>> = {}): () => void {
  const instance = instanceIn(data);
  const former = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: instance.awsEndpoint,
    AWS_REGION: 'us-east-2',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    RICHPANEL_BASE_URL: instance.richpanelUrl,
    ...more,
  });
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
    Object.assign(process.env, former);
  };
}
