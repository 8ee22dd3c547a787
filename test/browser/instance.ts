/** A Frontdesk that `npm start` runs, in a folder of its own, for a browser to look at. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadyObject } from '../../local/platform/ready-file.ts';

const LAUNCHER = new URL('../../bin/launch.js', import.meta.url).pathname;
const WAIT_MS = 60_000;

export type Running = {
  readonly ready: ReadyObject;
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
};

/** @param options  further ones of `npm start`. */
export async function startFrontdesk(options: readonly string[] = [], data?: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-browser-'));
  const readyFile = join(folder, 'ready.json');
  const child = spawn(
    process.execPath,
    [
      LAUNCHER,
      'local/start.ts',
      ...['--port-base', '0', '--data', data ?? join(folder, 'data'), '--traffic', '0', '--ready-file', readyFile],
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FRONTDESK_TIME_SCALE: '0.1' } },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const began = performance.now();
  while (!existsSync(readyFile)) {
    if (child.exitCode !== null || performance.now() - began > WAIT_MS)
      throw new Error(`npm start did not get ready:\n${said}`);
    await delay(50);
  }
  const ready = JSON.parse(readFileSync(readyFile, 'utf8')) as ReadyObject;
  return {
    ready,
    url: ready.consoleUrl,
    token: ready.consoleToken,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
