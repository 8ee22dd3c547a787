import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Code, Count, FunctionName, Uuid } from './fields.ts';

/** A dead letter was looked at and its message declared dead; the ticket carries `mw-error-needs-attention`. */
export const DeadLettered = defineEvent({
  name: 'DeadLettered',
  version: '1.0',
  producers: ['drain-tool'],
  pii: 'L2',
  says: 'A dead letter was looked at and its message declared dead; the ticket carries `mw-error-needs-attention`.',
  data: {
    function: FunctionName,
    originalEventName: v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]{2,59}$/)),
    originalEventId: Uuid,
    cause: Code,
    attempts: Count,
  },
  example: {
    function: 'classify',
    originalEventName: 'MessageReceived',
    originalEventId: EXAMPLE.eventId,
    cause: 'attempts_exhausted',
    attempts: 3,
  },
});
export type DeadLettered = EventOf<typeof DeadLettered>;
