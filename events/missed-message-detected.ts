import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { Seconds, VendorId } from './fields.ts';

/** A customer comment that no claim holds was found by looking at the ticket. */
export const MissedMessageDetected = defineEvent({
  name: 'MissedMessageDetected',
  version: '1.0',
  producers: ['reconciler', 'classify'],
  pii: 'L2',
  says: 'A customer comment that no claim holds was found by looking at the ticket.',
  data: {
    detectedBy: v.picklist(['reconciler', 'look']),
    lastSeenMessageId: v.optional(VendorId),
    ageSeconds: Seconds,
  },
  example: { detectedBy: 'look', ageSeconds: 21 },
});
export type MissedMessageDetected = EventOf<typeof MissedMessageDetected>;
