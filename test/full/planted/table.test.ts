import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUG_IDS } from '../../simulation/planted/bugs.ts';
import { ROOT } from '../../simulation/planted/plant.ts';
import { isProven, readTable, table } from './table.ts';
import type { Tried } from './try.ts';

const ID = 'no-look';
const tried = (about: Partial<Tried> = {}): Tried => ({
  id: ID,
  clause: 'a | b',
  files: ['functions/classify/handler.ts'],
  caught: { after: 250, seed: 'planted/no-look/1/1', rules: ['missed-dispute'], says: 'missed-dispute: nobody' },
  without: [],
  types: '',
  units: { ran: 7, failed: [] },
  ...about,
});
const pageOf = (about: Partial<Tried>): string => table([ID], new Map([[ID, tried(about)]]), new Map());
/** Above the rows. */
const headOf = (about: Partial<Tried>): string => pageOf(about).split('| Bug |')[0] ?? '';

const PROVEN = 'All are caught, type-check, and the tree without the bug breaks no rule in the same worlds.';

describe('a planted bug', () => {
  it.each([
    { when: 'the checker alone finds it', about: {}, proven: true },
    { when: 'no unit test was run', about: { units: null }, proven: true },
    { when: 'a unit test notices it', about: { units: { ran: 7, failed: ['a.test.ts'] } }, proven: false },
    { when: 'nothing finds it', about: { caught: null }, proven: false },
    { when: 'the tree without it breaks a rule too', about: { without: ['closed (w/1)'] }, proven: false },
    { when: 'the compiler finds it', about: { types: 'TS6133' }, proven: false },
  ])('is proven where $when: $proven', ({ about, proven }) => expect(isProven(tried(about))).toBe(proven));
});

describe('the head of the page', () => {
  it('promises what every row keeps', () => {
    expect(headOf({})).toContain(`${PROVEN} Unit tests were run with 1 of them.`);
    expect(headOf({})).not.toContain('Not ');
  });

  it.each([
    { about: { caught: null }, says: 'Not caught: `no-look`.' },
    { about: { without: ['closed (w/1)'] }, says: 'breaks a rule in the same worlds too: `no-look`.' },
    { about: { types: 'TS6133' }, says: 'the edited tree does not type-check: `no-look`.' },
    { about: { without: ['closed (w/1)'], types: 'TS6133' }, says: 'the edited tree does not type-check: `no-look`.' },
    { about: { units: { ran: 7, failed: ['a.test.ts'] } }, says: 'unit tests notice it: `no-look`.' },
  ])('takes back what a row breaks: $says', ({ about, says }) => {
    expect(headOf(about)).toContain(says);
    expect(headOf(about)).not.toContain(PROVEN);
  });

  it('says that unit tests, or the hunt, were left out', () => {
    expect(headOf({ units: null })).toContain('Unit tests were run with none of them.');
    expect(table([ID], new Map(), new Map())).toContain('Not hunted: `no-look`.');
  });
});

it('docs/planted-bugs.md says above its rows what they say', () => {
  const page = readFileSync(join(ROOT, 'docs/planted-bugs.md'), 'utf8');
  expect(table(BUG_IDS, new Map(), readTable(page))).toBe(page);
});
