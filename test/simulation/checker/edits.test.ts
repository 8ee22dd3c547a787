/** Whatever a history becomes, the checker has an answer: a fact may be missing, told twice, or come at another time. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Account, Fact } from '../facts.ts';
import { simulate } from '../run.ts';
import { check } from './check.ts';
import { GOOD, history, rulesBrokenBy } from './histories.ts';

/** Places as shares of the history, so that one edit fits any. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const edit = fc.record({ kind: fc.constantFrom('drop', 'duplicate', 'move'), from: place, to: place });
type Edit = { readonly kind: string; readonly from: number; readonly to: number };

function edited(facts: readonly Fact[], { kind, from, to }: Edit): Fact[] {
  const at = Math.floor(from * facts.length);
  const fact = facts[at];
  const rest = kind === 'duplicate' ? [...facts] : facts.toSpliced(at, 1);
  return fact && kind !== 'drop' ? rest.toSpliced(Math.floor(to * (rest.length + 1)), 0, fact) : rest;
}

describe('a recorded history with a few edits', () => {
  let recorded: Account;
  beforeAll(async () => {
    recorded = (await simulate({ seed: 'edits', conversations: 8, faults: 'all' })).account;
  }, 60_000);

  it('is judged without an exception', () => {
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const facts = edits.reduce<readonly Fact[]>(edited, recorded.facts);
        verdicts.add(check({ ...recorded, facts }).violations.length > 0);
      }),
      { numRuns: 150, seed: 7 },
    );
    // Some edits are noticed and some are harmless: else the edits or the checker would be idle.
    expect([...verdicts].sort()).toEqual([false, true]);
  });
});

describe('the good history', () => {
  it.each(Object.keys(GOOD).filter((name) => name !== 'webhook'))('cannot lose "%s" unnoticed', (name) => {
    expect(rulesBrokenBy(history({ [name]: [] }))).not.toEqual([]);
  });
});
