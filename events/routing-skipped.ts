import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { DecisionId, ReasonCode, Team } from './fields.ts';

/** The route was not written: a higher or newer one stands, a colleague has the ticket, or writing is off. */
export const RoutingSkipped = defineEvent({
  name: 'RoutingSkipped',
  version: '1.0',
  producers: ['responder-route', 'responder-settle', 'responder-reply'],
  pii: 'L2',
  says: 'The route was not written: a higher or newer one stands, a colleague has the ticket, or writing is off.',
  data: {
    decisionId: v.nullable(DecisionId),
    reasonCode: ReasonCode,
    wouldRouteTo: v.nullable(Team),
  },
  example: { decisionId: EXAMPLE.decisionId, reasonCode: 'stale_sequence', wouldRouteTo: 'Returns Admin' },
});
export type RoutingSkipped = EventOf<typeof RoutingSkipped>;
