import * as v from 'valibot';
import { Candidate, OrderGap } from './decision.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { DecisionId, ReasonCodes } from './fields.ts';

/** The look-up answered, and no single order may be spoken of. */
export const OrderNotMatched = defineEvent({
  name: 'OrderNotMatched',
  version: '1.1',
  producers: ['order-lookup'],
  pii: 'L2',
  says: 'The look-up answered, and no single order may be spoken of.',
  data: {
    decisionId: DecisionId,
    candidate: Candidate,
    reason: v.picklist(['unlinked', 'multiple', 'missing_context']),
    missingFields: v.pipe(v.array(OrderGap), v.maxLength(8)),
    reasonCodes: ReasonCodes,
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    candidate: EXAMPLE.candidate,
    reason: 'unlinked',
    missingFields: [],
    reasonCodes: ['tier2_missing_deterministic_match'],
  },
});
export type OrderNotMatched = EventOf<typeof OrderNotMatched>;
