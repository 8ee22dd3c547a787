import * as v from 'valibot';
import { DecisionFields } from './decision.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Code, Count, DecisionId, Intent, ReasonCodes, Sha256, Spend, TagName, Team, VendorId } from './fields.ts';

/** No classifier gave a usable answer, or the ticket could not be read in time; the fallback routes it. */
export const ClassificationFailed = defineEvent({
  name: 'ClassificationFailed',
  version: '1.1',
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
    /** What the fallback ladder decided and on what; absent where the ticket could not be read. */
    primaryIntent: v.optional(Intent),
    input: v.optional(DecisionFields.input),
    inputHash: v.optional(DecisionFields.inputHash),
    decision: v.optional(DecisionFields.decision),
    spend: v.optional(Spend),
    promptSha256: v.optional(Sha256),
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
