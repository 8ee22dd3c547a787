/** Makes the graphs of stages: the bundles once, then a process for each stage (interfaces §7). */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { misuse } from '../../operate/failure.ts';
import { ACCOUNT_VARIABLE, PLACEHOLDER_ACCOUNT, StageError, type StageTable } from '../../stacks/stages.ts';
import { bundleAll } from '../bundle/bundle.ts';
import { ROOT } from './app.ts';
import type { DeployedBundle, Graph, StageName } from './graph.ts';
import { PREPARE, whyUnprepared } from './platform.ts';
import { STAGE_IS_WRONG } from './report.ts';

/** Where functions name their bundles. */
const FOLDER = 'dist/functions';
/** A program that waits for something that never comes, e.g. a secret without a value, is ended; a stage takes 5 s on a quiet machine. */
const LIMIT_MS = 180_000;

/** @param table  Other stages than those of stacks/stages.ts. */
export async function makeGraphs(stages: readonly StageName[], table?: StageTable): Promise<Graph[]> {
  const reason = await whyUnprepared();
  if (reason !== null) throw misuse('not_prepared', reason, `run \`${PREPARE}\``);
  const work = mkdtempSync(join(tmpdir(), 'frontdesk-stacks-'));
  try {
    const manifest = join(work, 'bundles.json');
    writeFileSync(manifest, JSON.stringify(await deployedBundles(work)));
    const given = ['--work', work, '--bundles', manifest];
    if (table !== undefined) {
      const file = join(work, 'table.json');
      writeFileSync(file, JSON.stringify(table));
      given.push('--table', file);
    }
    // Every process has ended before the folder goes.
    const made = await Promise.allSettled(stages.map((stage) => makeGraph(stage, work, given)));
    return made.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function deployedBundles(work: string): Promise<DeployedBundle[]> {
  const bundles = await bundleAll(join(work, FOLDER));
  return bundles.map(({ name, file, bytes, exports }) => ({
    folder: `${FOLDER}/${name}`,
    bytes,
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    exports,
  }));
}

async function makeGraph(stage: StageName, work: string, given: readonly string[]): Promise<Graph> {
  const own = mkdtempSync(join(work, `${stage}-`));
  const out = join(own, 'graph.json');
  await runProgram(stage, ['--stage', stage, ...given, '--out', out]);
  return JSON.parse(readFileSync(out, 'utf8'));
}

function runProgram(stage: StageName, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    // No account, no region and no key of this machine takes part.
    env: {
      PATH: process.env.PATH,
      HOME: tmpdir(),
      AWS_EC2_METADATA_DISABLED: 'true',
      // Where the table names no account, nor do we.
      [ACCOUNT_VARIABLE]: PLACEHOLDER_ACCOUNT,
    },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code === 0) done();
      else if (code === STAGE_IS_WRONG) fail(stageError(said));
      else fail(new Error(`${stage}: ${signal === null ? said.trim() : `nothing came within ${LIMIT_MS / 1000} s`}`));
    });
  });
}

function stageError(said: string): StageError {
  const { field, problem, cure }: Pick<StageError, 'field' | 'problem' | 'cure'> = JSON.parse(said);
  return new StageError(field, problem, cure);
}
