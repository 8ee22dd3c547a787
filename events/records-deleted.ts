import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Count, Digest, ResourceName, Sha256, Ulid } from './fields.ts';

/** One customer was forgotten on request, and the deletion was verified. */
export const RecordsDeleted = defineEvent({
  name: 'RecordsDeleted',
  version: '1.1',
  producers: ['erasure-tool'],
  pii: 'L2',
  says: 'One customer was forgotten on request, and the deletion was verified.',
  data: {
    requestId: Ulid,
    customerHash: Digest,
    conversationCount: Count,
    deleted: v.record(ResourceName, Count),
    tombstones: Count,
    verifiedRemaining: Count,
    /** Since 1.1: Merkle root over the request and its tombstones, so that no other can call upon it. */
    erasedRoot: v.optional(Sha256),
  },
  example: {
    requestId: '01JQ8Z5M9H3V6T2K4N7P0R1S8W',
    customerHash: EXAMPLE.digest,
    conversationCount: 2,
    deleted: { conversation_state: 2, vault: 1 },
    tombstones: 40,
    verifiedRemaining: 0,
    erasedRoot: EXAMPLE.sha256,
  },
});
export type RecordsDeleted = EventOf<typeof RecordsDeleted>;
