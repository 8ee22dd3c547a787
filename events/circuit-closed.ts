import { CIRCUIT_PRODUCERS, CircuitFields } from './circuit-fields.ts';
import { defineEvent, type EventOf } from './define-event.ts';

/** The vendor answers again. */
export const CircuitClosed = defineEvent({
  name: 'CircuitClosed',
  version: '1.0',
  producers: CIRCUIT_PRODUCERS,
  pii: 'L1',
  says: 'The vendor answers again.',
  data: CircuitFields,
  example: { vendor: 'richpanel', operationClass: 'reads', errorRate: 0, openUntil: null },
});
export type CircuitClosed = EventOf<typeof CircuitClosed>;
