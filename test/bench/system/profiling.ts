/** CPU profiles of the function host, which starts without arguments of ours: its start is given some. */
import childProcess, { type ForkOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/** What a host with many threads may take to write its profiles before it is ended for good. */
const WRITE_MS = 20_000;

/** From here on, forked processes and their threads leave a `.cpuprofile` each in the folder when they end. */
export function profileForks(folder: string): void {
  const { fork } = childProcess;
  const profiled = (path: string | URL, options: ForkOptions): ReturnType<typeof fork> => {
    const execArgv = [...(options.execArgv ?? []), '--cpu-prof', `--cpu-prof-dir=${folder}`];
    const child = fork(path, { ...options, execArgv });
    const kill = child.kill.bind(child);
    child.kill = (signal) => {
      if (signal !== 'SIGKILL') return kill(signal);
      setTimeout(() => kill(signal), WRITE_MS).unref();
      return true;
    };
    return child;
  };
  Object.assign(childProcess, { fork: profiled });
  syncBuiltinESMExports();
}
