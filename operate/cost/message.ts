/** What one message would cost at list prices: its path's operations, and what its own models were paid. Pure. */
import type { MessagePath } from '../../config/cost/counts.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import type { Spend } from '../../events/fields.ts';
import { type Terms, thousandOf } from './estimate.ts';
import { pathOf } from './path.ts';
import { spendOfFacts } from './recorded.ts';

export type MessageCost = {
  readonly path: MessagePath;
  /** US dollars of the counted path; retries and waits come on top. */
  readonly usd: number;
  readonly model: Pick<Spend, 'calls' | 'tokensIn' | 'tokensOut'> & { readonly usd: number };
};

/** `null` of a message that is under way or asked for nothing of its own. */
export function messageCost(facts: readonly AnyEvent[], terms: Terms): MessageCost | null {
  const path = pathOf(facts);
  if (path === null) return null;
  const { calls, tokensIn, tokensOut, nanoUsd } = spendOfFacts(facts);
  return { path, usd: thousandOf(path, terms).usd / 1000, model: { calls, tokensIn, tokensOut, usd: nanoUsd / 1e9 } };
}
