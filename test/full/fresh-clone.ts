import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

// node bin/launch.js test/full/fresh-clone.ts COMMAND [ARG…]
// Clones the commit that is checked out into another folder, installs as the README says with the machine's own Node,
// and runs the command there with the network off. Ends as the command ended.

const ROOT = dirname(dirname(import.meta.dirname));
const CUT_NETWORK = ['unshare', '--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('usage: fresh-clone.ts COMMAND [ARG…]\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-clone-'));
try {
  demand(['git', 'clone', '--quiet', '--no-hardlinks', ROOT, folder], ROOT);
  demand(['npm', 'ci'], folder);
  const canCut = run([...CUT_NETWORK, 'true'], folder, 'ignore').status === 0;
  const began = performance.now();
  const { status } = run([...(canCut ? CUT_NETWORK : []), command, ...args], folder, 'inherit');
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const node = run(['node', '--version'], folder, 'pipe').stdout.trim();
  const network = canCut ? 'network off' : 'network not cut on this machine';
  process.stdout.write(`fresh clone: Node ${node.slice(1)}, ${network}, ${seconds} s\n`);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function demand(words: string[], cwd: string): void {
  if (run(words, cwd, 'inherit').status !== 0) throw new Error(`${words.join(' ')} failed`);
}

function run([program = '', ...rest]: string[], cwd: string, stdio: 'ignore' | 'inherit' | 'pipe') {
  return spawnSync(program, rest, { cwd, stdio, encoding: 'utf8', env: userEnvironment() });
}

/** The environment of someone who just opened a terminal: nothing that npm or the launcher added to this run. */
function userEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules') && !entry.includes('node-gyp-bin'))
    .join(delimiter);
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|INIT_CWD$|NODE$|VITEST)/i.test(name));
  return { ...Object.fromEntries(kept), PATH: path, NO_COLOR: '1' };
}
