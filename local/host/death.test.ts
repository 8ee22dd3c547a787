/** Expectations: architecture §4 (function host): no orphan, whatever a worker does when the supervisor dies. */
import { fork } from 'node:child_process';
import { expect, it } from 'vitest';

it.each(['sleep', 'block', 'block in native code'])('%s: the host ends with its supervisor', async (act) => {
  const supervisor = fork(new URL('./testdata/supervisor.ts', import.meta.url), [act], { execArgv: [] });
  const host = await new Promise<number>((resolve) => supervisor.once('message', (pid) => resolve(Number(pid))));
  // Long enough for the run to have begun.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isAlive(host)).toBe(true);
  supervisor.kill('SIGKILL');
  await expect.poll(() => isAlive(host), { timeout: 5_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
