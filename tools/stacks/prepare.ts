/** Unpacks SST's components into `.sst/` without internet access or an account (reference/sst-offline). */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../../operate/failure.ts';
import { ROOT } from './app.ts';
import { whyUnprepared } from './platform.ts';

/** What SST 4.17.1 wants `pulumi version` to say; nothing else is asked of it while unpacking. */
const PULUMI_VERSION = 'v3.215.0';
const LIMIT_MS = 600_000;

/** @returns Whether there was something to do. */
export async function prepare(say: (line: string) => void): Promise<boolean> {
  const reason = await whyUnprepared();
  if (reason === null) return false;
  say(`${reason}: unpacking (about 40 s, 320 MB below .sst/, from the npm registry)`);
  // A partly unpacked platform is taken by SST for a whole one.
  rmSync(join(ROOT, '.sst/platform'), { recursive: true, force: true });
  const home = mkdtempSync(join(tmpdir(), 'frontdesk-sst-home-'));
  try {
    putStandIn(home);
    await install(home, say);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  const left = await whyUnprepared();
  if (left !== null) throw new Failure('not_prepared', left, 'run `npm ci`, then `npm run stacks:prepare` again');
  return true;
}

/** SST fetches Pulumi before it unpacks anything, unless one of the right version stands in its HOME; never deploy from there. */
function putStandIn(home: string): void {
  const file = join(home, '.config/sst/bin/pulumi');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${PULUMI_VERSION}\n`);
  chmodSync(file, 0o755);
}

function install(home: string, say: (line: string) => void): Promise<void> {
  const began = performance.now();
  const child = spawn(sstBinary(), ['install', '--stage', 'ci'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      HOME: home,
      SST_STAGE: 'ci',
      SST_NO_BUN: '1',
      SST_TELEMETRY_DISABLED: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const clock = setInterval(() => say(`… ${((performance.now() - began) / 1000).toFixed(0)} s`), 10_000);
  return new Promise<void>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done() : fail(refused(output))));
  }).finally(() => clearInterval(clock));
}

function refused(output: string): Failure {
  const [last = 'it said nothing'] = output.trim().split('\n').slice(-1);
  return new Failure('sst_install', `sst install failed: ${last}`, 'see that the npm registry answers, then try again');
}

/** The program itself: SST's own launcher looks for one to download. */
function sstBinary(): string {
  const name = `sst-${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin/sst');
  } catch {
    throw new Failure('no_sst', `there is no ${name} among the packages`, 'run `npm ci` on Linux or macOS');
  }
}
