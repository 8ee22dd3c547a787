import * as v from 'valibot';
import { Candidate, DecisionFields } from './decision.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import {
  ApprovalId,
  Confidence,
  DecisionId,
  Flag,
  Instant,
  Sha256,
  Spend,
  TemplateId,
  VaultRef,
  VendorId,
  Version,
} from './fields.ts';

/** No reply gate objects: this template may be sent, until it expires. */
export const ReplyApproved = defineEvent({
  name: 'ReplyApproved',
  version: '1.1',
  producers: ['verify'],
  pii: 'L2',
  says: 'No reply gate objects: this template may be sent, until it expires.',
  data: {
    decisionId: DecisionId,
    approvalId: ApprovalId,
    tier: v.picklist([1, 2]),
    templateId: TemplateId,
    templateVersion: Version,
    templateHash: Sha256,
    contextRef: v.nullable(VaultRef),
    autoCloseEligible: Flag,
    verifierConfidence: v.nullable(Confidence),
    automationConfidence: v.nullable(Confidence),
    expiresAt: Instant,
    answersCommentId: VendorId,
    candidate: Candidate,
    /** What the verifier cost; absent where none was asked over the network. */
    spend: v.optional(Spend),
    ...DecisionFields,
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    approvalId: EXAMPLE.approvalId,
    tier: 1,
    templateId: 't_damaged_item_intake',
    templateVersion: '1.0.0',
    templateHash: EXAMPLE.sha256,
    contextRef: null,
    autoCloseEligible: false,
    verifierConfidence: null,
    automationConfidence: null,
    expiresAt: EXAMPLE.later,
    answersCommentId: 'cmt_0042',
    candidate: EXAMPLE.candidate,
    input: EXAMPLE.approvalInput,
    inputHash: EXAMPLE.sha256,
    decision: EXAMPLE.decision,
  },
});
export type ReplyApproved = EventOf<typeof ReplyApproved>;
