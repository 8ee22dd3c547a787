import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { Code, Confidence, Instant, Vendor } from './fields.ts';

/** The vendor answers again. */
export const CircuitClosed = defineEvent({
  name: 'CircuitClosed',
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
  says: 'The vendor answers again.',
  data: {
    vendor: Vendor,
    operationClass: Code,
    errorRate: Confidence,
    openUntil: v.nullable(Instant),
  },
  example: { vendor: 'richpanel', operationClass: 'reads', errorRate: 0, openUntil: null },
});
export type CircuitClosed = EventOf<typeof CircuitClosed>;
