/** A copy of the state to lose tables on: its own folder, its own ports, its own sandbox. The real one is only ever read. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TableName } from '../../functions/shared/store/language.ts';
import { openDatabase } from '../../local/aws/database.ts';
import { openOwnEngine } from '../../local/aws/dynamodb/own-engine.ts';
import { fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { readSchema, readVersion, SCHEMA, writeSchema, writeVersion } from '../../local/platform/folder-version.ts';
import { leaveDeadLock } from '../../local/platform/lock.ts';
import { RELEASE, ROOT } from '../../local/platform/release.ts';
import { STAGE } from '../../local/platform/stage.ts';
import { PARTS } from '../backup/manifest.ts';
import { copyOneMoment } from '../backup/snapshot.ts';
import type { Context, Variables } from '../context.ts';
import { Failure } from '../failure.ts';
import { findInstance, type Instance } from '../instance/instance.ts';

const READY_MS = 60_000;
const POLL_MS = 50;
/** Waits of minutes pass in seconds: what is measured is the rebuild, and nobody has patience for parked messages. */
export const TIME_SCALE = 0.1;
/** Nothing of the shell reaches the copy: neither keys nor addresses of a real workspace, model or account. */
const KEPT_VARIABLES = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ'];

export type Copy = { readonly context: Context; readonly instance: Instance; stop(): Promise<void> };

export type Scratch = {
  /** A folder of this name with the state of another one, or of the real one. */
  copy(from: string, name: string): Promise<string>;
  /** Starts an instance on the folder, in mode auto: everything that could send may send. */
  start(folder: string, timeScale?: number): Promise<Copy>;
  /** Ends what runs and deletes everything. */
  remove(): void;
};

/** Beside the data folder, for its owner only: it holds what the folder holds. */
export function openScratch(context: Context): Scratch {
  const home = mkdtempSync(`${context.dataDir}.drill-`);
  const children = new Set<ChildProcess>();
  return {
    async copy(from, name) {
      const folder = join(home, name);
      mkdirSync(folder, { mode: 0o700 });
      await copyOneMoment(
        from,
        PARTS.filter((part) => existsSync(join(from, part))),
        folder,
      );
      writeSchema(folder, SCHEMA);
      writeVersion(folder, RELEASE);
      leaveDeadLock(folder);
      return folder;
    },
    async start(folder, timeScale = TIME_SCALE) {
      const args = ['--port-base', '0', '--data', folder, '--traffic', '0', '--unlimited', '--mode', 'auto'];
      const child = spawn(process.execPath, [join(ROOT, 'local/start.ts'), ...args], {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'ignore'],
        env: variablesOf(context.variables, timeScale),
        // A Ctrl-C at the terminal is ours to answer.
        detached: true,
      });
      children.add(child);
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      const own: Context = {
        ...context,
        dataDir: folder,
        dataDirGiven: folder,
        target: 'local',
        stage: null,
        tell: context.note,
      };
      const instance = await whenReady(child, own);
      return {
        context: own,
        instance,
        async stop() {
          child.kill('SIGTERM');
          await ended;
          children.delete(child);
        },
      };
    },
    remove() {
      for (const child of children) child.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

function variablesOf(variables: Variables, timeScale: number): NodeJS.ProcessEnv {
  const kept = KEPT_VARIABLES.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]]));
  return { ...Object.fromEntries(kept), FRONTDESK_TIME_SCALE: String(timeScale) };
}

async function whenReady(child: ChildProcess, context: Context): Promise<Instance> {
  const until = performance.now() + READY_MS;
  for (;;) {
    if (performance.now() > until || child.exitCode !== null || child.signalCode !== null)
      throw new Failure('copy_not_started', 'the copy did not start', 'run `npx frontdesk doctor`, then try again');
    const instance = existsSync(join(context.dataDir, 'instance.json')) ? tryFind(context) : null;
    if (instance !== null) return instance;
    await sleep(POLL_MS);
  }
}

function tryFind(context: Context): Instance | null {
  try {
    return findInstance(context);
  } catch {
    return null;
  }
}

/** Deletes the tables in a folder that nothing runs on, as if somebody had dropped them. */
export function loseTables(folder: string, tables: readonly TableName[]): void {
  const database = openDatabase(join(folder, 'aws.sqlite'));
  const { accountId, region, env } = STAGE;
  const { operations } = openOwnEngine({ database, accountId, region, now: Date.now });
  for (const table of tables) operations.DeleteTable?.({ TableName: fullTableName(env, table) });
  database.close();
}

/** Refuses what cannot be copied: no state, another form, or the state of a real workspace, whose tickets are not here. */
export function requireDrillable({ dataDir, dataDirGiven }: Context): void {
  const hasState = existsSync(join(dataDir, 'aws.sqlite')) && readVersion(dataDir) !== null;
  if (!hasState)
    throw new Failure(
      'no_data',
      `${dataDirGiven} holds no data of Frontdesk to drill on`,
      'start with `npm start` and write some messages, or name another folder with --data',
    );
  if (readSchema(dataDir) !== SCHEMA)
    throw new Failure(
      'other_schema',
      `${dataDirGiven} was written by another release in another form`,
      'start this release on it once, which migrates it',
    );
  if (!existsSync(join(dataDir, 'richpanel.sqlite')))
    throw new Failure(
      'real_workspace',
      `${dataDirGiven} has no sandbox: its tickets are in a real workspace, which no drill touches`,
      'drill on a folder of `npm start` with the sandbox, or on staging (docs/recovery.md)',
    );
}
