import { spawn } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { ROOT } from '../../../local/platform/release.ts';
import { contentsOf, type Manifest, manifestText } from '../../../tools/release/manifest.ts';
import { PARTS } from '../parts.ts';
import { renderProof } from '../proof-file.ts';
import { commandLine } from '../staleness.ts';
import { cloneTree, type Ended } from './tree.ts';

// node bin/launch.js test/full/release/cli.ts
// Releases a clone of the commit that is checked out: every refusal, an interruption, the release and what follows it.

const NOTES = '## Unreleased\n\n- Something people notice.\n\n';
const tree = cloneTree();
let held = 0;

try {
  prepare();
  const present: string = tree.json('package.json').version;
  const next = raised(present);
  refusedWords(present, next);
  refusedTrees(next);
  await interrupted(next);
  planned(next);
  stamped(next);
  followed(next);
  process.stdout.write(`release: ${held} expectations held, ${present} to ${next}\n`);
} catch (error) {
  process.stderr.write(`release: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  tree.discard();
}

/** A note, and a proof of every part: what was proven is judged elsewhere. */
function prepare(): void {
  const released = tree.read('CHANGELOG.md').replace(/^## Unreleased\n[\s\S]*?(?=^## )/m, '');
  tree.write('CHANGELOG.md', released.replace(/^(?=## )/m, NOTES));
  const [commit, date] = [tree.git('rev-parse', '--short=10', 'HEAD'), today()];
  const rows = PARTS.map(({ name, line, command }) => ({ name, line, command: commandLine(command), commit, date }));
  tree.write('docs/proof.md', renderProof(rows.map((row) => ({ ...row, figure: 'assumed', machine: 'none' }))));
  tree.commit('notes and proofs');
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function refusedWords(present: string, next: string): void {
  refuses('no version', [], 2, 'name the version');
  refuses('a word', ['next'], 2, 'is no version');
  refuses('the present version', [present], 1, 'name a higher one');
  tree.git('tag', `v${next}`);
  refuses('a tag that exists', [next], 1, `the tag v${next} exists`);
  tree.git('tag', '--delete', `v${next}`);
  tree.write('stray.txt', 'not committed');
  refuses('a stray file', [next], 1, 'uncommitted changes (stray.txt)');
  tree.remove('stray.txt');
}

type Case = {
  readonly when: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly says: string;
  /** The last release is taken to have had the versions of the tree. */
  readonly underReleasedVersions?: true;
};

/** Each is committed, tried, and taken back. */
function refusedTrees(next: string): void {
  const cases: readonly Case[] = [
    { when: 'no section', path: 'CHANGELOG.md', from: NOTES, to: '', says: 'no section "## Unreleased"' },
    { when: 'no note', path: 'CHANGELOG.md', from: NOTES, to: '## Unreleased\n\n', says: 'nothing stands under' },
    {
      when: 'a field gone without another major',
      path: 'events/reply-denied.ts',
      from: '    tier: ',
      to: '    level: ',
      says: 'raise the major to',
    },
    {
      when: 'another text under the same template version',
      path: 'templates/t_damaged_item_intake/en.email.md',
      from: 'Hi',
      to: 'Hello',
      says: 'changed without the patch version step',
    },
    {
      when: 'another policy under the same versions',
      path: 'policy/thresholds.ts',
      from: '  route: 0.6,',
      to: '  route: 0.61,',
      says: 'raise what changed in policy/versions.ts',
      // A version that the tree has raised since would excuse the change.
      underReleasedVersions: true,
    },
    {
      when: 'code that the check refuses',
      path: 'local/platform/release.ts',
      from: 'export const VERSION_LINE',
      to: 'export const UNUSED = 1;\nexport const VERSION_LINE',
      says: 'npm run check fails',
    },
  ];
  const manifestFile = `releases/${tree.json('package.json').version}.json`;
  const manifest: Manifest = tree.json(manifestFile);
  const { versions } = contentsOf(ROOT).policy;
  for (const { when, path, from, to, says, underReleasedVersions } of cases) {
    tree.replace(path, from, to);
    if (underReleasedVersions) {
      tree.write(manifestFile, manifestText({ ...manifest, policy: { ...manifest.policy, versions } }));
    }
    tree.commit(when);
    refuses(when, [next], 1, says);
    tree.git('reset', '--quiet', '--hard', 'HEAD~1');
  }
}

/** Ctrl-C while the check runs, heard by the whole group as from a terminal. */
async function interrupted(next: string): Promise<void> {
  const child = spawn(process.execPath, ['bin/launch.js', 'tools/release.ts', next], {
    cwd: tree.folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let hit = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (hit || child.pid === undefined || !text.includes('npm run check')) return;
    hit = true;
    process.kill(-child.pid, 'SIGINT');
  });
  const code = await new Promise((done) => child.on('close', done));
  expect('the interruption came during the check', hit, true);
  expect('an interrupted release fails', code === 0, false);
  expect('an interrupted release leaves the tree as it was', tree.changes(), '');
}

function planned(next: string): void {
  const { status, stdout } = release(next, '--dry-run', '--json');
  const answer: { outcome: string; files: { path: string }[] } = JSON.parse(stdout);
  expect('a dry run ends well', [status, answer.outcome], [0, 'planned']);
  const paths = answer.files.map(({ path }) => path);
  for (const path of ['CHANGELOG.md', `releases/${next}.json`, `events/released/${next}/shapes.json`])
    expect(`a dry run names ${path}`, paths.includes(path), true);
  expect('a dry run writes nothing', tree.changes(), '');
}

function stamped(next: string): void {
  const head = tree.git('rev-parse', 'HEAD');
  const { status, stdout, stderr } = release(next);
  expect(`the release ends well\n${stderr}`, status, 0);
  expect('it tells what to do next', stdout.includes(`git tag v${next}`), true);
  const lock = tree.json('package-lock.json');
  expect('package.json', tree.json('package.json').version, next);
  expect('package-lock.json', [lock.version, lock.packages[''].version], [next, next]);
  expect('the AsyncAPI document', tree.json('docs/events/asyncapi.json').info.version, next);
  const day = today();
  expect('the changelog', tree.read('CHANGELOG.md').includes(NOTES.replace('Unreleased', `${next} · ${day}`)), true);
  const { version, date, basedOn, policy, templates, events } = tree.json(`releases/${next}.json`);
  expect('the manifest', [version, date, basedOn], [next, day, head]);
  expect('the policy hash', /^[0-9a-f]{64}$/.test(policy.hash), true);
  const locked: { id: string }[] = tree.json('templates.lock.json');
  expect('the templates', Object.keys(templates).toSorted(), [...new Set(locked.map(({ id }) => id))].toSorted());
  expect('the schemas', Object.keys(events.files).toSorted(), tree.files(`events/released/${next}`).toSorted());
  expect('nothing is left beside its place', tree.changes().includes('.releasing'), false);
  expect('--version', tree.run('bin/frontdesk.js', '--version').stdout, `frontdesk ${next}\n`);
}

function followed(next: string): void {
  refuses('the same version before its commit', [next], 1, 'name a higher one');
  tree.commit(`release: ${next}`);
  const check = tree.run('bin/launch.js', 'tools/check.ts');
  expect(`the check passes on the release\n${check.stdout}`, check.status, 0);
  refuses('the same version again', [next], 1, 'name a higher one');
  refuses('a later one without notes', [raised(next)], 1, 'no section "## Unreleased"');
  tree.replace('policy/thresholds.ts', '  route: 0.6,', '  route: 0.61,');
  const { status, stdout } = tree.run('bin/launch.js', 'tools/release-notes.ts');
  expect('another policy wants a note', [status, stdout.startsWith(`policy/ changed since ${next}`)], [1, true]);
}

function raised(version: string): string {
  const [major, minor] = version.split('.').map(Number);
  return `${major}.${Number(minor) + 1}.0`;
}

function release(...words: readonly string[]): Ended {
  return tree.run('bin/launch.js', 'tools/release.ts', ...words);
}

function refuses(when: string, words: readonly string[], code: number, says: string): void {
  const before = tree.changes();
  const { status, stderr } = release(...words);
  expect(`${when}: exit code\n${stderr}`, status, code);
  expect(`${when}: "${says}" in\n${stderr}`, stderr.includes(says), true);
  expect(`${when}: the tree`, tree.changes(), before);
}

function expect(what: string, is: unknown, should: unknown): void {
  if (!isDeepStrictEqual(is, should))
    throw new Error(`${what}: is ${JSON.stringify(is)} and should be ${JSON.stringify(should)}`);
  held += 1;
}
