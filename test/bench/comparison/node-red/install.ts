/** Node-RED, installed for the comparison only: outside the repository and its dependencies. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const NODE_RED_VERSION = '5.0.7';

/** Its start script; installed into the temporary folder when it is not there yet, without install scripts. */
export function nodeRedScript(say: (line: string) => void): string {
  const folder = join(tmpdir(), `frontdesk-node-red-${NODE_RED_VERSION}`);
  const script = join(folder, 'node_modules', 'node-red', 'red.js');
  if (existsSync(script)) return script;
  say(`installing Node-RED ${NODE_RED_VERSION} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  const run = spawnSync('npm', ['install', `node-red@${NODE_RED_VERSION}`, '--prefix', folder, ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (run.status !== 0 || !existsSync(script)) throw new Error('Node-RED could not be installed');
  return script;
}
