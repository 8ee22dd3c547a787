/** Names that edited sources use and nobody declares: an error at run time, which a test may well take for a missing control. */
import { spawnSync } from 'node:child_process';

/** The first such name; `null` where there is none. @param files  from the folder's root */
export function undeclaredName(root: string, files: readonly string[]): string | null {
  const sources = files.filter((file) => file.endsWith('.ts'));
  if (sources.length === 0) return null;
  const words = ['lint', '--only=correctness/noUndeclaredVariables', '--vcs-enabled=false', '--colors=off', ...sources];
  const { stdout, stderr } = spawnSync(process.execPath, ['bin/launch.js', 'tool', 'biome', ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  if (!/Checked \d+ file/.test(stdout + stderr)) throw new Error(`biome came to no result: ${stdout}${stderr}`);
  return /The (\S+) variable is undeclared/.exec(stdout + stderr)?.[1] ?? null;
}
