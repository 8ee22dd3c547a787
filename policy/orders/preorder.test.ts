import { describe, expect, it } from 'vitest';
import { factsOf } from './fixtures/orders.ts';
import { preorderWindow } from './preorder.ts';

const days = { zone: 'America/New_York', calendar: 'none' } as const;

describe('the window of a pre-order (replies §3.6)', () => {
  // Ordered Mon 2025-12-01; 2025-12-12 is the ninth business day after it, 2026-06-01 the 130th.
  it.each([
    ['an explicit number', { preorder_eta_business_days: 45 }, [45, 45]],
    ['a ship-by date', { preorder_ship_by_date: '2025-12-12' }, [12, 14]],
    ['a ship-by date far ahead', { preorder_ship_by_date: '2026-06-01' }, [133, 135]],
    ['a ship-by date on the order day', { preorder_ship_by_date: '2025-12-01' }, [3, 5]],
    ['a ship-by date before the order', { preorder_ship_by_date: '2025-11-28' }, null],
    ['a ship-by date in another age', { preorder_ship_by_date: '9999-12-31' }, null],
    [
      'a number that the date allows',
      { preorder_eta_business_days: 13, preorder_ship_by_date: '2025-12-12' },
      [13, 13],
    ],
    ['a number that the date forbids', { preorder_eta_business_days: 15, preorder_ship_by_date: '2025-12-12' }, null],
    ['no promise', { isPreorder: true }, null],
    ['two numbers', { preorder_eta_business_days: 45, tags: ['preorder-eta:30bd'] }, null],
    ['no pre-order', {}, null],
  ])('%s', (_, changes, window) => {
    expect(preorderWindow(factsOf(changes), days)).toEqual(window);
  });

  it('counts to the ship-by date without holidays where the shop says so', () => {
    // 2025-12-25 is left out: 2025-12-26 is the 18th business day after the order, not the 19th.
    const facts = factsOf({ preorder_ship_by_date: '2025-12-26' });
    expect(preorderWindow(facts, days)).toEqual([22, 24]);
    expect(preorderWindow(facts, { ...days, calendar: 'us_parcel' })).toEqual([21, 23]);
  });
});
