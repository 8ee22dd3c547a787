import { expect, it } from 'vitest';
import { shippedCounts } from '../../config/cost/counts.ts';
import { shippedPrices } from '../../config/cost/prices.ts';
import { topology } from '../../stacks/topology.ts';
import { alarmsOf } from '../../stacks/topology-alarms.ts';
import { fixedMonth } from './fixed.ts';

it('pays for the alarms of prod: each metric that one looks at, and each composite', () => {
  const terms = { counts: shippedCounts(), prices: shippedPrices(), functions: topology.functions };
  const lines = fixedMonth(terms, topology);
  const [, metrics, alarms] = /^(\d+) metrics of (\d+) alarms$/.exec(lines[0]?.what ?? '') ?? [];
  // More alarms than are declared, since one for each queue or function rings as one; more metrics than alarms.
  expect(Number(alarms)).toBeGreaterThan(alarmsOf('prod').length);
  expect(Number(metrics)).toBeGreaterThan(Number(alarms));
  expect(lines[0]?.usd).toBeCloseTo(Number(metrics) * 0.1, 10);
  expect(lines[1]?.what).toMatch(/^\d+ composite alarms$/);
  expect(lines.every(({ usd }) => usd > 0)).toBe(true);
});
