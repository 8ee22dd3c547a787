import { describe, expect, it } from 'vitest';
import { standingOf } from './slo.ts';

const NOTHING = { good: 0, total: 0 };

describe('a promise', () => {
  it.each([
    { when: 'all was good', whole: { good: 1000, total: 1000 }, budgetUsed: 0, state: 'kept' },
    { when: 'half of what may go wrong did', whole: { good: 975, total: 1000 }, budgetUsed: 0.5, state: 'kept' },
    { when: 'all of it did', whole: { good: 950, total: 1000 }, budgetUsed: 1, state: 'kept' },
    { when: 'one more did', whole: { good: 949, total: 1000 }, budgetUsed: 1.02, state: 'broken' },
  ])('of 95 % when $when: $state', ({ whole, budgetUsed, state }) => {
    const standing = standingOf(0.95, whole, NOTHING, 24);
    expect(standing.budgetUsed).toBeCloseTo(budgetUsed, 9);
    expect(standing).toMatchObject({ ...whole, share: whole.good / whole.total, burnRate: null, state });
  });

  it('burns as fast as its last hour went wrong', () => {
    // 10 % wrong where 5 % may be: the budget of a day would last half a day.
    const standing = standingOf(0.95, { good: 995, total: 1000 }, { good: 90, total: 100 }, 24);
    expect(standing.burnRate).toBeCloseTo(2, 9);
    expect(standing.state).toBe('at risk');
  });

  it('is not at risk while it burns no faster than it may', () => {
    expect(standingOf(0.95, { good: 995, total: 1000 }, { good: 96, total: 100 }, 24).state).toBe('kept');
  });

  it('over a month is at risk from 2 % of the budget an hour on', () => {
    const month = 30 * 24;
    const whole = { good: 100_000, total: 100_000 };
    expect(standingOf(0.999, whole, { good: 990, total: 1000 }, month).state).toBe('kept');
    expect(standingOf(0.999, whole, { good: 985, total: 1000 }, month).state).toBe('at risk');
  });

  it('that allows nothing is broken by one', () => {
    expect(standingOf(1, { good: 10, total: 10 }, NOTHING, 24)).toMatchObject({ budgetUsed: null, state: 'kept' });
    expect(standingOf(1, { good: 9, total: 10 }, NOTHING, 24)).toMatchObject({ budgetUsed: null, state: 'broken' });
  });

  it('says nothing where nothing happened', () => {
    expect(standingOf(0.95, NOTHING, NOTHING, 24)).toEqual({
      ...{ good: 0, total: 0, share: null, budgetUsed: null, burnRate: null, state: 'nothing measured' },
    });
  });
});
