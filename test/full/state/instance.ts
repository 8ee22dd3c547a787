/** `npm start` as a process, on a data folder and at a given time. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { ROOT } from '../../../local/platform/release.ts';
import { OFFSET_VARIABLE } from './shifted-clock.ts';

export type RunningInstance = {
  readonly ready: ReadyObject;
  /** What it wrote to stderr. */
  said(): string;
  stop(): Promise<number | null>;
};

const READY_MS = 60_000;

/** @param offsetMs  how far its clock is from the machine's. */
export async function startOn(data: string, offsetMs = 0): Promise<RunningInstance> {
  const readyFile = join(data, '..', 'ready.json');
  rmSync(readyFile, { force: true });
  const clock = ['--import', pathToFileURL(join(import.meta.dirname, 'shifted-clock.ts')).href];
  const options = ['--port-base', '0', '--data', data, '--ready-file', readyFile, '--traffic', '0', '--unlimited'];
  const child = spawn(process.execPath, [...(offsetMs === 0 ? [] : clock), join(ROOT, 'local/start.ts'), ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, [OFFSET_VARIABLE]: String(offsetMs) },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const until = performance.now() + READY_MS;
  while (!existsSync(readyFile)) {
    if (performance.now() > until || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error(`the instance did not start: ${said}`);
    }
    await sleep(50);
  }
  return {
    ready: JSON.parse(readFileSync(readyFile, 'utf8')),
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
