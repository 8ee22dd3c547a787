/** Whose look a decision rests on, where the one who made it may not be the one who tells it. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../facts.ts';
import { check } from './check.ts';
import * as h from './histories.ts';
import { GOOD, history, ROUTED_ONLY } from './histories.ts';

describe('a decision told by one whose own look showed a newer comment', () => {
  const isBlamed = (...before: readonly Fact[]) => {
    const asked = [GOOD.asked, h.comment(50, 'c2')];
    const classified = [...before, h.read(420, { by: 'classify#1' }), GOOD.classified];
    const { violations } = check(history({ ...ROUTED_ONLY, asked, classified }));
    return violations.some(({ rule }) => rule === 'decides-newest');
  };
  const by = 'classify#9';
  const early = h.read(400, { by, asOf: h.START + 40 });

  it('is not blamed where another may have made it, who claimed for the root without having been shown it', () => {
    expect(isBlamed(early, { ...h.held(410, 'c0'), by } as Fact)).toBe(false);
  });

  it('is blamed where that one had been shown it too, claimed for another root, or long before, or only looked', () => {
    expect(isBlamed(h.read(400, { by }), { ...h.held(410, 'c0'), by } as Fact)).toBe(true);
    expect(isBlamed(early, { ...h.held(410, 'c0', 'e-other'), by } as Fact)).toBe(true);
    expect(isBlamed(early, { ...h.held(-2_000, 'c0'), by } as Fact)).toBe(true);
    expect(isBlamed(early)).toBe(true);
  });
});
