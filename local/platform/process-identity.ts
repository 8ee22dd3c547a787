/** Is the process that wrote something still the one behind its number? Numbers are used again. */
import { readFileSync } from 'node:fs';

export type ProcessIdentity = {
  readonly pid: number;
  /** When the kernel started it, in its own ticks; `null` where the system does not tell (macOS). */
  readonly startTicks: string | null;
};

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTicks: startTicksOf(process.pid) };
}

export function isAlive({ pid, startTicks }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there, and somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const ticks = startTicksOf(pid);
  return startTicks === null || ticks === null || ticks === startTicks;
}

/** Field 22 of /proc/<pid>/stat; the command in field 2 may hold spaces and brackets. */
function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
