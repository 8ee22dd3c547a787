/** What a branch changed since it left its base, asked of git. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SETTINGS_FILE } from './change-types.ts';
import { type ChangedFile, differingSections } from './touched.ts';

/** Wrong use; the message names the cure. */
export class NoSuchBase extends Error {}

export type Changed = { readonly files: readonly ChangedFile[]; readonly settings: readonly string[] };

/** Committed and not yet committed alike. Throws `NoSuchBase`. */
export function changedSince(base: string, root: string): Changed {
  const fork = git(root, 'merge-base', base, 'HEAD').trim();
  const tokens = git(root, 'diff', '--name-status', '-z', '--no-renames', fork).split('\0');
  const files = tokens.flatMap((status, index): ChangedFile[] =>
    index % 2 === 0 && status !== '' ? [{ path: tokens[index + 1] ?? '', isNew: status === 'A' }] : [],
  );
  const untracked = git(root, 'ls-files', '--others', '--exclude-standard', '-z').split('\0');
  const all = [...files, ...untracked.filter((path) => path !== '').map((path) => ({ path, isNew: true }))];
  return { files: all, settings: all.some(({ path }) => path === SETTINGS_FILE) ? settingsSince(fork, root) : [] };
}

/** Versions with a manifest: what can be deployed again. */
export function releasesOf(root: string): string[] {
  return readdirSync(join(root, 'releases')).flatMap((name) => /^(\d+\.\d+\.\d+)\.json$/.exec(name)?.[1] ?? []);
}

function settingsSince(fork: string, root: string): string[] {
  const before = spawnSync('git', ['show', `${fork}:${SETTINGS_FILE}`], { cwd: root, encoding: 'utf8' });
  const old = before.status === 0 ? parse(before.stdout) : null;
  return differingSections(old, parse(readFileSync(join(root, SETTINGS_FILE), 'utf8')));
}

function git(root: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) {
    const says = stderr?.trim().split('\n')[0] ?? 'git did not start';
    throw new NoSuchBase(`${says}; name a commit that this clone has (in CI: check out with fetch-depth 0)`);
  }
  return stdout;
}
