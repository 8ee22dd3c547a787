/** A clone of the commit that is checked out, in which releases are tried. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(dirname(import.meta.dirname)));

export type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export function cloneTree() {
  const home = mkdtempSync(join(tmpdir(), 'frontdesk-release-proof-'));
  const folder = join(home, 'tree');
  git(home, 'clone', '--quiet', ROOT, folder);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  appendFileSync(join(folder, '.git', 'info', 'exclude'), '/node_modules\n');
  git(folder, 'config', 'user.name', 'Release proof');
  git(folder, 'config', 'user.email', 'proof@example.test');
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  return {
    folder,
    read,
    json: (path: string) => JSON.parse(read(path)),
    files: (path: string): string[] => readdirSync(join(folder, path)),
    write: (path: string, text: string): void => writeFileSync(join(folder, path), text),
    remove: (path: string): void => rmSync(join(folder, path)),
    /** Throws where `from` does not stand, so that a case cannot become empty unseen. */
    replace(path: string, from: string, to: string): void {
      if (!read(path).includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`);
      writeFileSync(join(folder, path), read(path).replace(from, to));
    },
    git: (...args: string[]): string => git(folder, ...args),
    commit(message: string): void {
      git(folder, 'add', '--all');
      git(folder, 'commit', '--quiet', '--no-verify', '--message', message);
    },
    /** What differs from the last commit. */
    changes: (): string => git(folder, 'status', '--porcelain', '--untracked-files=all'),
    run: (...words: string[]): Ended => spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' }),
    discard: (): void => rmSync(home, { recursive: true, force: true }),
  };
}

function git(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}
