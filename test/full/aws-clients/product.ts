/** The product as its users start it, in a folder of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const START_MS = 60_000;

export type Product = {
  readonly ready: ReadyObject;
  /** Its data folder. */
  readonly data: string;
  /** Ends it and removes the folder. */
  stop(): Promise<void>;
};

/** `node bin/launch.js local/start.ts --data <new folder> --port-base 0 --traffic 0 …`; throws when it does not come up. */
export async function startProduct(
  options: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-clients-'));
  const data = join(folder, 'data');
  const readyFile = join(folder, 'ready.json');
  const child = spawn(
    process.execPath,
    [
      'bin/launch.js',
      'local/start.ts',
      '--data',
      data,
      '--port-base',
      '0',
      '--ready-file',
      readyFile,
      '--traffic',
      '0',
      ...options,
    ],
    { cwd: ROOT, env: { ...process.env, ...variables }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  // A runner that is ended from outside leaves nothing running.
  process.once('SIGTERM', () => process.exit(1));
  process.once('exit', () => child.kill('SIGTERM'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const end = performance.now() + START_MS;
  while (!existsSync(readyFile)) {
    if (child.exitCode !== null || performance.now() > end) {
      await stop();
      throw new Error('the product did not start');
    }
    await sleep(100);
  }
  return { ready: JSON.parse(readFileSync(readyFile, 'utf8')) as ReadyObject, data, stop };
}

/** One call of the sandbox's control interface (interfaces §9). */
export async function sandbox<T>({ ready }: Product, path: string, body?: object): Promise<T> {
  const response = await fetch(`${ready.richpanelUrl}/__sandbox${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${path}`);
  return (await response.json()) as T;
}
