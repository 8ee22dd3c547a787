import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { ApprovalId, Flag, ReasonCode, ReasonCodes, TemplateId, VendorId } from './fields.ts';
import { SendingFields } from './sending.ts';

/** An approved reply was withheld at the door; nothing was sent. */
export const ReplySuppressed = defineEvent({
  name: 'ReplySuppressed',
  version: '1.1',
  producers: ['responder-reply', 'responder-settle'],
  pii: 'L2',
  says: 'An approved reply was withheld at the door; nothing was sent.',
  data: {
    approvalId: ApprovalId,
    templateId: TemplateId,
    reasonCode: ReasonCode,
    reasonCodes: ReasonCodes,
    isReplay: Flag,
    answersCommentId: VendorId,
    ...SendingFields,
  },
  example: {
    approvalId: EXAMPLE.approvalId,
    templateId: 't_damaged_item_intake',
    reasonCode: 'superseded_by_newer_message',
    reasonCodes: ['superseded_by_newer_message'],
    isReplay: false,
    answersCommentId: 'cmt_0042',
    input: null,
    inputHash: null,
    decision: null,
  },
});
export type ReplySuppressed = EventOf<typeof ReplySuppressed>;
