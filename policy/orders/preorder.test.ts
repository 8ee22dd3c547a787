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

describe('evidence of a pre-order, in every spelling', () => {
  const item = (part: Record<string, unknown>) => ({ items: [{ id: 'p-1', quantity: 1, ...part }] });
  it.each<[why: string, changes: Record<string, unknown>, eta: number | undefined, shipBy: string | undefined]>([
    ['a number', { preorder_eta_business_days: 45 }, 45, undefined],
    ['a number, spelt otherwise', { preorderEtaBusinessDays: '45' }, 45, undefined],
    ['the least number', { preorder_eta_business_days: 1 }, 1, undefined],
    ['the largest number', { preorder_eta_business_days: 180 }, 180, undefined],
    ['too small a number', { preorder_eta_business_days: 0 }, undefined, undefined],
    ['too large a number', { preorder_eta_business_days: 181 }, undefined, undefined],
    ['a date', { preorder_ship_by_date: '2026-01-31' }, undefined, '2026-01-31'],
    ['a date, spelt otherwise', { preorderShipByDate: '2026-01-31T10:00:00Z' }, undefined, '2026-01-31'],
    ['no such date', { preorder_ship_by_date: '2026-02-31' }, undefined, undefined],
    ['a number on a line', item({ preorderEtaBusinessDays: 9 }), 9, undefined],
    ['a date on a line', item({ preorder_ship_by_date: '2026-01-31' }), undefined, '2026-01-31'],
    ['a tag with a number', { tags: ['preorder-eta:30bd'] }, 30, undefined],
    ['a tag with a date', { tag: 'VIP, preorder-ship-by:2026-01-31' }, undefined, '2026-01-31'],
    ['a plain tag', { tags: 'preorder' }, undefined, undefined],
    ['a plain tag with a hyphen', { tags: ['Pre-Order'] }, undefined, undefined],
    ['a metafield', { metafields: [{ key: 'preorder-eta', value: '30bd' }] }, 30, undefined],
    ['a metafield by name', { metafield: { name: 'preorder-ship-by', value: '2026-01-31' } }, undefined, '2026-01-31'],
    ['metafields as a record', { metafields: { 'preorder-eta': '30bd' } }, 30, undefined],
    ...['isPreorder', 'is_preorder', 'preorder', 'preOrder'].flatMap(
      (name): [string, Record<string, unknown>, undefined, undefined][] => [
        [`${name} on the order`, { [name]: true }, undefined, undefined],
        [`${name} on its line`, item({ [name]: true }), undefined, undefined],
      ],
    ),
  ])('%s', (_, changes, etaBusinessDays, shipByDate) => {
    const { isPreorder, preorder } = factsOf(changes);
    expect(isPreorder).toBe('yes');
    expect([preorder?.etaBusinessDays, preorder?.shipByDate]).toEqual([etaBusinessDays, shipByDate]);
  });

  it.each(['sku', 'id', 'productId', 'product_id', 'optionId'])('a product known by its %s', (name) => {
    const products = [{ product: 'known', etaBusinessDays: 20 }];
    const line = { items: [{ [name]: 'known' }] };
    expect(factsOf(line, products)).toMatchObject({
      isPreorder: 'yes',
      preorder: { etaBusinessDays: 20, evidence: ['product'], isContradictory: false },
    });
    expect(factsOf({ items: [{ [name]: 'other' }] }, products).isPreorder).toBe('no');
  });

  it('a line that is none beside one that is, or a "no" beside a promise: nobody knows', () => {
    expect(factsOf({ items: [{ isPreorder: true }, {}] }).isPreorder).toBe('unknown');
    expect(factsOf({ items: [{ isPreorder: true }, { preorder: true }] }).isPreorder).toBe('yes');
    expect(factsOf({ isPreorder: false, tags: 'preorder' }).isPreorder).toBe('unknown');
    expect(factsOf({ isPreorder: false }).isPreorder).toBe('no');
    expect(factsOf({ lineItems: [{ preorder: true }], items: undefined }).isPreorder).toBe('yes');
    expect(factsOf({ line_items: [{ preorder: true }], items: undefined }).isPreorder).toBe('yes');
  });

  it('every source is named in its order, and two that differ contradict each other', () => {
    const all = factsOf({ preorder_eta_business_days: 10, tags: 'preorder-eta:10bd', items: [{ sku: 'known' }] }, [
      { product: 'known', etaBusinessDays: 10 },
    ]);
    expect(all.preorder).toEqual({
      etaBusinessDays: 10,
      evidence: ['field', 'tag', 'product'],
      isContradictory: false,
    });
    const differing = factsOf({ preorder_ship_by_date: '2026-01-31', tags: 'preorder-ship-by:2026-02-01' });
    expect(differing.preorder?.isContradictory).toBe(true);
  });
});
