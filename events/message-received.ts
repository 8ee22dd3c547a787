import * as v from 'valibot';
import { AUTH_METHODS } from './auth-methods.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Code, Count, Digest, Flag, Instant } from './fields.ts';

/** A customer wrote: the webhook is durable and says "look at this ticket". */
export const MessageReceived = defineEvent({
  name: 'MessageReceived',
  version: '1.1',
  producers: ['ingest'],
  pii: 'L2',
  says: 'A customer wrote: the webhook is durable and says "look at this ticket".',
  data: {
    eventType: Code,
    trigger: Code,
    /** What the intake key was made of; a bucket key merges webhooks until somebody has looked (protocols §2). */
    keyKind: v.picklist(['message', 'digest', 'bucket']),
    hasInlineText: Flag,
    payloadFingerprint: Digest,
    payloadFieldCount: Count,
    /** The one that the stage takes, and by which the sender proved itself. */
    authMethod: v.picklist(AUTH_METHODS),
    sentAt: v.optional(Instant),
  },
  example: {
    eventType: 'customer_message',
    trigger: 'customer_message',
    keyKind: 'message',
    hasInlineText: false,
    payloadFingerprint: EXAMPLE.digest,
    payloadFieldCount: 4,
    authMethod: 'header_token',
  },
});
export type MessageReceived = EventOf<typeof MessageReceived>;
