/** Planted bugs (protocols §10): all are there and fit the sources; a few are caught here, all of them in the full suite. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FaultName } from '../world/faults.ts';
import { edited, filesOf } from './bug.ts';
import { BUG_IDS, BUGS, type BugId, bugOf } from './bugs.ts';
import { hunt } from './hunt.ts';
import { ROOT } from './plant.ts';

const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('the list', () => {
  it('has what protocols §10 lists', () => {
    expect(BUG_IDS).toHaveLength(36);
    expect(new Set(BUG_IDS).size).toBe(36);
    expect(new Set(BUGS.map(({ clause }) => clause)).size).toBe(36);
  });

  it.each(BUGS.map((bug) => [bug.id, bug] as const))(
    '%s fits its sources once, and leaves them readable',
    (_id, bug) => {
      for (const file of filesOf(bug)) {
        const text = edited(source(file), file, bug.edits);
        expect(text).not.toBe(source(file));
        expect(() => stripTypeScriptTypes(text)).not.toThrow();
      }
    },
  );

  it('knows no other', () => {
    expect(() => bugOf('no-such-bug')).toThrow('no planted bug no-such-bug');
  });

  it('refuses an edit that no longer fits', () => {
    const edit = { file: 'a.ts', before: 'x', after: 'y' };
    expect(() => edited('nothing', 'a.ts', [edit])).toThrow('a.ts has 0 times: x');
    expect(() => edited('x x', 'a.ts', [edit])).toThrow('a.ts has 2 times: x');
  });
});

/** Worlds small enough for every test run. */
const QUICK: readonly { readonly bug: BugId; readonly conversations: number; readonly faults: readonly FaultName[] }[] =
  [
    { bug: 'naive-close-branch', conversations: 30, faults: [] },
    { bug: 'duplicate-on-one-read', conversations: 60, faults: ['burst', 'stale-read'] },
    { bug: 'sticky-after-publishing', conversations: 40, faults: ['burst'] },
    { bug: 'merge-without-its-condition', conversations: 60, faults: ['burst'] },
  ];
const worldOf = ({ bug, conversations, faults }: (typeof QUICK)[number]) => ({
  seed: `planted/${bug}`,
  conversations,
  faults,
});

describe('the checker', () => {
  it('finds nothing in these worlds', { timeout: 120_000 }, async () => {
    for await (const { seed, violations } of hunt({ bug: null, worlds: QUICK.map(worldOf) }))
      expect([seed, violations]).toEqual([seed, []]);
  });

  it.each(QUICK)('reports $bug', { timeout: 120_000 }, async (quick) => {
    const found: string[] = [];
    for await (const { violations } of hunt({ bug: quick.bug, worlds: [worldOf(quick)] }))
      found.push(...violations.map(({ rule }) => rule));
    expect(bugOf(quick.bug).rules.some((rule) => found.includes(rule))).toBe(true);
  });
});
