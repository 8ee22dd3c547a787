import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Count, Instant, Sha256, Ulid } from './fields.ts';

/** The audit leaves of one hour are sealed and chained to the last seal. */
export const AuditSealed = defineEvent({
  name: 'AuditSealed',
  version: '1.0',
  producers: ['sealer'],
  pii: 'L1',
  says: 'The audit leaves of one hour are sealed and chained to the last seal.',
  data: {
    sealId: Ulid,
    from: Instant,
    to: Instant,
    leafCount: Count,
    erasedCount: Count,
    expiredCount: Count,
    rootHash: Sha256,
    previousRootHash: v.nullable(Sha256),
  },
  example: {
    sealId: '01JQ8Z5M9H3V6T2K4N7P0R1S8W',
    from: EXAMPLE.instant,
    to: EXAMPLE.later,
    leafCount: 812,
    erasedCount: 0,
    expiredCount: 0,
    rootHash: EXAMPLE.sha256,
    previousRootHash: null,
  },
});
export type AuditSealed = EventOf<typeof AuditSealed>;
