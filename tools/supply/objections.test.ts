import { describe, expect, it } from 'vitest';
import { differences } from './installed.ts';
import { type Lock, lockOf, type Manifest } from './lock.ts';
import { licenceObjections, pinObjections, scriptObjections } from './objections.ts';

const SHA = `sha512-${'A'.repeat(86)}==`;
const MANIFEST: Manifest = { dependencies: { mug: '1.2.3' }, allowScripts: {} };
const GOOD = { version: '1.2.3', license: 'MIT', integrity: SHA };
const lockWith = (change: object, more: object = {}): Lock =>
  lockOf({ lockfileVersion: 3, packages: { '': MANIFEST, 'node_modules/mug': { ...GOOD, ...change }, ...more } });

describe('what is pinned', () => {
  it('is one version and one checksum of each', () => {
    expect(pinObjections(MANIFEST, lockWith({}))).toEqual([]);
  });

  it.each([
    ['a range', { dependencies: { mug: '^1.2.3' } }, lockWith({}), 'asks for a range'],
    ['a tag', { dependencies: { mug: 'latest' } }, lockWith({}), 'asks for a range'],
    ['another version than asked for', { dependencies: { mug: '1.2.4' } }, lockWith({}), 'pins another version'],
    ['no checksum', MANIFEST, lockWith({ integrity: undefined }), 'has no SHA-512'],
    ['a weak checksum', MANIFEST, lockWith({ integrity: `sha1-${'A'.repeat(27)}=` }), 'has no SHA-512'],
    ['an address', MANIFEST, lockWith({ resolved: 'https://packages.example/mug.tgz' }), 'names the address'],
    ['a repository', MANIFEST, lockWith({ version: 'git+ssh://git@code.example/mug.git' }), 'not one version'],
    ['a folder', MANIFEST, lockWith({ link: true }), 'link to a folder'],
    ['a lock file of old', MANIFEST, { ...lockWith({}), version: 1 }, 'of version 1'],
  ])('%s is objected to', (_what, manifest, lock, says) => {
    const objections = pinObjections(manifest, lock);
    expect(objections).not.toEqual([]);
    expect(objections.join('\n')).toContain(says);
  });
});

describe('scripts at installation', () => {
  const QUIET = 'ignore-scripts=true\n';
  it('run nowhere; who has one was looked at', () => {
    const lock = lockWith({ hasInstallScript: true });
    expect(scriptObjections({ allowScripts: { mug: false } }, lock, QUIET)).toEqual([]);
    expect(scriptObjections({}, lock, QUIET)).toEqual([expect.stringContaining('mug: runs a script')]);
    expect(scriptObjections({ allowScripts: { mug: false } }, lock, '')).toEqual([expect.stringContaining('.npmrc')]);
  });

  it('a name that has none any more is no standing permission', () => {
    expect(scriptObjections({ allowScripts: { mug: true } }, lockWith({}), QUIET)).toEqual([
      expect.stringContaining('has no script any more'),
    ]);
  });
});

describe('licences', () => {
  it.each([
    ['MIT', false, 0],
    ['MPL-2.0', true, 0],
    ['MPL-2.0', false, 1],
    ['GPL-3.0-only', true, 1],
    ['MIT AND GPL-3.0-only', true, 1],
    [undefined, true, 1],
  ])('%s (for development: %s)', (license, dev, objections) => {
    expect(licenceObjections(lockWith({ license, dev }).packages)).toHaveLength(objections);
  });

  it('are those that the installed package names', () => {
    const [mug] = lockWith({}).packages;
    if (mug === undefined) throw new Error('no package');
    expect(differences(mug, { version: '1.2.3', license: 'MIT' })).toEqual([]);
    expect(differences(mug, { version: '1.2.3', licenses: [{ type: 'MIT' }] })).toEqual([]);
    expect(differences(mug, { version: '1.2.3', license: 'GPL-3.0-only' })).toHaveLength(1);
    expect(differences(mug, { version: '1.2.4', license: 'MIT' })).toHaveLength(1);
  });
});
