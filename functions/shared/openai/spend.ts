/** What calls cost: whole thousand-millionths of a dollar, so that a sum over any number of messages is exact. Pure. */
import type { Config } from '../../../config/schema.ts';
import type { Spend } from '../../../events/fields.ts';
import type { Tokens } from './response.ts';

export const NO_SPEND: Spend = { calls: 0, tokensIn: 0, tokensCached: 0, tokensOut: 0, nanoUsd: 0 };

type Price = Config['prices']['models'][string];

/** @param price  of the model that was asked; without one the tokens are counted and cost nothing. */
export function spendOf(tokens: Tokens, price: Price | undefined): Spend {
  const uncached = tokens.in - tokens.cached;
  const nanoUsd = price
    ? uncached * nanoATokenOf(price.input_per_million_usd) +
      tokens.cached * nanoATokenOf(price.cached_input_per_million_usd ?? price.input_per_million_usd) +
      tokens.out * nanoATokenOf(price.output_per_million_usd)
    : 0;
  return { calls: 1, tokensIn: tokens.in, tokensCached: tokens.cached, tokensOut: tokens.out, nanoUsd };
}

export function addSpend(left: Spend, right: Spend): Spend {
  return {
    calls: left.calls + right.calls,
    tokensIn: left.tokensIn + right.tokensIn,
    tokensCached: left.tokensCached + right.tokensCached,
    tokensOut: left.tokensOut + right.tokensOut,
    nanoUsd: left.nanoUsd + right.nanoUsd,
  };
}

/** The configuration takes three decimals, which makes this whole. */
function nanoATokenOf(usdPerMillion: number): number {
  return Math.round(usdPerMillion * 1000);
}
