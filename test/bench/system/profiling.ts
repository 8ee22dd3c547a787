/** CPU profiles of the function host, which starts without arguments of ours: its start is given some. */
import childProcess, { type ForkOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/** From here on, forked processes and their threads leave a `.cpuprofile` each in the folder when they end. */
export function profileForks(folder: string): void {
  const { fork } = childProcess;
  const profiled = (path: string | URL, options: ForkOptions): ReturnType<typeof fork> =>
    fork(path, { ...options, execArgv: [...(options.execArgv ?? []), '--cpu-prof', `--cpu-prof-dir=${folder}`] });
  Object.assign(childProcess, { fork: profiled });
  syncBuiltinESMExports();
}
