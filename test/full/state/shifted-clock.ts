/**
 * Preloaded (`node --import`) into an instance that opens a fixture: its clock shows the day on which the fixture was left, so
 * that what waits in it is minutes old, whenever the test runs. The function host and its threads get the same.
 */
import childProcess, { type ForkOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

export const OFFSET_VARIABLE = 'FRONTDESK_TEST_CLOCK_OFFSET_MS';

const offset = Number(process.env[OFFSET_VARIABLE] ?? 0);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...args: unknown[]) {
    if (args.length === 0) super(RealDate.now() + offset);
    else super(...(args as [number]));
  }
  static override now(): number {
    return RealDate.now() + offset;
  }
} as DateConstructor;

const { fork } = childProcess;
childProcess.fork = ((module: string | URL, options: ForkOptions) =>
  fork(module, {
    ...options,
    execArgv: ['--import', import.meta.url],
    env: { ...options.env, [OFFSET_VARIABLE]: String(offset) },
  })) as typeof fork;
syncBuiltinESMExports();
