import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Count, Instant, ReplayPurpose, ResourceName } from './fields.ts';

/** A replay ended. */
export const ReplayCompleted = defineEvent({
  name: 'ReplayCompleted',
  version: '1.0',
  producers: ['replay-tool'],
  pii: 'L1',
  says: 'A replay ended.',
  data: {
    name: ResourceName,
    purpose: ReplayPurpose,
    window: v.strictObject({ from: Instant, to: Instant }),
    destinationRules: v.pipe(v.array(ResourceName), v.maxLength(20)),
    eventCount: v.nullable(Count),
  },
  example: {
    name: 'rebuild-01JQ8Z5M9H3V6T2K4N7P0R1S8W',
    purpose: 'rebuild',
    window: { from: EXAMPLE.instant, to: EXAMPLE.later },
    destinationRules: ['auditor-all-replay'],
    eventCount: 300,
  },
});
export type ReplayCompleted = EventOf<typeof ReplayCompleted>;
