/** What the gates are told of a look-up that found no order to speak of. */
import type { OrderInput } from '../../events/decision.ts';
import type { NotMatched } from './link.ts';

/** An order of which too little is known was found all the same: its number is not asked for. */
export function notMatchedInput({
  reason,
  missingFields,
  reasonCodes,
}: Pick<NotMatched, 'reason' | 'missingFields' | 'reasonCodes'>): OrderInput {
  const isIncomplete = reason === 'missing_context';
  return {
    deterministicMatch: isIncomplete ? 'true' : 'false',
    matchMethod: null,
    matchCount: isIncomplete ? 1 : 0,
    notMatchedReason: reason,
    contextComplete: false,
    missingFields: [...missingFields],
    contextReasonCodes: [...reasonCodes],
    labels: null,
    factsFetchedAt: null,
    contextExpiresAt: null,
  };
}
