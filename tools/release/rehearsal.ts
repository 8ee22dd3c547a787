/** A release tried in a clone of the tree, where it can fail without harm. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change } from './apply.ts';
import { stampChangelog } from './changelog.ts';
import { changedFiles, clone, plainEnvironment } from './git.ts';

export type Stamp = {
  readonly version: string;
  /** `YYYY-MM-DD` in UTC. */
  readonly date: string;
  /** The commit that is stamped. */
  readonly commit: string;
};

/** Either everything the release changes, or why it cannot be: a line, and what the step printed. */
export type Rehearsed =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly says: string; readonly output: string };

/** The version of the package is written last: it says that the rest is there. */
const LAST = 'package.json';

/** Stamps HEAD of the tree in a clone and runs `npm run check` on what came out. Leaves nothing behind. */
export function rehearse(root: string, stamp: Stamp, tell: (line: string) => void): Rehearsed {
  const home = mkdtempSync(join(tmpdir(), 'frontdesk-release-'));
  const tree = join(home, 'tree');
  try {
    clone(root, tree);
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    // Ignored as a folder, which a link is not.
    appendFileSync(join(tree, '.git', 'info', 'exclude'), '/node_modules\n');
    stampVersion(tree, stamp);
    for (const step of stepsOf(stamp)) {
      tell(step.name);
      const { status, output } = run(tree, step.run);
      if (status !== 0) return { ok: false, says: step.refusal, output };
    }
    return { ok: true, changes: changesIn(tree) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

type Step = { readonly name: string; readonly run: readonly string[]; readonly refusal: string };

function stepsOf({ date, commit }: Stamp): Step[] {
  return [
    {
      name: 'event schemas',
      run: ['tools/release-schemas.ts'],
      refusal: 'the events may not follow those of the last release: raise versions as said, or restore what was',
    },
    {
      name: 'template lock',
      run: ['tools/templates-build.ts'],
      refusal: 'the templates cannot be pinned: correct what is said',
    },
    { name: 'event pages', run: ['tools/catalogue.ts'], refusal: 'the event pages cannot be written' },
    {
      name: 'policy hash and manifest',
      run: ['tools/release-manifest.ts', date, commit],
      refusal: 'the policy may not follow that of the last release: correct what is said',
    },
    {
      name: 'npm run check',
      run: ['tools/check.ts'],
      refusal: 'npm run check fails on what would be released: correct what it says',
    },
  ];
}

function stampVersion(tree: string, { version, date }: Stamp): void {
  rewrite(tree, 'package.json', (text) => withVersion(text, version, 1));
  // The package itself stands twice in its lock, before any dependency.
  rewrite(tree, 'package-lock.json', (text) => withVersion(text, version, 2));
  rewrite(tree, 'CHANGELOG.md', (text) => stampChangelog(text, { version, date }));
}

/** The first `count` versions replaced, so that the rest of the file stays as it is written. */
function withVersion(text: string, version: string, count: number): string {
  let left = count;
  return text.replace(/^(\s*"version": )"[^"]*"/gm, (line, key: string) => {
    left -= 1;
    return left < 0 ? line : `${key}"${version}"`;
  });
}

function rewrite(tree: string, path: string, edit: (text: string) => string): void {
  const file = join(tree, path);
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
}

function run(tree: string, [script = '', ...args]: readonly string[]): { status: number | null; output: string } {
  const ended = spawnSync(process.execPath, [join(tree, 'bin/launch.js'), script, ...args], {
    cwd: tree,
    encoding: 'utf8',
    env: plainEnvironment(),
  });
  return { status: ended.status, output: `${ended.stdout}${ended.stderr}` };
}

function changesIn(tree: string): Change[] {
  const paths = changedFiles(tree);
  const ordered = [...paths.filter((path) => path !== LAST), ...paths.filter((path) => path === LAST)];
  return ordered.map((path) => {
    const file = join(tree, path);
    return { path, content: existsSync(file) ? readFileSync(file) : null };
  });
}
