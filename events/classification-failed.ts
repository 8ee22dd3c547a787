import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Code, Count, DecisionId, ReasonCodes, TagName, Team, VendorId } from './fields.ts';

/** No classifier gave a usable answer, or the ticket could not be read in time; the fallback routes it. */
export const ClassificationFailed = defineEvent({
  name: 'ClassificationFailed',
  version: '1.0',
  producers: ['classify'],
  pii: 'L2',
  says: 'No classifier gave a usable answer, or the ticket could not be read in time; the fallback routes it.',
  data: {
    decisionId: DecisionId,
    errorCode: Code,
    attempts: Count,
    fallbackDepartment: Team,
    fallbackTags: v.pipe(v.array(TagName), v.maxLength(24)),
    reasonCodes: ReasonCodes,
    turnCommentIds: v.pipe(v.array(VendorId), v.maxLength(200)),
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    errorCode: 'ticket_unreadable',
    attempts: 4,
    fallbackDepartment: 'Email Support Team',
    fallbackTags: ['mw-model-failure', 'mw-needs-manual-triage', 'route-email-support-team'],
    reasonCodes: ['vendor_error_fail_closed'],
    turnCommentIds: [],
  },
});
export type ClassificationFailed = EventOf<typeof ClassificationFailed>;
