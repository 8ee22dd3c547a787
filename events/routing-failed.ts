import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Code, Count, DecisionId } from './fields.ts';

/** The route could not be written, and a person has to do it. */
export const RoutingFailed = defineEvent({
  name: 'RoutingFailed',
  version: '1.0',
  producers: ['responder-route', 'responder-settle', 'responder-reply'],
  pii: 'L2',
  says: 'The route could not be written, and a person has to do it.',
  data: {
    decisionId: v.nullable(DecisionId),
    errorCode: Code,
    httpStatus: v.optional(Count),
    attempts: Count,
  },
  example: { decisionId: EXAMPLE.decisionId, errorCode: 'forbidden', httpStatus: 403, attempts: 1 },
});
export type RoutingFailed = EventOf<typeof RoutingFailed>;
