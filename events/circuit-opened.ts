import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Code, Confidence, Instant, Vendor } from './fields.ts';

/** A vendor fails too often; calls of this class are not made for a while. */
export const CircuitOpened = defineEvent({
  name: 'CircuitOpened',
  version: '1.0',
  producers: [
    'classify',
    'order-lookup',
    'verify',
    'responder-route',
    'responder-reply',
    'responder-settle',
    'reconciler',
    'sweeper',
  ],
  pii: 'L1',
  says: 'A vendor fails too often; calls of this class are not made for a while.',
  data: {
    vendor: Vendor,
    operationClass: Code,
    errorRate: Confidence,
    openUntil: v.nullable(Instant),
  },
  example: { vendor: 'richpanel', operationClass: 'reads', errorRate: 0.62, openUntil: EXAMPLE.later },
});
export type CircuitOpened = EventOf<typeof CircuitOpened>;
