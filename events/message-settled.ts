import { defineEvent, type EventOf } from './define-event.ts';
import { Count, FunctionName, Millis, Outcome } from './fields.ts';

/** The last open branch of a message was closed. Stated exactly once a message. */
export const MessageSettled = defineEvent({
  name: 'MessageSettled',
  version: '1.0',
  producers: ['classify', 'responder-route', 'responder-reply', 'responder-settle'],
  pii: 'L2',
  says: 'The last open branch of a message was closed. Stated exactly once a message.',
  data: {
    outcome: Outcome,
    settledBy: FunctionName,
    endToEndMs: Millis,
    hops: Count,
  },
  example: { outcome: 'replied', settledBy: 'responder-reply', endToEndMs: 1840, hops: 5 },
});
export type MessageSettled = EventOf<typeof MessageSettled>;
