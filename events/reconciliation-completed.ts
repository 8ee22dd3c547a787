import { defineEvent, type EventOf } from './define-event.ts';
import { Count } from './fields.ts';

/** The reconciler compared open tickets with what is claimed. */
export const ReconciliationCompleted = defineEvent({
  name: 'ReconciliationCompleted',
  version: '1.0',
  producers: ['reconciler'],
  pii: 'L1',
  says: 'The reconciler compared open tickets with what is claimed.',
  data: {
    scanned: Count,
    missing: Count,
    republished: Count,
  },
  example: { scanned: 120, missing: 1, republished: 1 },
});
export type ReconciliationCompleted = EventOf<typeof ReconciliationCompleted>;
