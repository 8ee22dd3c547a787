/**
 * The kill switch on the wire (issue 8): `frontdesk drill kill-switch` on a folder of its own. Prints a line for each level; exits 1
 * unless at each at least 200 approved replies were stopped, none was received after the return, and it came within 5 s.
 *
 *   node bin/launch.js test/full/switches/cli.ts
 */
import { frontdesk, startedInstance } from '../../../operate/instance/testing.ts';

type Level = { level: string; approvals: number; before: number; during: number; after: number; ms: number };

const running = await startedInstance();
try {
  const { code, out, err } = await frontdesk(running.data, '--json', 'drill', 'kill-switch');
  const {
    passed,
    after,
    ms,
    levels = [],
    error,
  } = JSON.parse(out) as {
    passed?: boolean;
    after?: number;
    ms?: number;
    levels?: Level[];
    error?: { code: string; message: string };
  };
  for (const one of levels)
    process.stdout.write(
      `${one.level}: ${one.approvals} approvals pending, ${one.before} replies before, ${one.during} while it ran, ${one.after} after the return, ${one.ms} ms\n`,
    );
  if (passed === true)
    process.stdout.write(
      `${levels.length} levels, at least ${Math.min(...levels.map(({ approvals }) => approvals))} approvals each: ${after} replies after the return, slowest ${ms} ms\n`,
    );
  else process.stderr.write(`${error?.message ?? ''}\n${err}\n`);
  process.exitCode = code ?? 1;
} finally {
  await running.stop();
  running.remove();
}
