import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { ApprovalId, Channel, LedgerKey, Millis, Sha256, TagName, TemplateId, VendorId, Version } from './fields.ts';
import { EstimateRecord, SendingFields, VariableName } from './sending.ts';

/** The customer has received exactly one reply: the helpdesk confirmed it, or reading showed it. */
export const ReplySent = defineEvent({
  name: 'ReplySent',
  version: '1.1',
  producers: ['responder-reply', 'responder-settle'],
  pii: 'L2',
  says: 'The customer has received exactly one reply: the helpdesk confirmed it, or reading showed it.',
  data: {
    approvalId: ApprovalId,
    templateId: TemplateId,
    templateVersion: Version,
    templateHash: Sha256,
    tier: v.picklist([1, 2]),
    actionKey: LedgerKey,
    channel: Channel,
    latencyMs: Millis,
    vendorMessageRef: v.nullable(VendorId),
    confirmedBy: v.picklist(['response', 'reading']),
    answersCommentId: VendorId,
    /** Rendering record: names of the variables that were filled, never their values. */
    renderedVars: v.pipe(v.array(VariableName), v.maxLength(20)),
    /** Names confirmed on the ticket together with the reply. */
    tagsAdded: v.pipe(v.array(TagName), v.maxLength(16)),
    /** Where a window was counted. That the ticket was resolved on it is a fact of its own. */
    estimate: v.optional(EstimateRecord),
    ...SendingFields,
  },
  example: {
    approvalId: EXAMPLE.approvalId,
    templateId: 't_damaged_item_intake',
    templateVersion: '1.0.0',
    templateHash: EXAMPLE.sha256,
    tier: 1,
    actionKey: 'act:rp_reply:conv_1001:cmt_0042',
    channel: 'email',
    latencyMs: 840,
    vendorMessageRef: 'cmt_0043',
    confirmedBy: 'reading',
    answersCommentId: 'cmt_0042',
    renderedVars: ['first_name'],
    tagsAdded: ['mw-auto-replied'],
    input: EXAMPLE.sendingInput,
    inputHash: EXAMPLE.sha256,
    decision: EXAMPLE.decision,
  },
});
export type ReplySent = EventOf<typeof ReplySent>;
