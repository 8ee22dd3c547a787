import { Candidate } from './decision.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Code, Count, DecisionId, Flag, Vendor } from './fields.ts';

/** The look-up itself failed after its budget; this is never "unlinked". */
export const OrderLookupFailed = defineEvent({
  name: 'OrderLookupFailed',
  version: '1.1',
  producers: ['order-lookup'],
  pii: 'L2',
  says: 'The look-up itself failed after its budget; this is never "unlinked".',
  data: {
    decisionId: DecisionId,
    candidate: Candidate,
    vendor: Vendor,
    errorCode: Code,
    attempts: Count,
    retryable: Flag,
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    candidate: EXAMPLE.candidate,
    vendor: 'richpanel',
    errorCode: 'server',
    attempts: 2,
    retryable: true,
  },
});
export type OrderLookupFailed = EventOf<typeof OrderLookupFailed>;
