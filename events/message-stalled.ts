import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { Branch, Count, Seconds } from './fields.ts';

/** A message is past its deadline with branches still open. */
export const MessageStalled = defineEvent({
  name: 'MessageStalled',
  version: '1.0',
  producers: ['sweeper'],
  pii: 'L2',
  says: 'A message is past its deadline with branches still open.',
  data: {
    state: v.picklist(['RECEIVED', 'CLASSIFIED']),
    openBranches: v.pipe(v.array(Branch), v.maxLength(3)),
    ageSeconds: Seconds,
    parkedSeconds: Seconds,
    sweeps: Count,
  },
  example: { state: 'CLASSIFIED', openBranches: ['reply'], ageSeconds: 930, parkedSeconds: 0, sweeps: 3 },
});
export type MessageStalled = EventOf<typeof MessageStalled>;
