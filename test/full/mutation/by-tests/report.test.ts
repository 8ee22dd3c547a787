import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { relatedTests } from './related.ts';
import { countsOf, type FileRow, mutationObjections, mutationPage, parseMutationPage } from './report.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const hash = (letter: string): string => letter.repeat(64);
const row = (file: string, part: Partial<FileRow> = {}): FileRow => ({
  file: `policy/${file}.ts`,
  sha256: hash('a'),
  possible: 40,
  drawn: 20,
  noticed: 20,
  survivors: [],
  ...part,
});
const hashesOf = (rows: readonly FileRow[]) => new Map(rows.map(({ file, sha256 }) => [file, sha256]));

describe('the report of edits', () => {
  const rows = [
    row('a', {
      noticed: 18,
      survivors: [
        { edit: 'f: number, `1` → `2` in `f(1) || g`', same: true, why: '' },
        { edit: 'g: word, `a` → `b` in `g(a)`', same: false, why: 'only a hint' },
      ],
    }),
    row('gates/b', { sha256: hash('b') }),
  ];

  it('reads back as it was written', () => {
    expect(parseMutationPage(mutationPage(rows))).toEqual(rows);
    expect(countsOf(rows)).toEqual({ drawn: 40, noticed: 38, same: 1, open: 1, unexplained: 0 });
  });

  it('stands while every file is as it was, nine in ten are noticed and the rest is explained', () => {
    expect(mutationObjections(mutationPage(rows), hashesOf(rows))).toEqual([]);
  });

  it.each<{ when: string; rows: readonly FileRow[]; now: readonly FileRow[]; says: string }>([
    {
      when: 'a file changed',
      rows,
      now: [row('a', { sha256: hash('c') }), row('gates/b', { sha256: hash('b') })],
      says: 'not as when their edits were judged: policy/a.ts',
    },
    { when: 'a file is new', rows, now: [...rows, row('c')], says: 'not as when their edits were judged: policy/c.ts' },
    { when: 'a file is gone', rows, now: rows.slice(1), says: 'gone: policy/a.ts' },
    {
      when: 'an edit is not explained',
      rows: [row('a', { noticed: 19, survivors: [{ edit: 'f: x', same: false, why: '' }] })],
      now: [row('a')],
      says: '1 edits are neither noticed nor explained',
    },
    {
      when: 'too few are noticed',
      rows: [
        row('a', {
          noticed: 17,
          survivors: ['x', 'y', 'z'].map((edit) => ({ edit, same: false, why: 'known' })),
        }),
      ],
      now: [row('a')],
      says: 'only 17 of 20 edits are noticed',
    },
  ])('does not stand when $when', ({ rows: written, now, says }) => {
    expect(mutationObjections(mutationPage(written), hashesOf(now)).join('\n')).toContain(says);
  });

  it('does not stand when somebody wrote into it', () => {
    const text = mutationPage(rows).replace('| 40 | 18 |', '| 40 | 19 |').replace('| 38 | 1 |', '| 20 | 1 |');
    expect(mutationObjections(text, hashesOf(rows))).toContain('docs/mutation.md is not as the run wrote it');
  });
});

describe('tests related to a file', () => {
  const related = relatedTests(ROOT);

  it('are those that import it, directly or through others', () => {
    expect(related('policy/embedded/wishes.ts')).toContain('policy/embedded/wishes.test.ts');
    expect(related('policy/thresholds.ts')).toContain('policy/scenarios.test.ts');
    expect(related('policy/thresholds.ts')).not.toContain('policy/text/normalise.test.ts');
    expect(related('policy/thresholds.ts')).not.toContain('policy/snapshot.test.ts');
    expect(related('policy/nothing.ts')).toEqual([]);
  });
});
