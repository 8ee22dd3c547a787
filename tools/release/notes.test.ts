import { describe, expect, it } from 'vitest';
import type { Contents, Manifest } from './manifest.ts';
import { complaintsAboutNotes, complaintsAboutVersions, type Tree } from './notes.ts';

const CONTENTS: Contents = {
  policy: { hash: 'p1', versions: { policy: '1.0.0', thresholds: '1.0.0' } },
  config: 'config-1',
  templates: { t_damaged_item_intake: { version: '1.0.0', variants: { 'en.email': 't1', 'en.livechat': 't2' } } },
  events: { versions: { ReplySent: '1.0' }, files: { 'ReplySent.json': 'e1', 'shapes.json': 's1' } },
};
const released = (version: string, contents: Contents = CONTENTS): Manifest => ({
  schema: 1,
  version,
  date: '2026-01-31',
  basedOn: '0'.repeat(40),
  ...contents,
});
const TREE: Tree = {
  version: '0.1.0',
  contents: CONTENTS,
  notes: null,
  schemas: { '0.1.0': CONTENTS.events.files },
};
const complain = (about: Partial<Tree>) => complaintsAboutNotes([released('0.1.0')], { ...TREE, ...about });

const otherPolicy: Contents = { ...CONTENTS, policy: { ...CONTENTS.policy, hash: 'p2' } };
const otherTemplate: Contents = {
  ...CONTENTS,
  templates: { t_damaged_item_intake: { version: '1.0.1', variants: { 'en.email': 't3', 'en.livechat': 't2' } } },
};
const otherEvent: Contents = {
  ...CONTENTS,
  events: { versions: { ReplySent: '1.1' }, files: { 'ReplySent.json': 'e2', 'shapes.json': 's1' } },
};

describe('npm run check', () => {
  it('is content with a tree as it was released, without notes', () => expect(complain({})).toEqual([]));

  it.each([
    { what: 'policy/', contents: otherPolicy },
    { what: 'templates/', contents: otherTemplate },
    { what: 'events/', contents: otherEvent },
  ])('wants a note once $what differs', ({ what, contents }) => {
    const line = expect.stringMatching(`^${what} changed since 0.1.0: say what .* "## Unreleased"`);
    expect(complain({ contents })).toEqual([line]);
    expect(complain({ contents, notes: '' })).toEqual([line]);
    expect(complain({ contents, notes: '- Said.' })).toEqual([]);
  });

  it('wants none for a shop’s configuration', () => {
    expect(complain({ contents: { ...CONTENTS, config: 'config-2' } })).toEqual([]);
  });

  it('compares with the last release, not with an older one', () => {
    const manifests = [released('0.1.0'), released('0.2.0', otherPolicy)];
    const tree: Tree = {
      ...TREE,
      version: '0.2.0',
      contents: otherPolicy,
      schemas: { '0.1.0': CONTENTS.events.files, '0.2.0': CONTENTS.events.files },
    };
    expect(complaintsAboutNotes(manifests, tree)).toEqual([]);
  });

  it('refuses a version that was raised by hand', () => {
    expect(complain({ version: '0.2.0' })).toEqual([expect.stringContaining('npm run release raises the version')]);
  });

  it.each([
    { when: 'is gone', schemas: {} },
    { when: 'was edited', schemas: { '0.1.0': { ...CONTENTS.events.files, 'ReplySent.json': 'e9' } } },
    { when: 'has one file more', schemas: { '0.1.0': { ...CONTENTS.events.files, 'More.json': 'e9' } } },
  ])('refuses a released folder of schemas that $when', ({ schemas }) => {
    expect(complain({ schemas })).toEqual([expect.stringContaining('events/released/0.1.0 is not what was released')]);
  });

  it('refuses another text under the version that was released', () => {
    const variants = { 'en.email': 't3', 'en.livechat': 't2' };
    const contents = { ...CONTENTS, templates: { t_damaged_item_intake: { version: '1.0.0', variants } } };
    expect(complain({ contents, notes: '- Said.' })).toEqual([
      't_damaged_item_intake 1.0.0 was released in 0.1.0 with another text: raise its version',
    ]);
  });

  it('refuses a tree without any release', () => {
    expect(complaintsAboutNotes([], TREE)).toEqual([expect.stringContaining('no release stands in releases/')]);
  });
});

describe('npm run release', () => {
  const raised = { ...otherPolicy, policy: { hash: 'p2', versions: { policy: '1.0.0', thresholds: '1.1.0' } } };
  it.each([
    { when: 'the policy is the same', contents: CONTENTS, count: 0 },
    { when: 'it changed and one of its versions did', contents: raised, count: 0 },
    { when: 'it changed under the same versions', contents: otherPolicy, count: 1 },
  ])('complains $count times when $when', ({ contents, count }) => {
    expect(complaintsAboutVersions(released('0.1.0'), contents)).toHaveLength(count);
  });
});
