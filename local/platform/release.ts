/** The release of this code, from the package. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const VERSION = /^\d+\.\d+\.\d+$/;

export const RELEASE: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;

/** Compares `X.Y.Z` of two releases; `null` when one is none. */
export function compareReleases(left: string, right: string): number | null {
  if (!VERSION.test(left) || !VERSION.test(right)) return null;
  const parts = (release: string): number[] => release.split('.').map(Number);
  const [a, b] = [parts(left), parts(right)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What every command of ours prints for `--version`. */
export const VERSION_LINE = `frontdesk ${RELEASE}`;

/** Prints the version and ends the process when it is asked for. */
export function answerVersion(args: readonly string[]): void {
  if (!args.includes('--version')) return;
  process.stdout.write(`${VERSION_LINE}\n`);
  process.exit(0);
}
