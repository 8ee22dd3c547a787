/** Builds the bundles where those that lie there are not of today's sources. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CONFIG_VERSION } from '../../config/generated/config.ts';
import { readConfigFile } from '../../config/load.ts';
import type { FunctionSpec } from '../../stacks/topology-types.ts';
import { staleness } from './bundles.ts';
import { configFile } from './config-file.ts';
import { StartProblem } from './problem.ts';

/** @param say  progress, in one line each. Throws `StartProblem` when they cannot be built. */
export async function freshBundles(
  root: string,
  functions: readonly Pick<FunctionSpec, 'name'>[],
  say: (line: string) => void,
): Promise<void> {
  const config = readConfigFile(configFile({}));
  if (config.ok && config.version !== CONFIG_VERSION)
    throw new StartProblem(
      'config/frontdesk.yaml is not what the bundles have built in: run node bin/launch.js tools/config-build.ts.',
    );
  const reason = staleness(root, functions);
  if (reason === null) return;
  say(`building the bundles: ${reason}`);
  const began = performance.now();
  const failure = await build(root);
  const now = failure ?? staleness(root, functions);
  if (now !== null) throw new StartProblem(`the bundles could not be built (${now}): see npm run bundle.`);
  say(`built the bundles in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

/** In a process of its own: the builder is no part of what runs. Answers what went wrong. */
function build(root: string): Promise<string | null> {
  const child = spawn(process.execPath, [join(root, 'tools', 'bundle.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (code) => done(code === 0 ? null : (stderr.trim().split('\n').at(-1) ?? `exit code ${code}`)));
  });
}
