import * as v from 'valibot';
import { Candidate, DecisionFields } from './decision.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { DecisionId, Flag, ReasonCode, Spend, TagName, TemplateId, Tier, VendorId } from './fields.ts';

/** A reply gate objected. The ticket stays routed to its team; the customer hears nothing from us. */
export const ReplyDenied = defineEvent({
  name: 'ReplyDenied',
  version: '1.1',
  producers: ['verify'],
  pii: 'L2',
  says: 'A reply gate objected. The ticket stays routed to its team; the customer hears nothing from us.',
  data: {
    decisionId: DecisionId,
    tier: Tier,
    templateCandidate: v.nullable(TemplateId),
    reasonCodes: v.pipe(v.array(ReasonCode), v.minLength(1), v.maxLength(60)),
    /** Tags that explain the denial to agents. */
    extraTags: v.pipe(v.array(TagName), v.maxLength(12)),
    wouldReply: Flag,
    answersCommentId: VendorId,
    route: Candidate.entries.route,
    /** What the verifier cost; absent where none was asked over the network. */
    spend: v.optional(Spend),
    ...DecisionFields,
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    tier: 1,
    templateCandidate: 't_damaged_item_intake',
    reasonCodes: ['automation_disabled'],
    extraTags: [],
    wouldReply: true,
    answersCommentId: 'cmt_0042',
    route: EXAMPLE.candidate.route,
    input: EXAMPLE.approvalInput,
    inputHash: EXAMPLE.sha256,
    decision: EXAMPLE.decision,
  },
});
export type ReplyDenied = EventOf<typeof ReplyDenied>;
