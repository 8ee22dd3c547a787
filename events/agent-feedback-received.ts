import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Instant, Team } from './fields.ts';

/** An agent said by tag what was right or wrong. */
export const AgentFeedbackReceived = defineEvent({
  name: 'AgentFeedbackReceived',
  version: '1.0',
  producers: ['ingest', 'reconciler'],
  pii: 'L2',
  says: 'An agent said by tag what was right or wrong.',
  data: {
    tagCodes: v.pipe(v.array(v.pipe(v.string(), v.regex(/^mw[:_-]feedback[:_-][a-z0-9_:-]{1,80}$/))), v.maxLength(20)),
    correctDepartment: v.optional(Team),
    appliedAt: Instant,
  },
  example: { tagCodes: ['mw:feedback:misroute'], correctDepartment: 'Returns Admin', appliedAt: EXAMPLE.instant },
});
export type AgentFeedbackReceived = EventOf<typeof AgentFeedbackReceived>;
