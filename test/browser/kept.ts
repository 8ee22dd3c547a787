/** A data folder full of what happened: simulated conversations, kept as `npm run simulate -- --keep` leaves them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const LAUNCHER = new URL('../../bin/launch.js', import.meta.url).pathname;

export type Kept = { readonly data: string; remove(): void };

export async function keptFolder(conversations: number): Promise<Kept> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-kept-'));
  const data = join(folder, 'data');
  const options = ['--keep', data, '--conversations', String(conversations)];
  await promisify(execFile)(process.execPath, [LAUNCHER, 'test/simulation/cli.ts', ...options], {
    cwd: join(LAUNCHER, '../..'),
  });
  return { data, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
