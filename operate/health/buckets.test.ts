import { describe, expect, it } from 'vitest';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { bucketsOf } from './buckets.ts';

const NOW = Date.UTC(2026, 0, 31, 9, 30);

describe('the vendor’s budgets', () => {
  it('show what the functions took, as the functions keep it', async () => {
    const clock = { now: () => NOW };
    const store = memoryStore(clock);
    const limits = windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET });
    await limits.take('richpanel', 'writes');
    await limits.take('richpanel', 'writes');
    await limits.take('richpanel', 'orders', NOW + 20_000);
    const items = await Promise.all(
      ['writes', 'reads', 'orders', 'polls'].map((name) => store.get('vendor_limits', { bucket: `richpanel#${name}` })),
    );
    const shown = bucketsOf(
      items.filter((item) => item !== null),
      NOW + 1,
    );
    const until = new Date(NOW + 20_000).toISOString();
    expect(shown).toEqual([
      { name: 'richpanel writes', taken: 2, places: 20, blockedUntil: until, refusals: 0 },
      { name: 'richpanel reads', taken: 0, places: 15, blockedUntil: until, refusals: 0 },
      { name: 'richpanel orders', taken: 0, places: 10, blockedUntil: until, refusals: 1 },
      { name: 'richpanel polls', taken: 0, places: 9, blockedUntil: until, refusals: 0 },
    ]);
  });

  it('are free again when their window is over', () => {
    const full = { bucket: 'richpanel#writes', taken: [NOW - RICHPANEL_BUDGET.windowMs, NOW - 10] };
    expect(bucketsOf([full], NOW)[0]).toMatchObject({ taken: 1, blockedUntil: null });
  });
});
