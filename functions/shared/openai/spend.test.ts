import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSpend, NO_SPEND, spendOf } from './spend.ts';

const PRICE = { input_per_million_usd: 0.25, cached_input_per_million_usd: 0.025, output_per_million_usd: 2 };

describe('spend', () => {
  it.each([
    // 1,000 × $0.25/M + 100 × $2/M = $0.00045
    [{ in: 1_000, cached: 0, out: 100 }, 450_000],
    // 500 × 0.25 + 500 × 0.025 + 100 × 2 = $0.0003375
    [{ in: 1_000, cached: 500, out: 100 }, 337_500],
    [{ in: 1, cached: 1, out: 0 }, 25],
    [{ in: 0, cached: 0, out: 0 }, 0],
  ])('%j costs %i thousand-millionths of a dollar', (tokens, nanoUsd) => {
    expect(spendOf(tokens, PRICE)).toEqual({
      calls: 1,
      tokensIn: tokens.in,
      tokensCached: tokens.cached,
      tokensOut: tokens.out,
      nanoUsd,
    });
  });

  it('without a price for cached input the price of input counts, without any price nothing', () => {
    const { cached_input_per_million_usd: _, ...plain } = PRICE;
    expect(spendOf({ in: 10, cached: 10, out: 0 }, plain).nanoUsd).toBe(2_500);
    expect(spendOf({ in: 10, cached: 0, out: 10 }, undefined)).toMatchObject({ tokensIn: 10, nanoUsd: 0 });
  });

  it('adds up exactly, in any order', () => {
    const tokens = fc.record({ in: fc.nat(1_000_000), out: fc.nat(1_000_000), share: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 50 }), (calls) => {
        const usages = calls.map(({ in: input, out, share }) => ({
          in: input,
          cached: Math.floor((input * share) / 100),
          out,
        }));
        const total = usages.map((usage) => spendOf(usage, PRICE)).reduce(addSpend, NO_SPEND);
        const bill = usages.reduce(
          (sum, { in: input, cached, out }) =>
            sum + BigInt(input - cached) * 250n + BigInt(cached) * 25n + BigInt(out) * 2_000n,
          0n,
        );
        expect(BigInt(total.nanoUsd)).toBe(bill);
        expect(total.calls).toBe(calls.length);
      }),
    );
  });
});
