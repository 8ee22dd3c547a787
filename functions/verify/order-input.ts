/** What an order fact says to the gates; `null` on a Tier 1 candidate, which needs no order. Pure. */
import type { OrderInput, OrderLabels } from '../../events/decision.ts';
import { OrderLabels as LabelFields } from '../../events/decision.ts';
import type { OrderMatched } from '../../events/order-matched.ts';
import type { OrderNotMatched } from '../../events/order-not-matched.ts';
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
      const { data } = event as OrderNotMatched;
      const isIncomplete = data.reason === 'missing_context';
      return {
        ...NONE,
        deterministicMatch: isIncomplete ? 'true' : 'false',
        matchCount: isIncomplete ? 1 : 0,
        notMatchedReason: data.reason,
        contextComplete: false,
        missingFields: data.missingFields,
        contextReasonCodes: data.reasonCodes,
      };
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
