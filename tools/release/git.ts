/** What a release asks git. Each throws `GitProblem` where git refuses. */
import { spawnSync } from 'node:child_process';

export class GitProblem extends Error {
  override readonly name = 'GitProblem';
}

/** Paths that differ from HEAD, new ones included and ignored ones not. */
export function changedFiles(root: string): string[] {
  // Two letters of state and a blank stand before each path.
  return git(root, 'status', '--porcelain', '-z', '--untracked-files=all', '--no-renames')
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3));
}

export function headCommit(root: string): string {
  return git(root, 'rev-parse', 'HEAD').trim();
}

export function tagNames(root: string): string[] {
  return git(root, 'tag', '--list')
    .split('\n')
    .filter((name) => name !== '');
}

export function clone(root: string, into: string): void {
  git(root, 'clone', '--quiet', root, into);
}

/** Without what a git hook leaves behind, which would name another repository. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
}

function git(root: string, ...args: string[]): string {
  const ended = spawnSync('git', args, { cwd: root, encoding: 'utf8', env: plainEnvironment(), maxBuffer: 2 ** 26 });
  if (ended.error !== undefined) throw new GitProblem('git is not installed: install it and try again');
  if (ended.status !== 0) throw new GitProblem(`git ${args[0]} failed: ${ended.stderr.trim().split('\n').at(-1)}`);
  return ended.stdout;
}
