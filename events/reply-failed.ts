import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { ApprovalId, Code, Flag, TemplateId, VendorId } from './fields.ts';
import { SendingFields } from './sending.ts';

/** The reply failed, or its outcome is unknown and it is never sent again; a person answers. */
export const ReplyFailed = defineEvent({
  name: 'ReplyFailed',
  version: '1.1',
  producers: ['responder-reply', 'responder-settle'],
  pii: 'L2',
  says: 'The reply failed, or its outcome is unknown and it is never sent again; a person answers.',
  data: {
    /** `null` where the door was shut before anything was approved. */
    approvalId: v.nullable(ApprovalId),
    templateId: v.nullable(TemplateId),
    outcome: v.picklist(['failed', 'unknown']),
    errorCode: Code,
    tagged: Flag,
    answersCommentId: VendorId,
    ...SendingFields,
  },
  example: {
    approvalId: EXAMPLE.approvalId,
    templateId: 't_damaged_item_intake',
    outcome: 'unknown',
    errorCode: 'timeout',
    tagged: true,
    answersCommentId: 'cmt_0042',
    input: null,
    inputHash: null,
    decision: null,
  },
});
export type ReplyFailed = EventOf<typeof ReplyFailed>;
