import { CIRCUIT_PRODUCERS, CircuitFields } from './circuit-fields.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';

/** A vendor fails too often; calls of this class are not made for a while. */
export const CircuitOpened = defineEvent({
  name: 'CircuitOpened',
  version: '1.0',
  producers: CIRCUIT_PRODUCERS,
  pii: 'L1',
  says: 'A vendor fails too often; calls of this class are not made for a while.',
  data: CircuitFields,
  example: { vendor: 'richpanel', operationClass: 'reads', errorRate: 0.62, openUntil: EXAMPLE.later },
});
export type CircuitOpened = EventOf<typeof CircuitOpened>;
