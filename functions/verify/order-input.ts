/** What an order fact says to the gates; `null` on a Tier 1 candidate, which needs no order. Pure. */
import type { OrderInput, OrderLabels } from '../../events/decision.ts';
import { OrderLabels as LabelFields } from '../../events/decision.ts';
import type { OrderMatched } from '../../events/order-matched.ts';
import type { OrderNotMatched } from '../../events/order-not-matched.ts';
import { notMatchedInput } from '../../policy/orders/order-input.ts';
import type { Judged } from './handler.ts';

const NONE = { matchMethod: null, matchCount: 0, labels: null, factsFetchedAt: null, contextExpiresAt: null } as const;

/** Throws on an event that `verify` does not hear. */
export function orderInputOf(event: Judged): OrderInput | null {
  switch (event.metadata.eventName) {
    case 'MessageClassified':
      return null;
    case 'OrderMatched': {
      const { data } = event as OrderMatched;
      return {
        deterministicMatch: 'true',
        matchMethod: data.matchMethod,
        matchCount: data.matchCount,
        notMatchedReason: null,
        contextComplete: true,
        missingFields: [],
        contextReasonCodes: [],
        labels: labelsOf(data),
        factsFetchedAt: data.factsFetchedAt,
        contextExpiresAt: data.contextExpiresAt,
      };
    }
    case 'OrderNotMatched': {
      const { reason, missingFields, reasonCodes } = (event as OrderNotMatched).data;
      return notMatchedInput({ reason, missingFields, reasonCodes });
    }
    case 'OrderLookupFailed':
      return {
        ...NONE,
        deterministicMatch: 'unknown',
        notMatchedReason: null,
        contextComplete: false,
        missingFields: [],
        contextReasonCodes: [],
      };
    default:
      throw new Error('not heard by verify');
  }
}

function labelsOf(data: OrderMatched['data']): OrderLabels {
  const names = Object.keys(LabelFields.entries) as (keyof OrderLabels)[];
  return Object.fromEntries(names.map((name) => [name, data[name]])) as OrderLabels;
}
