import { describe, expect, it } from 'vitest';
import { isHit, type Judged, thresholdsFor } from './thresholds.ts';

const row = (kind: Judged['kind'], logits: readonly number[], byRules: Judged['byRules'] = 'none'): Judged => ({
  kind,
  logits,
  byRules,
  author: 'one',
});
const many = (count: number, one: Judged): Judged[] => Array.from({ length: count }, () => one);
const found = (rows: readonly Judged[]) => {
  const thresholds = thresholdsFor(rows);
  return rows.filter(({ kind }) => kind === 'threat').filter((one) => isHit(one, thresholds)).length;
};

describe('thresholdsFor', () => {
  it('finds what no ordinary message stands beside', () => {
    expect(found([row('threat', [3, -3]), row('threat', [-3, 2]), ...many(100, row('benign', [0, 0]))])).toBe(2);
  });

  it('pays one false hit in a hundred benign messages for more threats, not two', () => {
    const threats = many(5, row('threat', [2]));
    const benign = (high: number) => [...many(high, row('benign', [2])), ...many(200 - high, row('benign', [-5]))];
    expect(found([...threats, ...benign(2)])).toBe(5);
    expect(found([...threats, ...benign(3)])).toBe(0);
  });

  it('leaves to what is out of scope half of that, and counts what the rules hit already', () => {
    const threats = many(5, row('threat', [2]));
    const rest = many(198, row('outOfScope', [-5]));
    expect(found([...threats, ...rest, row('outOfScope', [2]), row('outOfScope', [-5])])).toBe(5);
    expect(found([...threats, ...rest, row('outOfScope', [2]), row('outOfScope', [-5], 'weak')])).toBe(0);
  });

  it('buys nothing for what the rules find anyway', () => {
    const thresholds = thresholdsFor([row('threat', [2], 'strong'), ...many(200, row('benign', [0]))]);
    expect(isHit({ logits: [2] }, thresholds)).toBe(false);
  });
});
