/** How one run of a part's command ended. */
export type Run = { code: number | null; stdout: string; stderr: string; seconds: number };

/** One line of a "Done when" and the command that proves it (npm run test:full). */
export type ProofPart = {
  /** What `--only` takes; kebab-case, unique. */
  name: string;
  /** The line as the issue words it. */
  line: string;
  /** Run from the repository root, without a shell; the first word is looked up on the PATH. */
  command: readonly [string, ...string[]];
  /** The figure that the run measured, or undefined when it proves nothing; asked only after exit code 0. */
  figure: (run: Run) => string | undefined;
  /** Why the line is not held, where that is known and said: its figure is then measured and told, and fails nothing. */
  gap?: string;
  /** After this the run counts as failed. */
  limitMinutes: number;
};

/** How many tests passed, of a vitest run without one that failed. */
export const passedTests: ProofPart['figure'] = (run) => printed(/Tests\s+(\d+ passed)/)(run);

/** Reads a figure out of what a run printed; the groups are joined by a comma and a blank. */
export function printed(pattern: RegExp): ProofPart['figure'] {
  return ({ stdout }) => pattern.exec(stdout)?.slice(1).join(', ');
}
