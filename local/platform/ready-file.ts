/** The ready object of interfaces §1: how programs find a running instance. Holds tokens, so only its owner may read it. */
import { accessSync, constants, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { StartProblem } from './problem.ts';

export type ReadyObject = {
  readonly schema: 1;
  readonly pid: number;
  readonly version: string;
  readonly consoleUrl: string;
  readonly consoleToken: string;
  readonly webhookUrl: string;
  readonly webhookHeader: string;
  readonly webhookToken: string;
  /** Absent while the webhook takes a token in `webhookHeader`; `webhookUrl` has its token in it where the URL carries one. */
  readonly webhookAuth?: AuthMethod;
  readonly awsEndpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly busName: string;
  readonly richpanelUrl: string;
  /** Of the sandbox; empty where a real workspace is worked for, whose key stays out of files that others read. */
  readonly richpanelKey: string;
  /** `null` with `--memory`. */
  readonly dataDir: string | null;
  readonly startedAt: string;
  /** Absent while waits are as long as they are. */
  readonly timeScale?: number;
  /** Absent while the functions run from their sources. */
  readonly bundled?: true;
  /** Absent while the sandbox runs; `richpanelUrl` is the real workspace then. */
  readonly sandbox?: false;
  /** Absent while `embedded` decides. */
  readonly classifier?: 'openai';
};

/** Name of the copy in the data folder, by which `npx frontdesk` finds the instance. */
export const INSTANCE_FILE = 'instance.json';

/** Looks before anything is started; throws `StartProblem`. */
export function assertWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new StartProblem(`--ready-file ${file} cannot be written: name a file in a folder that exists and is yours.`);
  }
}

/** Whole or not there: written aside and renamed. */
export function writeReadyFile(file: string, ready: ReadyObject): void {
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 });
  renameSync(aside, file);
}

export function removeReadyFile(file: string): void {
  rmSync(file, { force: true });
}
