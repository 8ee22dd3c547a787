import { expect, it } from 'vitest';
import { shippedCounts } from '../../config/cost/counts.ts';
import { shippedPrices } from '../../config/cost/prices.ts';
import { topology } from '../../stacks/topology.ts';
import { fixedMonth } from './fixed.ts';

it('pays for the alarms that the graph of prod has: 180 metrics in 120 alarms, 14 composites', () => {
  const terms = { counts: shippedCounts(), prices: shippedPrices(), functions: topology.functions };
  const lines = fixedMonth(terms, topology);
  expect(lines.slice(0, 2)).toEqual([
    { what: '180 metrics of 120 alarms', usd: 18 },
    { what: '14 composite alarms', usd: 7 },
  ]);
  expect(lines.every(({ usd }) => usd > 0)).toBe(true);
});
