import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { ReasonCodes, VendorId } from './fields.ts';

/** There is nothing to decide for this message: another record holds its comment, or a colleague has answered. */
export const MessageDeduplicated = defineEvent({
  name: 'MessageDeduplicated',
  version: '1.0',
  producers: ['classify'],
  pii: 'L2',
  says: 'There is nothing to decide for this message: another record holds its comment, or a colleague has answered.',
  data: {
    /** Key of the message that holds the comment; `null` when the ticket holds nothing unanswered. */
    duplicateOfKey: v.nullable(VendorId),
    verdict: v.picklist(['duplicate', 'superseded', 'empty_turn', 'operator_newest']),
    reasonCodes: ReasonCodes,
  },
  example: { duplicateOfKey: 'cmt_0042', verdict: 'superseded', reasonCodes: ['superseded_by_newer_message'] },
});
export type MessageDeduplicated = EventOf<typeof MessageDeduplicated>;
