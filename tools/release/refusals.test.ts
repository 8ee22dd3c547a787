import { describe, expect, it } from 'vitest';
import { refusals, type Situation } from './refusals.ts';

const READY: Situation = { wanted: '0.2.0', present: '0.1.0', changedFiles: [], tags: ['v0.1.0'], notes: '- New.' };
const refuse = (about: Partial<Situation>) => refusals({ ...READY, ...about });

describe('a tree that may be released', () => {
  it.each([
    ['0.1.0', '0.1.1'],
    ['0.9.0', '0.10.0'],
    ['0.10.0', '1.0.0'],
  ])('goes from %s to %s', (present, wanted) => expect(refuse({ present, wanted })).toEqual([]));
});

describe('a release is refused in one line with the cure when', () => {
  it.each([
    { when: 'the version is the present one', about: { wanted: '0.1.0', tags: [] }, says: 'name a higher one' },
    { when: 'the version is an older one', about: { wanted: '0.9.9', present: '0.10.0' }, says: 'name a higher one' },
    { when: 'the tag exists', about: { tags: ['v0.1.0', 'v0.2.0'] }, says: 'tag v0.2.0 exists: name a version' },
    { when: 'a file is not committed', about: { changedFiles: ['README.md'] }, says: '(README.md): commit' },
    { when: 'many are not', about: { changedFiles: ['a', 'b', 'c'] }, says: '(a and 2 more): commit' },
    { when: 'no section is there', about: { notes: null }, says: 'no section "## Unreleased": add it' },
    { when: 'the section is empty', about: { notes: '' }, says: 'nothing stands under "## Unreleased"' },
  ])('$when', ({ about, says }) => expect(refuse(about)).toEqual([expect.stringContaining(says)]));

  it('several hold, all named', () => {
    expect(refuse({ wanted: '0.1.0', tags: [], notes: null, changedFiles: ['a'] })).toHaveLength(3);
  });
});
